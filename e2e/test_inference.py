"""Models of foreign runtimes in a browser: under the policy, in a worker that can be ended.

The whole way: page, engine's worker, Python, worker of the runtimes, ONNX Runtime or TensorFlow.js.
"""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from support.guard import Guard
from support.server import ROOT, built_page

from voltlift_conformance import inference

NET = next((ROOT / "models/artifacts/exercise-net").iterdir())
FILES = ("net.int8.onnx", "net.onnx", "tfjs/group1-shard1of1.bin", "tfjs/model.json")
CARD = json.loads((NET / "card.json").read_text("utf-8"))
PROBES = {probe["file"]: probe for probe in CARD["probes"]}
LAYERS = "tfjs/model.json"
RUNTIME = "**/chunks/inference/ort.js"

# A client whose worker is the bridge's own, or the one that the app bundles.
SET_UP = """async ([worker, files]) => {
  const { createWorkerClient } = await import("/bridge/index.js");
  const client = createWorkerClient({
    runtimeUrl: "/runtime/",
    persist: false,
    createWorker: () => new Worker(worker, { type: "module" }),
  });
  const bytes = Object.entries(files).map(([name, text]) => [
    name, Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
  ]);
  globalThis.ask = async (file, inputs) => {
    const data = await new Blob(bytes.map(([, content]) => content)).arrayBuffer();
    const start = performance.now();
    try {
      const answer = await client.call(
        "tryModel",
        {
          model: "exercise-net", version: "0.0.0", file, inputs,
          files: bytes.map(([name, content]) => ({ name, bytes: content.byteLength })),
        },
        { bytes: data },
      );
      return { ...answer, ms: performance.now() - start };
    } catch ({ code, message }) {
      return { code, message, ms: performance.now() - start };
    }
  };
  globalThis.manifest = () => client.call("manifest", {});
  globalThis.generation = () => client.boot.get().generation;
  await client.call("manifest", {});
}"""

# What a runtime may do to us, in the place of ONNX Runtime's chunk.
FAKE = """
const session = (run) => ({
  runtime: "fake",
  inputs: [{ name: "features", shape: [null, 100] }],
  outputs: ["score"],
  run,
  dispose: async () => undefined,
});
const score = () => new Map([["score", { data: new Float32Array([0.5]), shape: [1, 1] }]]);
export async function openOnnx() {
  %s
}
"""
HANGS = "let asked = 0; return session(async () => { for (; asked++; ); return score(); });"
CRASHES = """let asked = 0;
  return session(async () => {
    if (asked++ === 0) return score();
    setTimeout(() => { throw new Error("the processor is on fire"); });
    return new Promise(() => undefined);
  });"""
TRIES_THE_POLICY = """
  const tried = async (name, action) => {
    try {
      await action();
      return `${name} works`;
    } catch (error) {
      return `${name}: ${error.name}`;
    }
  };
  const eval_ = globalThis.eval;
  throw new Error([
    await tried("eval", () => eval_("1 + 1")),
    await tried("Function", () => new Function("return 1")()),
    await tried("fetch", () => fetch("https://example.com/log")),
    await tried("import", () => import("data:text/javascript,1")),
    await tried("wasm", () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
  ].join("; "));
"""


def app_worker() -> str:
    """The engine's worker as the app's bundle has it."""
    (worker,) = built_page().glob("assets/worker-*.js")
    return f"/assets/{worker.name}"


def blank_page(page: Page) -> None:
    """Open a document of the origin that starts no engine of its own: any file does."""
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto("/bridge/index.js")


def set_up(page: Page, worker: str = "/bridge/worker.js") -> None:
    """Start an engine and get ready to ask it for the net's answers."""
    blank_page(page)
    texts = {name: base64.b64encode((NET / name).read_bytes()).decode() for name in FILES}
    page.evaluate(SET_UP, [worker, texts])


def ask(page: Page, file: str, inputs: list[list[float]] | None = None) -> dict[str, Any]:
    """Try the net on the rows of its card, or on others."""
    rows = PROBES["net.onnx"]["inputs"] if inputs is None else inputs
    answer: dict[str, Any] = page.evaluate("([file, rows]) => ask(file, rows)", [file, rows])
    return answer


def python_answers(page: Page) -> None:
    """Whatever became of a runtime, the engine goes on."""
    assert page.evaluate("manifest()") == {"revision": 0, "hashes": {}}


def replace_runtime(page: Page, body: str) -> None:
    """Serve something else as the chunk with ONNX Runtime."""
    page.unroute(RUNTIME)
    page.route(
        RUNTIME,
        lambda route: route.fulfill(
            body=FAKE % body, headers=route.fetch().headers | {"content-encoding": "identity"}
        ),
    )


def test_both_runtimes_answer_as_on_the_card(page: Page, guard: Guard) -> None:
    set_up(page, app_worker())
    assert not [url for url in guard.requests if "/inference/" in url], "asked for before its time"

    for file in ("net.onnx", "net.int8.onnx"):
        answer = ask(page, file)
        assert answer.get("runtime") == "onnxruntime-web", answer
        probe = PROBES[file]
        assert answer["outputs"] == pytest.approx(probe["outputs"], abs=probe["tolerance"])
    exact = ask(page, "net.onnx")
    layers = ask(page, LAYERS)
    assert layers.get("runtime") == "tensorflow.js", layers
    assert layers["outputs"] == pytest.approx(exact["outputs"], abs=1e-5)

    assert ask(page, "net.onnx", [[0.0] * 99])["code"] == "invalid_request"
    assert ask(page, "group1-shard1of1.bin")["code"] == "not_available"
    assert ask(page, "missing.onnx")["code"] == "corrupt_data"
    assert ask(page, "net.onnx")["outputs"] == exact["outputs"]


def test_a_runtime_that_fails_is_ended_and_the_next_one_works(page: Page, guard: Guard) -> None:
    set_up(page)
    python_answers(page)

    # Its files are not served.
    guard.allow("404|compile|wasm")
    page.route("**/*.wasm", lambda route: route.fulfill(status=404))
    answer = ask(page, "net.onnx")
    assert answer["code"] == "inference", answer
    assert "could not be started" in answer["message"]
    page.unroute("**/*.wasm")

    # It spins: nothing but the end of its worker gets it out of there.
    replace_runtime(page, HANGS)
    answer = ask(page, "net.onnx", [[0.0] * 100])
    assert answer["code"] == "inference", answer
    assert "no answer within 1000 ms" in answer["message"]
    python_answers(page)

    # Its worker crashes; the engine's, which is around it, does not.
    guard.allow("the processor is on fire")
    replace_runtime(page, CRASHES)
    answer = ask(page, "net.onnx", [[0.0] * 100])
    assert answer["code"] == "inference", answer
    assert "the processor is on fire" in answer["message"]
    python_answers(page)

    page.unroute(RUNTIME)
    assert ask(page, "net.onnx").get("runtime") == "onnxruntime-web"
    assert page.evaluate("generation()") == 1, "the engine was started anew"


def test_the_policy_holds_in_the_worker_of_the_runtimes(page: Page, guard: Guard) -> None:
    set_up(page)
    guard.allow("violates the following Content Security Policy")
    replace_runtime(page, TRIES_THE_POLICY)
    message = ask(page, "net.onnx")["message"]
    assert "eval: EvalError; Function: EvalError; fetch: TypeError" in message, message
    assert "import: TypeError; wasm works" in message, message


@pytest.fixture(scope="module")
def inference_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that has Python to itself, bundled from the bridge's sources."""
    folder = tmp_path_factory.mktemp("inference-page")
    vite = [str(ROOT / "node_modules/vite/bin/vite.js"), "build", str(ROOT / "e2e/inference_page")]
    options = ["--base", "./", "--outDir", str(folder), "--emptyOutDir", "--logLevel", "error"]
    subprocess.run(["node", *vite, *options], check=True)
    return folder


def test_both_runtimes_conform(page: Page, inference_page: Path) -> None:
    """The suite that the native adapter passes, under the policy of the app."""
    suite = ROOT / "core/conformance/src"
    modules = {
        path.relative_to(suite).as_posix(): path.read_text("utf-8") for path in suite.rglob("*.py")
    }
    policy = (
        page.request.get("/").headers["content-security-policy"].replace("img-src", "img-src data:")
    )

    def serve(route: Route) -> None:
        file = inference_page / (route.request.url.partition("/inference-page/")[2] or "index.html")
        types = {".html": "text/html", ".js": "text/javascript"}
        route.fulfill(
            path=file,
            headers={"Content-Security-Policy": policy, "Content-Type": types[file.suffix]},
        )

    page.route("**/inference-page/**", serve)
    page.goto("/inference-page/")
    expect(page).to_have_title("ready")
    result = page.evaluate("(modules) => conform(modules)", modules)
    assert result["passed"] == [check.__name__ for check in inference.CHECKS]
    assert result["workers"] == 1


@pytest.mark.browser_context_args(service_workers="allow")
def test_the_service_worker_keeps_a_runtime_from_its_first_use_on(
    page: Page, context: BrowserContext
) -> None:
    blank_page(page)
    page.evaluate(
        """async () => {
          await navigator.serviceWorker.register("/sw.js");
          await navigator.serviceWorker.ready;
        }"""
    )
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    cached = """async () => {
      const addresses = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const { url } of await cache.keys()) addresses.push(url);
      }
      return addresses.filter((url) => url.includes("/inference/"));
    }"""
    assert page.evaluate(cached) == []

    set_up(page, app_worker())
    online = ask(page, "net.onnx")
    assert online.get("runtime") == "onnxruntime-web", online
    page.wait_for_function(f"({cached})().then((kept) => kept.length >= 3)")
    kept = [Path(url).name.split("-")[0] for url in page.evaluate(cached)]
    assert sorted(kept) == ["ort", "ort", "ort"]

    context.set_offline(True)
    set_up(page, app_worker())
    assert ask(page, "net.onnx")["outputs"] == pytest.approx(online["outputs"], abs=1e-6)

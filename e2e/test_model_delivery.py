"""Models come in as a whole or not at all: signed, under the page's policy, whoever is killed.

``VOLTLIFT_KILLS`` sets the number of kills.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from support.kills import crash
from support.server import ROOT

from voltlift_models.artifacts import write_artifact
from voltlift_models.cards import ModelCard, Probe, SpecCard, trained_on
from voltlift_models.publish import Pinned, new_key, publish

KILLS = int(os.environ.get("VOLTLIFT_KILLS") or 12)
MODELS = {"ranker": "ranker.npz", "load": "load.npz"}
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "worker-src 'self'; style-src 'self'; img-src 'self' data:"
)


class Site:
    """A page, the bridge as it ships and a folder of releases, served by this machine."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.key = work / "key.pem"
        self.pinned = Pinned(current=new_key(self.key))
        self.damaged = ""
        self.asked: list[str] = []
        self.sequence = 0
        self.folders = {
            "bridge": ROOT / "pyodide_bridge/dist",
            "models": work / "site",
            "": ROOT / "e2e/models_page",
        }

    @property
    def keys(self) -> dict[str, str]:
        return {"current": self.pinned.current, "next": self.pinned.next}

    def publish(self, version: str) -> None:
        """Publish two models of this version, of bytes that no other version has."""
        weights = json.dumps({"weights": [0.5, -1.0]}).encode()
        for model, runtime in MODELS.items():
            noise = random.Random(f"{model} {version}").randbytes(200_000)
            files = {"model.json": weights, runtime: noise[:50_000], "model.onnx": noise}
            write_artifact(self.work / "artifacts", card(model, version), files)
        self.sequence += 1
        to = self.folders["models"]
        publish(self.work / "artifacts", to, self.key, self.pinned, now_s=self.sequence)

    def content(self, path: str) -> bytes | None:
        first, _, rest = path.lstrip("/").partition("/")
        folder = self.folders.get(first)
        file = folder / rest if folder and rest else self.folders[""] / (first or "index.html")
        if not file.is_file():
            return None
        data = file.read_bytes()
        if self.damaged and path.endswith(self.damaged):
            middle = len(data) // 2
            return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        return data


def card(model: str, version: str) -> ModelCard:
    return ModelCard(
        model=model,
        version=version,
        task="T1",
        beats="nothing",
        default=True,
        description="For tests.",
        trained_on=trained_on(0, [], "2026-01-31"),
        metrics={},
        spec=SpecCard("pair/1", "f" * 64, ("reps", "gap")),
        seed=1,
        tools={},
        limits=(),
        probes=(Probe.of("model.json", [[8.0, 0.1], [5.0, 3.0]], [3.9, -0.5]),),
        min_engine="0.1.0",
    )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    built = ROOT / "pyodide_bridge/dist/models.js"
    assert built.is_file(), f"{built} is missing. Remedy: make build"
    return Site(tmp_path)


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            data = site.content(self.path)
            tag = f'"{hashlib.sha256(data or b"").hexdigest()}"'
            status = HTTPStatus.OK if data is not None else HTTPStatus.NOT_FOUND
            if data is not None and self.headers["If-None-Match"] == tag:
                status, data = HTTPStatus.NOT_MODIFIED, b""
                site.asked[-1] += " 304"
            kinds = {".html": "text/html", ".js": "text/javascript"}
            kind = kinds.get(Path(self.path).suffix, "application/octet-stream")
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if self.path == "/" else kind)
            self.send_header("Content-Length", str(len(data or b"")))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("ETag", tag)
            with suppress(ConnectionError):  # Pages are killed here.
                self.end_headers()
                self.wfile.write(data or b"")

        def log_message(self, *args: Any) -> None:
            """Say nothing; a page that is killed breaks connections all the time."""

    with ThreadingHTTPServer(("localhost", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page).to_have_title("ready")
    assert page.evaluate("modelsPage.durable")
    return page


def update(page: Page, site: Site) -> Any:
    return page.evaluate("(keys) => modelsPage.update(keys)", site.keys)


def active(page: Page) -> Any:
    return page.evaluate("modelsPage.active()")


def both(version: str) -> dict[str, str]:
    return dict.fromkeys(MODELS, version)


def test_a_release_is_brought_in_once_and_can_be_rolled_back(
    browser: Browser, site: Site, address: str
) -> None:
    with browser.new_context() as context:
        page = opened(context.new_page(), address)
        site.publish("1")
        assert update(page, site)["outcome"] == "updated"
        assert active(page) == both("1")
        site.asked.clear()
        assert update(page, site)["outcome"] == "unchanged"
        assert site.asked == ["/models/manifest.json 304"]

        site.publish("2")
        site.asked.clear()
        other = opened(context.new_page(), address)
        page.evaluate("(keys) => { modelsPage.first = modelsPage.update(keys); }", site.keys)
        outcomes = {update(other, site)["outcome"], page.evaluate("modelsPage.first")["outcome"]}
        assert outcomes == {"updated", "unchanged"}
        assert active(page) == active(other) == both("2")
        files = [path for path in site.asked if path.startswith("/models/files/")]
        assert len(files) == len(set(files))

        assert page.evaluate("modelsPage.rollBack('ranker')") == "1"
        page.reload()
        assert active(opened(page, address)) == {"ranker": "1", "load": "2"}
        assert page.evaluate("modelsPage.failures()") == []


def test_what_is_damaged_on_the_way_is_not_used(browser: Browser, site: Site, address: str) -> None:
    with browser.new_context() as context:
        page = opened(context.new_page(), address)
        site.publish("1")
        update(page, site)
        site.publish("2")
        for damaged, code in ((".onnx", "wrong_hash"), (".sig", "wrong_signature")):
            site.damaged = damaged
            assert update(page, site)["failure"]["code"] == code
            page = opened(page, address)
            assert active(page) == both("1")
            failure = page.evaluate("modelsPage.failures()")[0]
            assert (failure["code"], failure["times"]) == (code, 1)
        site.damaged = ""
        assert update(page, site)["outcome"] == "updated"
        assert active(page) == both("2")


def test_a_tab_that_is_killed_leaves_all_of_a_release_or_nothing(
    browser: Browser, site: Site, address: str
) -> None:
    chance = random.Random(7)
    cut_off = 0
    with browser.new_context() as context:
        site.publish("0")
        page = opened(context.new_page(), address)
        update(page, site)
        for kill in range(1, KILLS + 1):
            site.publish(str(kill))
            # Not waited for: the tab dies while it is at it.
            page.evaluate("(keys) => { modelsPage.update(keys); }", site.keys)
            page.wait_for_timeout(chance.uniform(0, 150))
            crash(page)
            page = opened(context.new_page(), address)
            found = active(page)
            assert found in (both(str(kill - 1)), both(str(kill))), f"kill {kill}"
            cut_off += found == both(str(kill - 1))
            assert update(page, site)["outcome"] in ("updated", "unchanged"), f"kill {kill}"
            assert active(page) == both(str(kill)), f"kill {kill}"
            sizes = page.evaluate("modelsPage.sizes()")
            assert sizes["stored"] <= sizes["storedBudget"]
        codes = {failure["code"] for failure in page.evaluate("modelsPage.failures()")}
    assert codes <= {"interrupted"}
    print(f"{KILLS} kills, {cut_off} of them before the release was in", flush=True)

import { afterEach, describe, expect, it, vi } from "vitest";
import type { BootProgress } from "../../src/protocol.js";
import { BootReport } from "../../src/worker/boot-report.js";
import { watchDownloads } from "../../src/worker/downloads.js";

describe("BootReport", () => {
  function report() {
    const seen: string[] = [];
    const boot = new BootReport(({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`));
    const enter = (phase: BootProgress["phase"]) => boot.entered({ phase, done: 0, total: 0 });
    return { seen, boot, enter };
  }

  it("stays with the download while Python starts already", () => {
    const { seen, boot, enter } = report();
    enter("downloading");
    boot.downloaded(0, 100);
    enter("starting");
    boot.downloaded(40, 100);
    boot.downloaded(100, 100);
    enter("loading_engine");
    boot.entered({ phase: "restoring", done: 5, total: 10 });
    expect(seen).toEqual([
      "downloading 0/0",
      "downloading 0/100",
      "downloading 40/100",
      "starting 0/0",
      "loading_engine 0/0",
      "restoring 5/10",
    ]);
  });

  it("goes on where some file is never fetched, and ignores late ones", () => {
    const { seen, boot, enter } = report();
    enter("starting");
    boot.downloaded(90, 100);
    enter("loading_engine");
    boot.downloaded(95, 100);
    expect(seen).toEqual(["downloading 90/100", "loading_engine 0/0"]);
  });
});

describe("watchDownloads", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("adds up the sizes of the files that have arrived, each once", async () => {
    let arrive = (_name: string) => {};
    vi.stubGlobal(
      "PerformanceObserver",
      class {
        constructor(listener: (list: { getEntries(): { name: string }[] }) => void) {
          arrive = (name) => listener({ getEntries: () => [{ name }] });
        }
        observe = vi.fn();
        disconnect = vi.fn();
      },
    );
    const files = [
      { name: "a.wasm", size: 70 },
      { name: "b.tar.gz", size: 30 },
    ];
    vi.stubGlobal("fetch", async () => Response.json({ files }));
    const seen: string[] = [];
    const { fetchAsset } = watchDownloads("https://example.test/runtime/", (done, total) =>
      seen.push(`${done}/${total}`),
    );
    arrive("https://example.test/runtime/b.tar.gz"); // Before the sizes are known.
    const response = await fetchAsset(new URL("https://example.test/runtime/runtime.json"));
    expect(await response.json()).toEqual({ files });
    arrive("https://example.test/other/a.wasm");
    arrive("https://example.test/runtime/a.wasm");
    arrive("https://example.test/runtime/a.wasm");
    expect(seen).toEqual(["30/100", "100/100"]);
  });

  it("counts a file while it streams, also one that somebody else fetches", async () => {
    const files = [
      { name: "big.wasm", size: 1_000 },
      { name: "small", size: 1_000 },
    ];
    let send: ReadableStreamDefaultController<Uint8Array> | undefined;
    const answers: { [path: string]: () => Response } = {
      "/runtime/runtime.json": () => Response.json({ files }),
      "/runtime/big.wasm": () =>
        new Response(
          new ReadableStream<Uint8Array>({
            start(controller) {
              send = controller;
            },
          }),
        ),
      "/runtime/small": () => new Response(new Uint8Array(5_000)), // Unpacked on its way.
      "/elsewhere": () => new Response("x"),
    };
    const untouched = async (url: URL | string) =>
      answers[new URL(url).pathname]?.() ?? new Response(null, { status: 404 });
    vi.stubGlobal("fetch", untouched);
    const seen: string[] = [];
    const { fetchAsset, stop } = watchDownloads("https://example.test/runtime/", (done, total) =>
      seen.push(`${done}/${total}`),
    );
    await fetchAsset(new URL("https://example.test/runtime/runtime.json"));
    const response = await fetch("https://example.test/runtime/big.wasm");
    for (const size of [300, 3, 297]) {
      send?.enqueue(new Uint8Array(size));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    send?.enqueue(new Uint8Array(400));
    send?.close();
    expect((await response.arrayBuffer()).byteLength).toBe(1_000);
    expect(seen).toEqual(["0/2000", "300/2000", "600/2000", "1000/2000"]);
    await (await fetch("https://example.test/runtime/small")).arrayBuffer();
    await fetch("https://example.test/elsewhere");
    expect((await fetchAsset(new URL("https://example.test/runtime/gone"))).status).toBe(404);
    await expect.poll(() => seen.at(-1)).toBe("2000/2000");
    stop();
    expect(fetch).toBe(untouched);
  });

  it("only fetches where downloads cannot be observed", async () => {
    vi.stubGlobal("PerformanceObserver", undefined);
    vi.stubGlobal("fetch", async () => new Response("x"));
    const seen = vi.fn();
    const { fetchAsset, stop } = watchDownloads("https://example.test/", seen);
    const response = await fetchAsset(new URL("https://example.test/a"));
    expect(await response.text()).toBe("x");
    stop();
    expect(seen).not.toHaveBeenCalled();
  });
});

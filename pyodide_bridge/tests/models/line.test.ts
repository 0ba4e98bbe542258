// Bad lines: what has arrived is not fetched again, and nobody else is asked.
import { describe, expect, it, vi } from "vitest";
import { good, instead, isOnnx } from "./attacks.js";
import { devices } from "./device.js";

const device = devices();

describe("a bad line", () => {
  it("costs no byte twice where the server can send the rest", async () => {
    const published = device().publish({ sequence: 1, models: [good("1")] });
    let breaks = 2;
    device().server.fault = instead(
      (path) => isOnnx(path) && breaks > 0,
      (response, content) => {
        breaks--;
        const start = breaks === 0 ? 50_000 : 0;
        response.writeHead(start ? 206 : 200, {
          "Content-Range": `bytes ${start}-${content.byteLength - 1}/${content.byteLength}`,
          "Content-Length": content.byteLength - start,
        });
        response.write(content.subarray(start, start + 50_000), () =>
          setTimeout(() => response.destroy(), 20),
        );
      },
    )(published);
    expect((await device().update()).outcome).toBe("updated");
    const ranges = device()
      .server.asked()
      .filter((path) => path.includes("bytes="));
    expect(ranges.map((path) => path.split(" ")[1])).toEqual(["bytes=50000-", "bytes=100000-"]);
    expect(await device().active()).toEqual(["ranker 1"]);
  });

  it("is survived where the server knows no ranges, and in its trouble", async () => {
    const published = device().publish({ sequence: 1, models: [good("1")] });
    device().server.ranges = false;
    let breaks = 2;
    device().server.fault = instead(
      () => breaks > 0,
      (response, content) => {
        breaks--;
        if (breaks === 0) response.writeHead(500).end();
        else response.write(content.subarray(0, content.length >> 1), () => response.destroy());
      },
    )(published);
    expect((await device().update()).outcome).toBe("updated");
  });

  it("costs only the files that did not arrive, on the next visit too", async () => {
    const published = device().publish({ sequence: 1, models: [good("1")] });
    device().server.fault = instead(isOnnx, (r) => setTimeout(() => r.writeHead(404).end(), 100))(
      published,
    );
    expect((await device().update()).failure?.code).toBe("http");
    device().server.asked();
    device().server.fault = null;
    await device().reload();
    expect((await device().update()).outcome).toBe("updated");
    const files = device()
      .server.asked()
      .filter((path) => path.startsWith("files/"));
    expect(files).toEqual([expect.stringMatching(/\.onnx$/)]);
  });
});

describe("requests", () => {
  it("go to the folder of the release and to nobody else", async () => {
    device().publish({ sequence: 1, models: [good("1")] });
    const asked = vi.fn<typeof fetch>((...args) => fetch(...args));
    await device().update({ fetch: asked });
    expect(asked.mock.calls.length).toBeGreaterThan(4);
    for (const [url, init] of asked.mock.calls) {
      expect(String(url).startsWith(device().server.url)).toBe(true);
      expect(init).toMatchObject({ redirect: "error", referrerPolicy: "no-referrer" });
    }
  });

  it("are not made by a build without keys", async () => {
    await device().update({ keys: { current: "", next: "" } });
    expect(device().server.asked()).toEqual([]);
  });
});

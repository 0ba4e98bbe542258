// Updates that work: what is asked for, what is in use after them, and what is not fetched again.
import { describe, expect, it, vi } from "vitest";
import { openModelRegistry } from "../../src/models/registry.js";
import type { UpdateProgress } from "../../src/models/update.js";
import { devices } from "./device.js";
import { hash, newKey, noise, SPEC, utf8 } from "./release.js";

const device = devices();

const RANKER = {
  model: "ranker",
  files: { "ranker.npz": noise(5_000), "next.onnx": noise(9_000) },
};
const LOAD = { model: "load", weights: [1, 1, 1] };

describe("a first release", () => {
  it("is in use after one update, with its files and cards", async () => {
    device().publish({ sequence: 1, models: [RANKER, LOAD] });
    const progress: UpdateProgress[] = [];
    const result = await device().update({ onProgress: (step) => progress.push(step) });
    expect(result).toEqual({
      outcome: "updated",
      sequence: 1,
      activated: ["ranker", "load"],
      withdrawn: [],
      left: [],
    });
    await device().reload();
    expect(await device().active()).toEqual(["load 1.0.0", "ranker 1.0.0"]);
    const ranker = await device().registry.active("ranker");
    expect(new Uint8Array(ranker?.data ?? new ArrayBuffer())).toEqual(RANKER.files["ranker.npz"]);
    expect([...(ranker?.files.keys() ?? [])]).toEqual(["model.json", "next.onnx"]);
    expect(ranker?.card).toMatchObject({ model: "ranker", spec: { hash: SPEC } });
    const onnx = await device().registry.file("ranker", "1.0.0", "next.onnx");
    expect(new Uint8Array(onnx)).toEqual(RANKER.files["next.onnx"]);
    const load = await device().registry.active("load");
    expect(load?.data.byteLength).toBe(0);
    expect(await device().registry.failures()).toEqual([]);
    expect([...new Set(progress.map(({ stage }) => stage))]).toEqual([
      "checking",
      "downloading",
      "trying",
      "installing",
    ]);
    const downloads = progress.filter(({ stage }) => stage === "downloading");
    const done = downloads.map((step) => step.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(downloads.at(-1)?.done).toBe(downloads.at(-1)?.total);
  });

  it("that brings nothing by default leaves the rules alone", async () => {
    device().publish({ sequence: 1, models: [{ ...LOAD, default: false }] });
    expect((await device().update()).outcome).toBe("unchanged");
    expect(device().server.asked()).toHaveLength(2);
    expect((await device().update({ also: ["load"] })).activated).toEqual(["load"]);
  });

  it("may be signed by the next key", async () => {
    device().publish({ sequence: 1, models: [LOAD], key: device().keys.next });
    expect((await device().update()).outcome).toBe("updated");
  });

  it("is verified in JavaScript where the browser does not know Ed25519", async () => {
    const { subtle } = crypto;
    const importKey = vi.spyOn(subtle, "importKey").mockRejectedValue(new DOMException("no"));
    device().publish({ sequence: 1, models: [LOAD] });
    expect((await device().update()).outcome).toBe("updated");
    expect(importKey).toHaveBeenCalled();
    device().publish({ sequence: 2, models: [LOAD], key: newKey() });
    expect((await device().update()).failure?.code).toBe("wrong_signature");
  });

  it("is brought in on plain http, where there is no WebCrypto at all", async () => {
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    device().publish({ sequence: 1, models: [RANKER] });
    expect((await device().update()).outcome).toBe("updated");
    expect(await device().active()).toEqual(["ranker 1.0.0"]);
  });

  it("is in use without IndexedDB too, as long as the page lives", async () => {
    vi.stubGlobal("indexedDB", undefined);
    await device().reload();
    expect(device().registry).toMatchObject({ durable: false, reason: "missing" });
    device().publish({ sequence: 1, models: [RANKER] });
    expect((await device().update()).outcome).toBe("updated");
    expect(await device().active()).toEqual(["ranker 1.0.0"]);
  });
});

describe("the next visit", () => {
  it("asks with the ETag and takes 304 for an answer", async () => {
    device().publish({ sequence: 1, models: [RANKER, LOAD] });
    await device().update();
    device().server.asked();
    const statuses: number[] = [];
    const counting: typeof fetch = async (...args) => {
      const response = await fetch(...args);
      statuses.push(response.status);
      return response;
    };
    await device().reload();
    const result = await device().update({ fetch: counting });
    expect(result).toMatchObject({ outcome: "unchanged", sequence: 1 });
    expect(statuses).toEqual([304]);
    expect(device().server.asked()).toEqual(["manifest.json"]);
    expect(await device().active()).toEqual(["load 1.0.0", "ranker 1.0.0"]);
  });

  it("looks at everything again where the engine is another one", async () => {
    const other = "6".repeat(64);
    device().publish({ sequence: 1, models: [LOAD, { ...RANKER, specHash: other }] });
    const first = await device().update();
    expect(first.left).toMatchObject([{ model: "ranker", code: "other_spec" }]);
    expect(await device().active()).toEqual(["load 1.0.0"]);
    const engine = { version: "0.2.0", specs: [SPEC, other] };
    expect((await device().update({ engine })).activated).toEqual(["ranker"]);
  });

  it.each([
    ["", false],
    [", pinned as it may be", true],
  ])("repairs what was damaged on the device%s", async (_, isPinned) => {
    device().publish({ sequence: 1, models: [RANKER] });
    await device().update();
    await device().registry.pin("ranker", isPinned);
    const opening = indexedDB.open("voltlift-models");
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const database = opening.result;
    const blobs = database.transaction("blobs", "readwrite").objectStore("blobs");
    const sha256 = hash(RANKER.files["next.onnx"]);
    blobs.put({ sha256, data: new ArrayBuffer(9_000) });
    await new Promise((resolve) => {
      blobs.transaction.oncomplete = resolve;
    });
    database.close();
    await expect(device().active()).rejects.toMatchObject({ code: "corrupt_data" });
    device().server.asked();
    expect((await device().update()).outcome).toBe("updated");
    expect(await device().active()).toEqual(["ranker 1.0.0"]);
    const asked = device().server.asked();
    expect(asked).toContain(`files/${sha256}.onnx`);
    expect(asked.filter((path) => path.endsWith(".npz"))).toEqual([]);
  });
});

describe("a release that is due to be followed by another one", () => {
  const known = () => device().registry.journal.known();
  const expires = "2026-10-21T14:13:20Z";

  it("says until when, also where the server has nothing new", async () => {
    device().publish({ sequence: 1, models: [RANKER] });
    await device().update();
    expect((await known()).expires).toBeNull();
    device().publish({ sequence: 2, models: [RANKER], manifest: { expires } });
    await device().update();
    expect((await known()).expires).toBe(Date.parse(expires));
    expect((await device().update()).outcome).toBe("unchanged");
    expect((await known()).expires).toBe(Date.parse(expires));
    device().publish({ sequence: 3, models: [RANKER] });
    await device().update();
    expect((await known()).expires).toBeNull();
  });

  it("is used whether that is past or not, and is none where it is no date", async () => {
    const past = "2020-01-01T00:00:00Z";
    device().publish({ sequence: 1, models: [RANKER], manifest: { expires: past } });
    expect((await device().update()).activated).toEqual(["ranker"]);
    device().publish({ sequence: 2, models: [RANKER, LOAD], manifest: { expires: "soon" } });
    expect((await device().update()).failure).toMatchObject({ code: "bad_manifest" });
    expect(await device().active()).toEqual(["ranker 1.0.0"]);
  });
});

describe("a newer release", () => {
  it("costs only what has changed, and what it replaces can be rolled back to", async () => {
    device().publish({ sequence: 1, models: [RANKER, LOAD] });
    await device().update();
    device().server.asked();
    const files = { ...RANKER.files, "ranker.npz": noise(5_000, 2) };
    device().publish({ sequence: 2, models: [{ ...RANKER, version: "1.1.0", files }, LOAD] });
    expect((await device().update()).activated).toEqual(["ranker"]);
    const fetched = device()
      .server.asked()
      .filter((path) => path.startsWith("files/"));
    expect(fetched.map((path) => path.split(".").at(-1)).sort()).toEqual(["json", "npz"]);
    expect(await device().active()).toEqual(["load 1.0.0", "ranker 1.1.0"]);
    expect(await device().registry.rollBack("ranker")).toBe("1.0.0");
    expect(await device().active()).toEqual(["load 1.0.0", "ranker 1.0.0"]);
  });

  it("leaves alone what the lifter has chosen, until it is let go", async () => {
    device().publish({ sequence: 1, models: [RANKER] });
    await device().update();
    device().publish({ sequence: 2, models: [{ ...RANKER, version: "2" }] });
    await device().update();
    await device().registry.rollBack("ranker");
    expect((await device().update()).outcome).toBe("unchanged");
    device().publish({ sequence: 3, models: [{ ...RANKER, version: "3" }] });
    expect((await device().update()).outcome).toBe("unchanged");
    expect(await device().active()).toEqual(["ranker 1.0.0"]);
    await device().registry.pin("ranker", false);
    expect((await device().update()).activated).toEqual(["ranker"]);
    expect(await device().active()).toEqual(["ranker 3"]);
  });

  it("keeps both where one was published anew under the same version", async () => {
    device().publish({ sequence: 1, models: [LOAD] });
    await device().update();
    device().publish({ sequence: 2, models: [{ ...LOAD, weights: [2, 2, 2] }] });
    expect((await device().update()).activated).toEqual(["load"]);
    expect(await device().active()).toEqual([expect.stringMatching(/^load 1\.0\.0\+[0-9a-f]{8}$/)]);
    expect(await device().registry.rollBack("load")).toBe("1.0.0");
  });

  it("takes back what is not a default any more, and nothing that the lifter chose", async () => {
    device().publish({ sequence: 1, models: [RANKER, LOAD] });
    await device().update();
    await device().registry.activate("load", "1.0.0");
    device().publish({ sequence: 2, models: [] });
    expect((await device().update()).withdrawn).toEqual(["ranker"]);
    expect(await device().active()).toEqual(["load 1.0.0"]);
    expect(await device().registry.rollBack("ranker")).toBe("1.0.0");
    await device().registry.pin("ranker", false);
    expect((await device().update()).withdrawn).toEqual(["ranker"]);
  });

  it("takes nothing back that no release has brought", async () => {
    const data = utf8("{}");
    const own = { name: "rules", version: "1", card: {}, files: new Map<string, string>() };
    await device().registry.install({ ...own, sha256: hash(data), data: data.buffer });
    await device().registry.activate("rules", "1");
    await device().registry.pin("rules", false);
    device().publish({ sequence: 1, models: [LOAD] });
    expect(await device().update()).toMatchObject({ activated: ["load"], withdrawn: [] });
    expect(await device().active()).toEqual(["load 1.0.0", "rules 1"]);
  });

  it("finds room where the last good versions fill the store", async () => {
    const sized = (sequence: number) => ({
      sequence,
      models: [{ ...LOAD, version: `${sequence}`, files: { "a.bin": noise(3_900_000, sequence) } }],
    });
    for (const sequence of [1, 2, 3]) {
      device().publish(sized(sequence));
      expect((await device().update()).activated).toEqual(["load"]);
    }
    const kept = (await device().registry.list()).map(({ version }) => version);
    expect(kept).toEqual(["2", "3"]);
    const { stored, storedBudget } = await device().registry.sizes();
    expect(stored).toBeLessThanOrEqual(storedBudget);
  });
});

it("another tab hears of what is in use now, and of nothing else", async () => {
  const other = await openModelRegistry();
  const heard = vi.fn();
  const stop = other.subscribe(heard);
  try {
    device().publish({ sequence: 1, models: [LOAD] });
    await device().update();
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
    await device().update();
    await device().registry.deactivate("load");
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2));
    await expect(device().registry.activate("load", "none")).rejects.toThrow();
    stop();
    await device().registry.activate("load", "1.0.0");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).toHaveBeenCalledTimes(2);
  } finally {
    other.close();
  }
});

describe("two tabs at once", () => {
  it("bring a release in once", async () => {
    device().publish({ sequence: 1, models: [RANKER, LOAD] });
    const results = await Promise.all([device().update(), device().update()]);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(["unchanged", "updated"]);
    const files = device()
      .server.asked()
      .filter((path) => path.startsWith("files/"));
    expect(new Set(files).size).toBe(files.length);
    expect(await device().registry.failures()).toEqual([]);
  });

  it("end with the same, where the browser has no locks", async () => {
    vi.stubGlobal("navigator", {});
    device().publish({ sequence: 1, models: [RANKER, LOAD] });
    const results = await Promise.all([device().update(), device().update()]);
    for (const { failure } of results) expect(failure).toBeUndefined();
    expect(await device().active()).toEqual(["load 1.0.0", "ranker 1.0.0"]);
    expect(await device().registry.list()).toHaveLength(2);
  });
});

// Releases that are damaged, forged, old or unfit: what was in use stays, and the reason is kept.
import { beforeEach, describe, expect, it } from "vitest";
import { ATTACKS, good, instead, isOnnx, newer } from "./attacks.js";
import { devices } from "./device.js";
import { newKey } from "./release.js";

const device = devices();

describe("after an attack", () => {
  beforeEach(async () => {
    device().publish({ sequence: 10, models: [good("1")] });
    expect((await device().update()).outcome).toBe("updated");
  });

  it.each(Object.entries(ATTACKS))("%s: what was in use stays", async (_name, attack) => {
    const published = attack.publish?.(device()) ?? newer(device());
    device().server.fault = attack.fault?.(published) ?? null;
    const result = await device().update(attack.options);
    expect(result).toMatchObject({ outcome: "failed", activated: [], withdrawn: [] });
    // The record is there after a reload.
    await device().reload();
    const [failure] = await device().registry.failures();
    expect(failure).toEqual(result.failure);
    expect(failure).toMatchObject({ code: attack.code, times: 1 });
    expect(failure?.message).toMatch(attack.message);
    expect(failure?.manifestSequence).toBe(attack.sequence === undefined ? 20 : attack.sequence);
    expect(Math.abs(Date.now() - (failure?.at ?? 0))).toBeLessThan(60_000);
    expect(await device().active()).toEqual(["ranker 1"]);
    expect(await device().registry.list()).toHaveLength(1);
    // And the way is free for a good one.
    device().publish({ sequence: 30, models: [good("3", 3)] });
    expect(await device().update()).toMatchObject({ outcome: "updated", sequence: 30 });
    expect(await device().active()).toEqual(["ranker 3"]);
    expect(await device().registry.rollBack("ranker")).toBe("1");
  });

  it("a model with other features is left out, and the others are brought in", async () => {
    const specHash = "6".repeat(64);
    const models = [
      { ...good("2", 2), specHash },
      { model: "load", minEngine: "0.0.9" },
    ];
    device().publish({ sequence: 20, models });
    const result = await device().update();
    expect(result).toMatchObject({ outcome: "updated", activated: ["load"] });
    expect(result.left).toMatchObject([{ model: "ranker", version: "2", code: "other_spec" }]);
    expect(await device().active()).toEqual(["load 1.0.0", "ranker 1"]);
    expect(await device().registry.failures()).toMatchObject([
      { code: "other_spec", manifestSequence: 20, times: 1 },
    ]);
  });

  it("an old manifest stays refused where the newer one could not be brought in", async () => {
    device().server.fault = instead(isOnnx, (r) => r.writeHead(404).end())(newer(device()));
    expect((await device().update()).failure?.code).toBe("http");
    await device().reload();
    device().publish({ sequence: 15, models: [good("1.5", 5)] });
    expect((await device().update()).failure?.code).toBe("older_manifest");
    await device().registry.erase();
    expect((await device().update()).failure?.code).toBe("older_manifest");
    expect(await device().active()).toEqual([]);
  });

  it("the same failure again is counted, and only the last ones are kept", async () => {
    newer(device(), { key: newKey() });
    for (let i = 0; i < 3; i++) await device().update();
    expect(await device().registry.failures()).toMatchObject([
      { code: "wrong_signature", times: 3 },
    ]);
    for (let i = 0; i < 25; i++) {
      newer(device(), i % 2 ? { key: newKey() } : { sequence: 1 });
      await device().update();
    }
    const failures = await device().registry.failures();
    expect(failures).toHaveLength(20);
    expect(failures[0]?.code).toBe("older_manifest");
    expect(failures[1]?.code).toBe("wrong_signature");
  });

  it("304 to a request without an ETag is no answer", async () => {
    await device().registry.pin("ranker", true);
    device().server.fault = (_request, response) => {
      response.writeHead(304).end();
      return true;
    };
    expect((await device().update()).failure).toMatchObject({ code: "http" });
  });
});

// The registry itself: what adapters of the port have to do is in the conformance suite, which
// Python runs on it (tests/pyodide/stores.test.ts).
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type IndexedModelRegistry, openModelRegistry } from "../../src/models/registry.js";
import type { Artefact } from "../../src/models/types.js";
import { DatabaseConnection } from "../../src/storage/connection.js";
import { MODEL_DATABASE } from "../../src/storage/model-database.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { hash, utf8 } from "./release.js";

freshIndexedDb();

let registry: IndexedModelRegistry;
beforeEach(async () => {
  registry = await openModelRegistry();
});
afterEach(() => registry.close());

function artefact(name: string, version: string, text = "{}"): Artefact {
  const bytes = utf8(text);
  const card = { model: name };
  return { name, version, sha256: hash(bytes), data: bytes.buffer, card, files: new Map() };
}

describe("the registry", () => {
  it("lists what is kept, in use and pinned", async () => {
    await registry.install(artefact("rules", "1", "one"));
    await registry.install(artefact("rules", "2", "second"));
    await registry.activate("rules", "1");
    await registry.activate("rules", "2");
    const [first, second] = await registry.list();
    expect(first).toMatchObject({ version: "1", bytes: 3, active: false, lastGood: true });
    expect(second).toMatchObject({ version: "2", bytes: 6, active: true, lastGood: false });
    expect(second).toMatchObject({ pinned: true, card: { model: "rules" } });
    expect(await registry.sizes()).toEqual({
      active: 6,
      activeBudget: 4_000_000,
      stored: 9,
      storedBudget: 8_000_000,
    });
    await registry.pin("rules", false);
    expect((await registry.list()).map(({ pinned }) => pinned)).toEqual([false, false]);
  });

  it("tells a damaged artefact from a whole one", async () => {
    await registry.install(artefact("rules", "1", "one"));
    await registry.install(artefact("other", "1", "other"));
    await registry.activate("rules", "1");
    await registry.activate("other", "1");
    expect(await registry.damaged()).toEqual([]);
    const database = await openDB("voltlift-models");
    await database.put("blobs", { sha256: hash(utf8("one")), data: utf8("two").buffer });
    await database.delete("blobs", hash(utf8("other")));
    database.close();
    expect((await registry.damaged()).sort()).toEqual(["other", "rules"]);
    for (const name of ["rules", "other"]) {
      await expect(registry.active(name)).rejects.toMatchObject({ code: "corrupt_data" });
    }
  });

  it("is empty after it was erased", async () => {
    await registry.install(artefact("rules", "1"));
    await registry.activate("rules", "1");
    await registry.erase();
    expect(await registry.list()).toEqual([]);
    expect(await registry.active("rules")).toBeNull();
    expect(await registry.failures()).toEqual([]);
  });

  it("is in memory where another tab has a newer version of it", async () => {
    registry.close();
    const newer = await openDB("voltlift-models", 99);
    registry = await openModelRegistry();
    newer.close();
    expect(registry).toMatchObject({ durable: false, reason: "newer_version" });
    await registry.install(artefact("rules", "1"));
    expect(await registry.list()).toHaveLength(1);
  });

  it("keeps what is there over a migration", async () => {
    await registry.install(artefact("rules", "1"));
    registry.close();
    const migrations = [...MODEL_DATABASE.migrations, () => undefined];
    const connection = new DatabaseConnection({ ...MODEL_DATABASE, migrations });
    const rows = await connection.run("read", (database) => database.getAll("artefacts"));
    expect(rows).toMatchObject([{ name: "rules", version: "1" }]);
    connection.close();
  });

  it("keeps apart what has a name of its own", async () => {
    const other = await openModelRegistry({ name: "another-lifter" });
    await other.install(artefact("rules", "1"));
    expect(await registry.list()).toEqual([]);
    other.close();
  });
});

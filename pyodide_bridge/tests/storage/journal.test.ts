import { describe, expect, it } from "vitest";
import { freshIndexedDb } from "../support/indexed-db.js";
import { session } from "../support/sessions.js";
import { logStores } from "../support/stores.js";

freshIndexedDb();
const open = logStores();

const source = { id: "i1", fileName: "strong.csv", app: "Strong", at: 5 };
const own = (id: string) => ({ id, name: id });

describe("an import", () => {
  it("is noted with what it added and replaced", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)], documents: { settings: { units: "kg" } } });
    const sessions = [session("a", 1, 70), session("b", 2)];
    const documents = { settings: { units: "kg" }, dailyLogs: {} };
    await store.write({ sessions, documents, import: source });
    expect(await store.imports()).toEqual([
      { ...source, sessionIds: ["a", "b"], added: 1, replaced: 1, documents: ["dailyLogs"] },
    ]);
  });

  it("that is undone leaves exactly what was before", async () => {
    const store = await open();
    await store.write({
      sessions: [session("a", 1), session("other", 9)],
      documents: { settings: { units: "kg" }, customExercises: [own("mine")] },
    });
    const before = await store.load();
    await store.write({
      sessions: [session("a", 1, 70), session("b", 2)],
      documents: {
        settings: { units: "lbs" },
        customExercises: [own("mine"), own("theirs")],
        dailyLogs: { "2026-01-01": { sleep: 7 } },
      },
      import: source,
    });
    const undone = await store.undoImport("i1");
    expect(undone).toEqual({
      removed: ["b"],
      restored: [session("a", 1)],
      kept: [],
      documents: {
        settings: { units: "kg" },
        customExercises: [own("mine")],
        dailyLogs: undefined,
      },
    });
    expect(await store.load()).toEqual(before);
    expect(await (await open()).load()).toEqual(before);
    const [entry] = await store.imports();
    expect(entry?.undoneAt).toBeGreaterThan(0);
  });

  it("that is undone leaves what was edited or deleted since, and names it", async () => {
    const store = await open();
    const sessions = ["a", "b", "c", "d"].map((id) => session(id, 1));
    await store.write({ sessions, import: source });
    await store.write({ sessions: [session("b", 1, 99)], deleted: ["c"] });
    const { removed, kept } = await store.undoImport("i1");
    expect([removed, kept]).toEqual([
      ["a", "d"],
      ["b", "c"],
    ]);
    expect((await store.load()).sessions).toEqual([session("b", 1, 99)]);
  });

  it("that is undone takes its own part out of documents only", async () => {
    const store = await open();
    await store.write({
      sessions: [session("a", 1)],
      documents: {
        dailyLogs: { "2026-01-01": 1 },
        customExercises: [own("bench-press"), own("unused")],
      },
      import: source,
    });
    await store.write({
      documents: {
        dailyLogs: { "2026-01-01": 1, "2026-02-02": 2 },
        customExercises: [own("bench-press"), own("unused"), own("later")],
      },
      // One of the imported exercises is used by a session of the lifter's own by now.
      sessions: [session("own", 3)],
    });
    const { documents } = await store.undoImport("i1");
    expect(documents).toEqual({
      dailyLogs: { "2026-02-02": 2 },
      customExercises: [own("later"), own("bench-press")],
    });
  });

  it("can be undone once, and only if it is known", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)], import: source });
    await store.undoImport("i1");
    for (const id of ["i1", "unknown"]) {
      await expect(store.undoImport(id)).rejects.toMatchObject({ code: "invalid_request" });
    }
    expect(await store.manifest()).toEqual({});
  });

  it("after another one is undone in any order", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1, 60)], import: source });
    const second = { ...source, id: "i2", at: 6 };
    await store.write({ sessions: [session("a", 1, 70), session("b", 1)], import: second });
    expect((await store.imports()).map(({ id }) => id)).toEqual(["i2", "i1"]);
    expect(await store.undoImport("i1")).toMatchObject({ removed: [], kept: ["a"] });
    expect(await store.undoImport("i2")).toMatchObject({ removed: ["b"] });
    expect((await store.load()).sessions).toEqual([session("a", 1, 60)]);
  });

  it("is all of it or nothing, journal included", async () => {
    const store = await open();
    const circle: { self?: object } = {};
    circle.self = circle;
    const change = { sessions: [session("a", 1)], documents: { circle }, import: source };
    await expect(store.write(change)).rejects.toMatchObject({ code: "storage" });
    expect(await store.imports()).toEqual([]);
    expect(await store.manifest()).toEqual({});
  });

  it("is heard of by other tabs when it is undone", async () => {
    const [here, there] = [await open(), await open()];
    await here.write({ sessions: [session("a", 1), session("b", 2)], import: source });
    await there.load();
    const deleted: string[] = [];
    there.subscribe((change) => deleted.push(...change.deleted));
    await here.undoImport("i1");
    await expect.poll(() => deleted.sort()).toEqual(["a", "b"]);
  });
});

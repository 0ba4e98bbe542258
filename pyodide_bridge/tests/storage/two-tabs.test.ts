import { describe, expect, it, vi } from "vitest";
import type { WorkoutSession } from "../../src/contract/contract.js";
import { contentHash } from "../../src/storage/hash.js";
import type { ForeignChange, LogStore } from "../../src/storage/types.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { session } from "../support/sessions.js";
import { logStores } from "../support/stores.js";

freshIndexedDb();
const open = logStores();

const hear = (store: LogStore): ForeignChange[] => {
  const heard: ForeignChange[] = [];
  store.subscribe((change) => heard.push(change));
  return heard;
};

function withSet(of: WorkoutSession, id: string, reps: number): WorkoutSession {
  const [log] = of.logs ?? [];
  if (!log) throw new Error("sessions of the tests have one exercise");
  const others = (log.sets ?? []).filter((set) => set.id !== id);
  return { ...of, logs: [{ ...log, sets: [...others, { id, reps, weight: 60, type: "N" }] }] };
}

const setIds = (of: WorkoutSession | undefined) => of?.logs?.[0]?.sets?.map(({ id }) => id);

describe("two tabs", () => {
  it("hear of each other's changes, not of their own", async () => {
    const [here, there] = [await open(), await open()];
    const own = vi.fn();
    const heard = hear(there);
    here.subscribe(own);
    const changed = session("a", 1);
    await here.write({ sessions: [changed, session("b", 1)] });
    await expect.poll(() => heard.length).toBe(1);
    await here.write({ deleted: ["b"], documents: { settings: { units: "lbs" } } });
    await expect.poll(() => heard.length).toBe(2);
    await here.erase();
    await expect.poll(() => heard.length).toBe(3);
    const nothing = { sessions: [], deleted: [], documents: {}, erased: false };
    expect(heard).toEqual([
      { ...nothing, sessions: [changed, session("b", 1)] },
      { ...nothing, deleted: ["b"], documents: { settings: { units: "lbs" } } },
      { ...nothing, erased: true },
    ]);
    expect(contentHash(heard[0]?.sessions[0])).toBe(contentHash(changed));
    expect(own).not.toHaveBeenCalled();
  });

  it("end with what was written last, however the news came", async () => {
    const [here, there] = [await open(), await open()];
    const heard = hear(there);
    const many = Array.from({ length: 200 }, (_, i) => session(`s${i}`, i));
    await Promise.all([here.write({ sessions: many }), here.erase()]);
    await expect.poll(() => heard.at(-1)?.erased).toBe(true);
    expect(heard.at(-1)?.sessions).toEqual([]);
  });

  it("hear of a session that is deleted and stored anew as stored", async () => {
    const [one, other] = [await open(), await open()];
    const heard = hear(other);
    await one.write({ sessions: [session("a", 1)] });
    await expect.poll(() => heard.length).toBe(1);
    await one.write({ sessions: [session("a", 2)], deleted: ["a"] });
    await expect.poll(() => heard.length).toBe(2);
    expect(heard[1]).toMatchObject({ sessions: [session("a", 2)], deleted: [] });
  });

  it("that slept find what they missed when they look", async () => {
    vi.stubGlobal("BroadcastChannel", undefined);
    const [here, there] = [await open(), await open()];
    await here.write({ sessions: [session("a", 1), session("b", 1)] });
    await there.load();
    const heard = hear(there);
    await here.write({ sessions: [session("c", 1)], deleted: ["a"] });
    expect(heard).toEqual([]);
    await there.refresh();
    expect(heard).toMatchObject([{ sessions: [{ id: "c" }], deleted: ["a"] }]);
    await there.refresh();
    expect(heard).toHaveLength(1);
  });

  it("that edit the same workout lose none of each other's sets", async () => {
    vi.stubGlobal("BroadcastChannel", undefined); // Neither hears of the other before it writes.
    const [here, there] = [await open(), await open()];
    const start = session("w", 1);
    await here.write({ sessions: [start] });
    const { sessions } = await there.load();
    const seen = sessions[0] as WorkoutSession;
    await here.write({ sessions: [withSet(start, "here", 5)] });
    const { merged } = await there.write({ sessions: [withSet(seen, "there", 6)] });
    expect(setIds(merged[0])).toEqual(["w-s", "here", "there"]);
    const stored = (await (await open()).load()).sessions;
    expect(stored).toEqual(merged);
    // What was given is what is stored, so nothing is said of it.
    const more = withSet(merged[0] as WorkoutSession, "more", 7);
    expect(await there.write({ sessions: [more] })).toEqual({
      merged: [],
      documents: {},
      kept: [],
    });
  });

  it("that make the same session are taken for one", async () => {
    vi.stubGlobal("BroadcastChannel", undefined);
    const [here, there] = [await open(), await open()];
    await Promise.all([here.load(), there.load()]);
    await here.write({ sessions: [withSet(session("a", 1), "x", 5)] });
    await there.write({ sessions: [withSet(session("a", 1), "y", 5)] });
    const { sessions } = await here.load();
    expect(sessions).toHaveLength(1);
    expect(setIds(sessions[0])).toEqual(["a-s", "x", "y"]);
  });

  it("delete only what they have seen", async () => {
    vi.stubGlobal("BroadcastChannel", undefined);
    const [here, there] = [await open(), await open()];
    await here.write({ sessions: [session("w", 1)] });
    await there.load();
    await here.write({ sessions: [withSet(session("w", 1), "new", 5)] });
    const written = await there.write({ deleted: ["w"] });
    expect(written.kept).toEqual(["w"]);
    expect(setIds(written.merged[0])).toEqual(["w-s", "new"]);
    // Now it has been seen.
    expect((await there.write({ deleted: ["w"] })).kept).toEqual([]);
    expect(await here.manifest()).toEqual({});
  });

  it("that change one document keep both changes", async () => {
    vi.stubGlobal("BroadcastChannel", undefined);
    const [here, there] = [await open(), await open()];
    await here.write({ documents: { settings: { units: "kg", favoriteExercises: ["a"] } } });
    await there.load();
    await here.write({ documents: { settings: { units: "kg", favoriteExercises: ["a", "b"] } } });
    const change = { settings: { units: "lbs", favoriteExercises: ["a", "c"] } };
    const { documents } = await there.write({ documents: change });
    expect(documents).toEqual({ settings: { units: "lbs", favoriteExercises: ["a", "b", "c"] } });
    expect((await here.load()).documents).toEqual(documents);
  });

  it("may be closed while a change is on its way", async () => {
    const store = await open();
    const writing = store.write({ sessions: [session("a", 1)] });
    store.close();
    await writing.catch(() => undefined);
    expect((await (await open()).load()).damaged).toEqual([]);
  });

  it("write one after the other, under a lock, strictly durable", async () => {
    const locks: string[] = [];
    vi.stubGlobal("navigator", {
      locks: {
        request: async (name: string, _: LockOptions, action: () => Promise<unknown>) => {
          locks.push(name);
          return action();
        },
      },
    });
    const begin = vi.spyOn(IDBDatabase.prototype, "transaction");
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    await store.writeDocument("settings", {});
    expect(locks).toEqual(["voltlift-log", "voltlift-log"]);
    const writes = begin.mock.calls.filter(([, mode]) => mode === "readwrite");
    expect(writes).toHaveLength(2);
    for (const [, , options] of writes) expect(options).toEqual({ durability: "strict" });
  });
});

import { describe, expect, it, vi } from "vitest";
import { exportReminder, storageReport } from "../../src/storage/export.js";
import { openFeatureStore } from "../../src/storage/feature-store.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { session } from "../support/sessions.js";
import { logStores } from "../support/stores.js";

freshIndexedDb();
const open = logStores();
const DAY = 86_400_000;

describe("the reminder to export", () => {
  const state = { lastExport: 100 * DAY, changedSince: 1, firstStored: 0, workouts: 50 };

  it("comes with ten new workouts, or with any after thirty days", () => {
    expect(exportReminder({ ...state, changedSince: 9 }, 129 * DAY)).toBeNull();
    expect(exportReminder({ ...state, changedSince: 10 }, 101 * DAY)).toEqual({
      newWorkouts: 10,
      days: 1,
    });
    expect(exportReminder(state, 130 * DAY - 1)).toBeNull();
    expect(exportReminder(state, 130 * DAY)).toEqual({ newWorkouts: 1, days: 30 });
  });

  it("does not come where nothing is new", () => {
    expect(exportReminder({ ...state, changedSince: 0 }, 900 * DAY)).toBeNull();
  });

  it("counts from the first thing stored where nothing was ever exported", () => {
    const never = { lastExport: null, changedSince: 3, firstStored: 10 * DAY, workouts: 3 };
    expect(exportReminder(never, 39 * DAY)).toBeNull();
    expect(exportReminder(never, 40 * DAY)).toEqual({ newWorkouts: 3, days: null });
    expect(exportReminder({ ...never, changedSince: 10 }, 0)).toEqual({
      newWorkouts: 10,
      days: null,
    });
  });
});

describe("what was exported", () => {
  it("is everything up to then; edits and additions count from there", async () => {
    const store = await open();
    const active = { ...session("w", 9), status: "active" as const };
    await store.write({ sessions: [session("a", 1), session("b", 2), active] });
    expect(await store.exportState()).toMatchObject({
      lastExport: null,
      changedSince: 2,
      workouts: 2,
    });
    await store.markExported(77);
    expect(await store.exportState()).toMatchObject({ lastExport: 77, changedSince: 0 });
    await store.write({ sessions: [session("a", 1, 99), session("c", 3)] });
    await store.write({ documents: { settings: 1 } });
    expect(await store.exportState()).toMatchObject({ changedSince: 2, workouts: 3 });
    store.close();
    expect(await (await open()).exportState()).toMatchObject({ lastExport: 77, changedSince: 2 });
  });

  it("is nothing after everything was erased", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    await store.markExported(77);
    await store.erase();
    expect(await store.exportState()).toMatchObject({ lastExport: null, changedSince: 0 });
  });
});

describe("the report of what is stored", () => {
  it("counts entries and bytes of the log and of what is derived from it", async () => {
    vi.stubGlobal("navigator", {
      storage: {
        estimate: async () => ({ usage: 5_000, quota: 9_000 }),
        persisted: async () => true,
      },
    });
    const store = await open();
    const source = { id: "i", fileName: "f.csv", app: "Strong", at: 1 };
    await store.write({ sessions: [session("a", 1)], documents: { settings: 1 }, import: source });
    await store.writeRecords([{ id: "cut", hash: "", startTime: 0, text: "{" }]);
    await store.markExported(77);
    const features = await openFeatureStore();
    await features.write(
      new Map([
        ["log/chunk", { header: "12345", data: new ArrayBuffer(95) }],
        ["user/a", { header: "1", data: new ArrayBuffer(1) }],
      ]),
    );
    features.close();
    const report = await storageReport(store);
    expect(report).toMatchObject({
      durable: true,
      sessions: 2,
      documents: 1,
      damaged: ["cut"],
      usage: 5_000,
      quota: 9_000,
      persisted: true,
      lastExport: 77,
    });
    const sizes = Object.fromEntries(report.tables.map((table) => [table.name, table]));
    expect(sizes.sessions?.bytes).toBe(JSON.stringify(session("a", 1)).length + 1);
    expect(sizes.historyColumns).toMatchObject({ entries: 1, bytes: 100 });
    expect(sizes.derived).toMatchObject({ entries: 1, bytes: 2 });
    expect(sizes.imports?.entries).toBe(1);
    expect(sizes.backups).toMatchObject({ entries: 0, bytes: 0 });
  });

  it("says so where the browser tells nothing, or stores nothing", async () => {
    vi.stubGlobal("navigator", undefined);
    vi.stubGlobal("indexedDB", undefined);
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    expect(await storageReport(store)).toMatchObject({
      durable: false,
      reason: "missing",
      sessions: 1,
      usage: null,
      quota: null,
      persisted: null,
    });
  });

  it("is empty after everything was erased, derived data included", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    const features = await openFeatureStore();
    await features.write(new Map([["log/chunk", { header: "1", data: new ArrayBuffer(1) }]]));
    features.close();
    await store.erase();
    const { tables } = await storageReport(store);
    expect(tables.map(({ entries }) => entries)).toEqual(tables.map(() => 0));
  });
});

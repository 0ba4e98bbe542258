import { contextKey } from "@voltlift/bridge";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AppState, EMPTY_STATE } from "../src/state/app-state.ts";
import { withRoutine } from "../src/state/routine.ts";
import { followGlimpse, readGlimpse } from "../src/state/suggestions-glimpse.ts";

const KEY = "voltlift-glimpse/1";
let items: Map<string, string>;

beforeEach(() => {
  items = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

/** Follow a store whose state a test sets. */
function follow(): (change: Partial<AppState>) => void {
  let state: AppState = EMPTY_STATE;
  let listener: (state: AppState) => void = () => undefined;
  followGlimpse({
    getState: () => state,
    subscribe: (heard) => {
      listener = heard;
      return () => undefined;
    },
  });
  return (change) => {
    state = { ...state, ...change };
    listener(state);
  };
}

describe("what the first screen shows before the log is read", () => {
  it("asks for the list with the dial as it stands, since another one is kept elsewhere", () => {
    const set = follow();
    set({ settings: { units: "kg" } });
    expect(readGlimpse()).toEqual({ active: false, place: null, today: null, routine: null });
    set({ settings: { units: "kg", routine: 0.25 } });
    expect(readGlimpse()?.routine).toBe(0.25);
    const key = (routine: number | null): string => contextKey(withRoutine({ limit: 5 }, routine));
    expect(key(readGlimpse()?.routine ?? null)).toBe(key(0.25));
    expect(key(0.25)).not.toBe(key(null));
    set({ settings: { units: "kg" } });
    expect(readGlimpse()?.routine).toBeNull();
  });

  it("reads what an earlier version kept, and takes no dial that is none", () => {
    items.set(KEY, JSON.stringify({ active: true, place: null, today: null }));
    expect(readGlimpse()).toMatchObject({ active: true, routine: null });
    items.set(KEY, JSON.stringify({ active: true, place: null, today: null, routine: 7 }));
    expect(readGlimpse()?.routine).toBeNull();
    items.set(KEY, "{");
    expect(readGlimpse()).toBeNull();
  });

  it("is gone with everything else", () => {
    const set = follow();
    set({ settings: { units: "kg", routine: 1 } });
    set({ settings: null });
    expect(readGlimpse()).toBeNull();
  });
});

import { describe, expect, it, vi } from "vitest";
import type { WorkoutSession } from "../../src/contract/contract.js";
import { Draft } from "../../src/storage/draft.js";
import { merge } from "../../src/storage/merge.js";

const session = (changes: Partial<WorkoutSession> = {}): WorkoutSession => ({
  id: "w",
  name: "Workout",
  startTime: 1,
  status: "active",
  ...changes,
});

/** A draft over a store that answers when it is told to, merging as the real one does. */
function setUp() {
  let stored: WorkoutSession | undefined;
  const waiting: (() => void)[] = [];
  const writes: WorkoutSession[] = [];
  const failed = vi.fn();
  const passed = vi.fn();
  let failure: Error | null = null;
  const draft = new Draft({
    write: async (mine, base) => {
      writes.push(mine);
      await new Promise<void>((resolve) => waiting.push(resolve));
      if (failure) throw failure;
      stored = stored ? (merge(base ?? undefined, mine, stored) as WorkoutSession) : mine;
      return stored;
    },
    changed: () => undefined,
    failed,
    passed,
  });
  return {
    draft,
    writes,
    failed,
    passed,
    fail: (error: Error | null) => {
      failure = error;
    },
    put: (value: WorkoutSession) => {
      stored = value;
    },
    stored: () => stored,
    /** Let the write that is under way come to its end. */
    async answer() {
      await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
      waiting.shift()?.();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

describe("a draft", () => {
  it("is shown at once and saved once it is written; overtaken versions are skipped", async () => {
    const { draft, answer, writes } = setUp();
    draft.change(session({ name: "a" }));
    await Promise.resolve();
    draft.change(session({ name: "b" }));
    draft.change(session({ name: "c" }));
    expect(draft.shown?.name).toBe("c");
    expect(draft.saved).toBeNull();
    await answer();
    expect(draft.saved?.name).toBe("a");
    await answer();
    await draft.idle();
    expect(draft.saved).toBe(draft.shown);
    expect(writes.map(({ name }) => name)).toEqual(["a", "c"]);
  });

  it("takes in what another tab stored, during a write and after it", async () => {
    const { draft, answer, put, stored } = setUp();
    draft.open(session());
    put(session());
    draft.change(session({ notes: "mine" }));
    await Promise.resolve();
    put(session({ name: "theirs" }));
    draft.hear(session({ name: "theirs" }));
    expect(draft.shown).toEqual(session({ name: "theirs", notes: "mine" }));
    await answer();
    await draft.idle();
    expect(stored()).toEqual(session({ name: "theirs", notes: "mine" }));
    expect(draft.shown).toEqual(stored());
    draft.hear(session({ name: "again", notes: "mine" }));
    expect(draft.shown?.name).toBe("again");
    expect(draft.saved).toBe(draft.shown);
  });

  it("shows what the store has merged", async () => {
    const { draft, answer, put } = setUp();
    draft.open(session());
    put(session({ name: "theirs" }));
    draft.change(session({ notes: "mine" }));
    await answer();
    await draft.idle();
    expect(draft.shown).toEqual(session({ name: "theirs", notes: "mine" }));
  });

  it("goes where another tab deletes it, unless something of it is not stored yet", async () => {
    const { draft, answer, put, stored } = setUp();
    draft.open(session());
    draft.hear(null);
    expect(draft.shown).toBeNull();
    draft.open(session());
    put(session());
    draft.change(session({ notes: "mine" }));
    draft.hear(null);
    expect(draft.shown?.notes).toBe("mine");
    await answer();
    await draft.idle();
    expect(stored()?.notes).toBe("mine");
  });

  it("keeps what is shown when a write fails, and writes it when it is asked to", async () => {
    const { draft, answer, fail, failed, stored } = setUp();
    fail(new Error("full"));
    draft.change(session({ notes: "mine" }));
    await answer();
    await draft.idle();
    expect(failed).toHaveBeenCalledOnce();
    expect(draft.shown?.notes).toBe("mine");
    expect(draft.saved).toBeNull();
    fail(null);
    draft.retry();
    await answer();
    await draft.idle();
    expect(stored()?.notes).toBe("mine");
    expect(draft.saved).toBe(draft.shown);
  });

  it("hands on what was stored of a session that is no longer open", async () => {
    const { draft, answer, passed } = setUp();
    draft.change(session({ notes: "mine" }));
    await Promise.resolve();
    draft.open(session({ id: "other" }));
    await answer();
    await draft.idle();
    expect(passed).toHaveBeenCalledWith(session({ notes: "mine" }));
    expect(draft.shown?.id).toBe("other");
  });

  it("hears nothing where nothing is open", () => {
    const { draft } = setUp();
    draft.hear(session());
    expect(draft.shown).toBeNull();
  });
});

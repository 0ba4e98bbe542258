import { describe, expect, it } from "vitest";
import type { ExerciseLog, SetLog, WorkoutSession } from "../src/contract/contract.js";
import { mergeAdditions } from "../src/import-merge.js";

const set = (id: string, weight: number): SetLog => ({ id, reps: 5, weight });
const log = (id: string, exerciseId: string, ...sets: SetLog[]): ExerciseLog => ({
  id,
  exerciseId,
  sets,
});
const stored: WorkoutSession = {
  id: "a",
  name: "Push, as I call it",
  startTime: 1,
  notes: "mine",
  logs: [log("l0", "bench", set("s0", 62.5)), log("l1", "squat", set("s1", 100))],
};

describe("mergeAdditions", () => {
  it("puts sets behind those of their exercise and new exercises at the end", () => {
    const merged = mergeAdditions(stored, [
      log("l0+2", "bench", set("s2", 65)),
      log("l9", "row", set("s3", 50)),
    ]);
    expect(
      merged.logs?.map(({ exerciseId, sets }) => [exerciseId, sets?.map(({ id }) => id)]),
    ).toEqual([
      ["bench", ["s0", "s2"]],
      ["squat", ["s1"]],
      ["row", ["s3"]],
    ]);
    expect({ ...merged, logs: [] }).toEqual({ ...stored, logs: [] });
  });

  it("leaves what is stored as it is, and its argument too", () => {
    const before = structuredClone(stored);
    const merged = mergeAdditions(stored, [log("x", "bench", set("y", 70))]);
    expect(stored).toEqual(before);
    expect(merged.logs?.[0]?.sets?.[0]).toEqual(stored.logs?.[0]?.sets?.[0]);
    expect(mergeAdditions(stored, [])).toEqual(stored);
  });

  it("gives no id twice", () => {
    const merged = mergeAdditions(stored, [log("l0", "row", set("s0", 1), set("s0", 2))]);
    const ids =
      merged.logs?.flatMap(({ id, sets }) => [id, ...(sets ?? []).map((s) => s.id)]) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("takes a session that has no logs yet", () => {
    expect(mergeAdditions({ logs: [] }, [log("l", "row", set("s", 1))]).logs).toHaveLength(1);
  });
});

import type { SimilarExercise } from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import { type Likeness, SHOWN_OF_EACH, worthShowing } from "../src/state/similar.ts";

const alike = (
  id: string,
  likeness: Likeness,
  equipment = "Barbell",
  muscleGroup = "Chest",
): SimilarExercise => ({
  exercise: {
    id,
    name: id,
    muscleGroup,
    secondaryMuscles: [],
    equipment,
    category: "Compound",
    difficulty: "Intermediate",
  },
  likeness,
  cosine: 0.8,
  timesPerformed: 0,
});
const nothing = { group: "Chest", taken: [], session: { logs: [] }, listed: [] };
const ids = (...args: Parameters<typeof worthShowing>) =>
  worthShowing(...args).map(({ likeness, items }) => [
    likeness,
    items.map(({ exercise }) => exercise.id),
  ]);

describe("what is alike", () => {
  it("is shown nearest first, a few of each kind, each exercise once", () => {
    const many = ["a", "b", "c", "d"].map((id) => alike(id, "lifters"));
    const shown = ids([...many, alike("a", "content"), alike("e", "content")], nothing);
    expect(shown).toEqual([
      ["lifters", ["a", "b", "c"]],
      ["content", ["e"]],
    ]);
    expect(SHOWN_OF_EACH).toBe(3);
  });

  it("leaves out what is taken, listed already, or part of the workout", () => {
    const similar = [
      alike("listed", "lifters"),
      alike("cable", "lifters", "Cable"),
      alike("there", "lifters"),
      alike("free", "lifters", "Dumbbell"),
    ];
    const session = { logs: [{ id: "1", exerciseId: "there", sets: [] }] };
    expect(ids(similar, { group: "Chest", taken: ["Cable"], session, listed: ["listed"] })).toEqual(
      [["lifters", ["free"]]],
    );
  });

  it("trains the same: what is done on the same days is no substitute", () => {
    const similar = [alike("squat", "lifters", "Barbell", "Legs"), alike("fly", "lifters")];
    expect(ids(similar, nothing)).toEqual([["lifters", ["fly"]]]);
    expect(ids(similar, { ...nothing, group: null })).toEqual([["lifters", ["squat", "fly"]]]);
  });

  it("has no heading without anything below it", () => {
    expect(ids([alike("a", "content")], nothing)).toEqual([["content", ["a"]]]);
    expect(ids([alike("a", "content")], { ...nothing, listed: ["a"] })).toEqual([]);
    expect(ids([], { ...nothing, session: {} })).toEqual([]);
  });
});

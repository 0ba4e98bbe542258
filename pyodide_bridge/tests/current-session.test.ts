import { describe, expect, it } from "vitest";
import { currentSession } from "../src/current-session.js";

describe("the workout going on", () => {
  it("is null where there is none", () => {
    expect(currentSession(null)).toBeNull();
    expect(currentSession(undefined)).toBeNull();
  });

  it("leaves out what an app adds of its own", () => {
    const workout = {
      id: "w",
      name: "Push",
      status: "active",
      startTime: 1_790_000_000_000.4,
      biometrics: [],
      logs: [
        {
          id: "l",
          exerciseId: "pull-up",
          notes: "slow",
          sets: [
            { id: "s", reps: 8, weight: 60, rpe: 7, type: "W", aiSuggestionAccepted: true },
            { id: "t", reps: 8, weight: 60, type: "normal", completed: true },
          ],
        },
      ],
    };
    expect(currentSession(workout)).toEqual({
      id: "w",
      startTime: 1_790_000_000_000,
      unit: null,
      logs: [
        {
          id: "l",
          exerciseId: "pull-up",
          sets: [
            { id: "s", reps: 8, weight: 60, rpe: 7, type: "W", seconds: null },
            { id: "t", reps: 8, weight: 60, rpe: null, type: "N", seconds: null },
          ],
        },
      ],
    });
  });

  it("keeps exercises without sets, and leaves out sets that are not done", () => {
    const sets = [
      { id: "a", reps: 8, weight: 60, completed: false },
      { id: "b", reps: Number.NaN, weight: 60 },
      { id: "c", reps: 8, weight: null },
    ];
    const logs = [{ exerciseId: "pull-up", sets }, { exerciseId: "plank" }];
    expect(currentSession({ logs })?.logs).toEqual([
      { id: "log-0", exerciseId: "pull-up", sets: [] },
      { id: "log-1", exerciseId: "plank", sets: [] },
    ]);
  });
});

import type { WorkoutSession } from "../../src/contract/contract.js";

/** A session with one exercise of one set. */
export function session(id: string, startTime: number, weight = 60): WorkoutSession {
  const sets = [{ id: `${id}-s`, reps: 8, weight, type: "N" as const, completed: true }];
  const logs = [{ id: `${id}-l`, exerciseId: "bench-press", sets }];
  return { id, name: `Workout ${id}`, startTime, logs, status: "completed", unit: "kg" };
}

/** Deterministic pseudo-random numbers in 0-1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

import { describe, expect, it } from "vitest";
import { EMPTY_STATE } from "../src/state/app-state.ts";
import type { Change, Persistence, Store } from "../src/state/persistence.ts";
import {
  checkInOf,
  dayKey,
  isCheckedIn,
  withCheckIn,
  withoutCheckIn,
} from "../src/state/readiness.ts";
import { createReadinessActions } from "../src/state/readiness-actions.ts";

const NOW = Date.UTC(2025, 4, 12, 23, 30);

describe("a check-in", () => {
  it("is kept under the UTC day, beside what else is kept of it", () => {
    const logs = { "2025-05-11": { sleepHours: 5 }, "2025-05-12": { bodyweight: 80 } };
    const after = withCheckIn(logs, NOW, { sleepHours: 8 });
    expect(dayKey(NOW)).toBe("2025-05-12");
    expect(after).toEqual({
      "2025-05-11": { sleepHours: 5 },
      "2025-05-12": { date: "2025-05-12", bodyweight: 80, sleepHours: 8 },
    });
    expect(checkInOf(after, NOW)).toEqual({ sleepHours: 8 });
    expect(logs["2025-05-12"]).toEqual({ bodyweight: 80 });
  });

  it("is taken back without what else is known of the day", () => {
    const weighed = { "2025-05-12": { date: "2025-05-12", bodyweight: 80, stressLevel: 4 } };
    expect(withoutCheckIn(weighed, NOW)).toEqual({
      "2025-05-12": { date: "2025-05-12", bodyweight: 80 },
    });
    const only = withCheckIn({ "2025-05-11": { sleepHours: 5 } }, NOW, { perceivedEnergy: 1 });
    expect(withoutCheckIn(only, NOW)).toEqual({ "2025-05-11": { sleepHours: 5 } });
  });

  it("is none where a day is unreadable, or has only other readings", () => {
    for (const log of [null, "8 hours", ["8"], 8, { sleepHours: "8" }, { bodyweight: 80 }]) {
      expect(isCheckedIn({ "2025-05-12": log }, NOW)).toBe(false);
    }
    expect(isCheckedIn({ "2025-05-12": { stressLevel: 1 } }, NOW)).toBe(true);
    expect(isCheckedIn({ "2025-05-11": { stressLevel: 1 } }, NOW)).toBe(false);
  });
});

describe("answers in quick succession", () => {
  /** A persistence that shows what it has written a moment later, as the real one does. */
  function slow(failures: number) {
    let state = { ...EMPTY_STATE };
    let left = failures;
    const store: Store = {
      getState: () => state,
      setState: () => undefined,
    };
    const commit = async ({ dailyLogs }: Change): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      left -= 1;
      if (left >= 0) throw new Error("storage full");
      state = { ...state, dailyLogs: dailyLogs ?? {} };
    };
    return { store, actions: createReadinessActions(store, { commit } as Persistence) };
  }

  it("are all kept", async () => {
    const { store, actions } = slow(0);
    await Promise.all([
      actions.checkIn({ sleepHours: 7 }),
      actions.checkIn({ stressLevel: 2 }),
      actions.checkIn({ sleepHours: 8 }),
    ]);
    const { dailyLogs } = store.getState();
    expect(checkInOf(dailyLogs, Date.now())).toEqual({ sleepHours: 8, stressLevel: 2 });
    await actions.clearCheckIn();
    expect(store.getState().dailyLogs).toEqual({});
  });

  it("do not wait for ever on one that could not be stored", async () => {
    const { store, actions } = slow(1);
    await Promise.all([actions.checkIn({ sleepHours: 7 }), actions.checkIn({ stressLevel: 2 })]);
    expect(checkInOf(store.getState().dailyLogs, Date.now())).toEqual({ stressLevel: 2 });
  });
});

import type { GroupWeeks, TrainingDay } from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import {
  balanceState,
  dayTime,
  isoDay,
  monthOf,
  monthsBack,
  mostBehind,
} from "../src/state/insights.ts";

const trained = (day: string): TrainingDay => ({ day, sessionIds: [day], sets: 9, minutes: 60 });
const group = (name: string, balance?: (number | null)[]): GroupWeeks => ({
  group: name,
  sets: [],
  maximumAdaptive: 16,
  reasons: [],
  ...(balance ? { balance } : {}),
});

describe("the calendar", () => {
  it("has weeks from Monday on, and nothing of other months", () => {
    const { weeks, start } = monthOf(new Date(2025, 5, 30, 23).getTime(), 1);
    expect(isoDay(start)).toBe("2025-05-01");
    expect(weeks[0]).toEqual([
      null,
      null,
      null,
      "2025-05-01",
      "2025-05-02",
      "2025-05-03",
      "2025-05-04",
    ]);
    expect(weeks.at(-1)?.slice(4)).toEqual(["2025-05-30", "2025-05-31", null]);
    expect(weeks.flat().filter(Boolean)).toHaveLength(31);
  });

  it("has leap days, months of four weeks, and years before", () => {
    expect(monthOf(new Date(2024, 2, 31).getTime(), 1).weeks.flat()).toContain("2024-02-29");
    expect(monthOf(new Date(2021, 1, 1).getTime(), 0).weeks).toHaveLength(4);
    expect(isoDay(monthOf(new Date(2025, 0, 15).getTime(), 13).start)).toBe("2023-12-01");
  });

  it("reaches back to the first day with training", () => {
    const now = new Date(2025, 4, 12).getTime();
    expect(monthsBack(now, [])).toBe(0);
    expect(monthsBack(now, [trained("2025-05-01"), trained("2025-05-03")])).toBe(0);
    expect(monthsBack(now, [trained("2024-12-31"), trained("2025-05-03")])).toBe(5);
  });

  it("reads days as local ones", () => {
    for (const day of ["2025-03-30", "2025-10-26", "2024-02-29", "2025-01-01"]) {
      expect(isoDay(dayTime(day))).toBe(day);
    }
  });
});

describe("balance", () => {
  it("is named by how far a group is from the mean", () => {
    expect([0, 0.69, 0.7, 1, 1.4, 1.41].map(balanceState)).toEqual([
      "behind",
      "behind",
      "balanced",
      "balanced",
      "balanced",
      "ahead",
    ]);
    expect(balanceState(null)).toBe("none");
  });

  it("shows first the group that is furthest behind now, not once", () => {
    const groups = [group("Chest", [0.1, 1]), group("Back", [1, 0.6]), group("Legs", [1, null])];
    expect(mostBehind(groups)).toBe("Back");
    expect(mostBehind([group("Chest"), group("Back")])).toBe("Chest");
    expect(mostBehind([])).toBeNull();
  });
});

import type { WorkoutSession } from "@voltlift/bridge";
import { afterEach, describe, expect, it } from "vitest";
import {
  backToToday,
  daysBetween,
  momentOn,
  sessionsOn,
  startOfDay,
  travelSpan,
  travelTo,
  useMoment,
} from "../src/state/moment.ts";

const at = (day: number, hour = 0, minute = 0): number =>
  new Date(2025, 4, day, hour, minute).getTime();
const session = (startTime: number): WorkoutSession => ({
  id: String(startTime),
  name: "Workout",
  startTime,
  status: "completed",
  logs: [],
});

afterEach(backToToday);

describe("the moment that stands for a day", () => {
  it("is noon where nothing was trained before it", () => {
    expect(momentOn(at(12, 20), [])).toBe(at(12, 12));
    expect(momentOn(at(12), [session(at(12, 18)), session(at(11, 7))])).toBe(at(12, 12));
  });

  it("is just before the day's first workout", () => {
    const history = [session(at(12, 18)), session(at(12, 7, 30)), session(at(11, 6))];
    expect(momentOn(at(12), history)).toBe(at(12, 7, 30) - 1_000);
  });

  it("is what is travelled to, until one comes back", () => {
    travelTo(at(12), []);
    expect(useMoment.getState().at).toBe(at(12, 12));
    backToToday();
    expect(useMoment.getState().at).toBeNull();
  });
});

describe("days", () => {
  it("are counted by the calendar, also over nights of 23 and 25 hours", () => {
    const summer = new Date(2025, 2, 29, 22).getTime();
    expect(daysBetween(summer, new Date(2025, 2, 31, 1).getTime())).toBe(2);
    expect(startOfDay(summer, 2)).toBe(new Date(2025, 2, 31).getTime());
    const winter = new Date(2025, 9, 25, 22).getTime();
    expect(daysBetween(winter, new Date(2025, 9, 27, 1).getTime())).toBe(2);
    expect(startOfDay(winter, 2)).toBe(new Date(2025, 9, 27).getTime());
  });

  it("have the workouts that began in them", () => {
    const history = [
      session(at(13)),
      session(at(12, 23, 59)),
      session(at(12)),
      session(at(11, 23)),
    ];
    expect(sessionsOn(at(12, 9), history).map(({ startTime }) => startTime)).toEqual([
      at(12, 23, 59),
      at(12),
    ]);
  });
});

describe("the days that can be travelled to", () => {
  it("reach from the day after the first workout to yesterday, in whatever order they are", () => {
    const history = [session(at(3, 18)), session(at(1, 18)), session(at(9, 18))];
    expect(travelSpan(history, at(12, 10))).toEqual({ first: at(2), days: 9 });
    expect(startOfDay(at(2), 9)).toBe(at(11));
  });

  it("are none without a workout, or with the first ones of today and yesterday", () => {
    expect(travelSpan([], at(12))).toBeNull();
    expect(travelSpan([session(at(12, 7))], at(12, 9))).toBeNull();
    expect(travelSpan([session(at(11, 7))], at(12, 9))).toBeNull();
    expect(travelSpan([session(at(10, 7))], at(12, 9))).toEqual({ first: at(11), days: 0 });
  });

  it("do not begin with workouts whose time could not be read", () => {
    expect(travelSpan([session(0), session(at(10))], at(12, 9))).toEqual({
      first: at(11),
      days: 0,
    });
  });
});

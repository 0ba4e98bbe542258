// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  useExerciseRecommendations,
  useInsights,
  useReadiness,
  VoltLiftProvider,
} from "../src/react.js";
import { createSessionCache } from "../src/session-cache.js";
import { moment } from "../src/sync/ask.js";
import { insightReasonText, readinessReasonText } from "../src/text.js";
import { FakeEngine, listOf } from "./support/fake-engine.js";

const THEN = Date.UTC(2025, 4, 12, 12);

let engine: FakeEngine;
let at: number | null;

beforeEach(() => {
  engine = new FakeEngine();
  at = null;
  localStorage.clear();
});
afterEach(cleanup);

const wrapper = ({ children }: { children: ReactNode }) => (
  <VoltLiftProvider client={engine} now={at}>
    {children}
  </VoltLiftProvider>
);
const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 10)));
const asked = (method: string) =>
  engine.log
    .filter((entry) => entry.method === method)
    .map(({ request }) => (request as { now: number }).now);

describe("a provider that looks back", () => {
  it("asks every service as of its moment, and of the present again", async () => {
    const before = Date.now();
    at = THEN;
    const { rerender } = renderHook(() => [useReadiness({ days: 7 }), useInsights()], { wrapper });
    await settle();
    expect(asked("readiness")).toEqual([THEN]);
    expect(asked("insights")).toEqual([THEN]);
    at = null;
    rerender();
    await settle();
    expect(asked("readiness").at(-1)).toBeGreaterThanOrEqual(before);
    expect(asked("insights").at(-1)).toBeGreaterThanOrEqual(before);
  });

  it("leaves a moment that a query gives", async () => {
    at = THEN;
    renderHook(() => useReadiness({ now: 5 }), { wrapper });
    await settle();
    expect(asked("readiness")).toEqual([5]);
  });

  it("replaces a list at once, whatever its order, and keeps none of them", async () => {
    const cache = createSessionCache(localStorage);
    const ids = (list: ReturnType<typeof useExerciseRecommendations>) =>
      list.data?.recommendations.map(({ exercise }) => exercise.id);
    engine.answers.recommendExercises = (request) =>
      listOf(request.now === THEN ? ["a", "b"] : ["b", "a"]);
    at = THEN;
    const { result, rerender } = renderHook(() => useExerciseRecommendations({}, { cache }), {
      wrapper,
    });
    await settle();
    expect(ids(result.current)).toEqual(["a", "b"]);
    at = THEN + 1;
    rerender();
    await settle();
    expect(ids(result.current)).toEqual(["b", "a"]);
    expect(result.current.pending).toBeNull();
    expect(localStorage.length).toBe(0);
  });
});

describe("the moment of a request", () => {
  it("has the offset of its own day, not of today", () => {
    const july = Date.UTC(2025, 6, 1, 12);
    expect(moment({ now: july }).utcOffsetMinutes).toBe(-new Date(july).getTimezoneOffset());
    const january = Date.UTC(2025, 0, 1, 12);
    expect(moment({ now: january }).utcOffsetMinutes).toBe(-new Date(january).getTimezoneOffset());
  });
});

describe("texts of insights", () => {
  const text = (code: string, values: Record<string, string | number>) =>
    insightReasonText({ code, values }, "lbs");

  it("say amounts with their unit, and directions in words", () => {
    expect(text("lift_rising", { change: 2.04, share: 0.0204, sessions: 9 })).toBe(
      "Rising by 2 lb a month (2\u00a0%). Go on as you do.",
    );
    expect(text("lift_falling", { change: -1.26, share: -0.1 })).toMatch(
      /^Falling by 1\.3 lb a month \(10\u00a0%\)/,
    );
    expect(text("lift_stable", { change: -0.26, share: -0.003 })).toBe("Stable: −0.3 lb a month.");
    expect(text("lift_stable", { change: 0.01, share: 0 })).toBe("Stable: 0 lb a month.");
  });

  it("count in singular and plural", () => {
    expect(text("few_sessions", { sessions: 1, needed: 4 })).toBe(
      "1 session so far; a trend needs 4.",
    );
    expect(text("not_done_lately", { days: 30 })).toBe(
      "Not done for 30 days. Begin a little lighter.",
    );
  });

  it("stay readable for a code that nobody wrote a text for", () => {
    expect(text("odd_code", { sets: 3 })).toBe("Odd code (sets 3, unit lb)");
    expect(text("constructor", {})).toBe("Constructor (unit lb)");
  });

  it("of readiness are those of the suggestions", () => {
    expect(readinessReasonText({ code: "sleep", values: { hours: 6.5 } })).toBe("6.5 h of sleep");
    expect(readinessReasonText({ code: "deload_due", values: { weeks: 7, level: 3.6 } })).toBe(
      "7 weeks without a lighter one, and fatigue is building up. Plan a week with half the sets.",
    );
  });
});

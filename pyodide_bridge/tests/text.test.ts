import { describe, expect, it } from "vitest";
import type { ComponentScore } from "../src/contract/contract.js";
import { EngineError, type EngineErrorCode } from "../src/errors.js";
import { formatValue } from "../src/text/format.js";
import { LEFT_OUT_TEXTS, MODEL_FAILURE_TEXTS } from "../src/text/models.js";
import {
  BOOT_TEXTS,
  CHANGE_TEXTS,
  ERROR_TEXTS,
  PROBLEM_ENDINGS,
  PROBLEM_TEXTS,
  STORAGE_TEXTS,
} from "../src/text/table.js";
import {
  bootText,
  changeText,
  componentName,
  errorText,
  issueText,
  leftOutText,
  modelFailureText,
  modelName,
  REASON_TEXTS,
  reasonText,
  rejectedRowText,
  storageText,
} from "../src/text.js";

/** Every reason that the engine gives, with the values that it gives along. */
const REASONS: { [component: string]: { [code: string]: { [name: string]: string | number } } } = {
  balance: {
    undertrained: { group: "Back", ratio: 0.421 },
    slightly_undertrained: { group: "Back", ratio: 0.65 },
    below_average: { group: "Back", ratio: 0.9 },
    balanced: { group: "Back", ratio: 1.1 },
    overtrained: { group: "Back", ratio: 1.8 },
    trained_today: { group: "Back" },
    secondary_muscles: { count: 2 },
    cardio_below_target: { sessions: 1, target: 4.3 },
    cardio_target_met: { sessions: 5, target: 4.3 },
    cardio_not_wanted: { sessions: 0, target: 0 },
    no_history: {},
    clamped: { limit: 30 },
  },
  recovery: {
    recovering: { group: "Legs", days: 0.8, optimal: 3 },
    partly_recovered: { group: "Legs", days: 2.1, optimal: 3 },
    recovered: { group: "Legs", days: 3.4, optimal: 3 },
    rested_long: { group: "Legs", days: 12, optimal: 3 },
    never_trained: { group: "Legs", optimal: 3 },
  },
  preference: {
    favourite: {},
    reliable: { rate: 0.95, times: 12 },
    done_before: { times: 1, rate: 0.8 },
    often_unfinished: { rate: 0.4, times: 3 },
    not_done_before: {},
    clamped: { limit: 20 },
  },
  goal: { goal_fit: { goal: "Strength", category: "Compound" }, goal_unknown: {} },
  experience: {
    same_level: { level: "Beginner", difficulty: "Beginner" },
    easier: { level: "Advanced", difficulty: "Intermediate" },
    harder: { level: "Beginner", difficulty: "Intermediate" },
    far_level: { level: "Beginner", difficulty: "Advanced" },
    level_unknown: {},
  },
  novelty: {
    new_exercise: {},
    long_ago: { days: 80.2 },
    a_while_ago: { days: 40 },
    recent: { days: 3 },
  },
  diversity: { same_group_listed: { group: "Chest", count: 1 } },
  total: { clamped: { limit: 0 } },
  cold_start: {
    start_with: { category: "Compound", goal: "Strength" },
    start_later: { category: "Isolation", goal: "Strength" },
    start_anywhere: {},
    start_goal_unknown: {},
  },
  habit: {
    follows: { exercise: "Bench Press", times: 8, of: 10 },
    due: { every: 7, days: 8 },
    weekday: { weekday: "Monday", times: 6, of: 8 },
    session_like: { days: 7 },
    opens: { times: 3, of: 10 },
    like_yours: {},
    new: {},
    usual: {},
    not_usual: {},
    net_likely: { share: 0.83 },
    net_unlikely: { share: 0.04 },
  },
  excluded: {
    equipment: { equipment: "Barbell" },
    excluded_by_request: {},
    in_session: {},
    above_level: { difficulty: "Advanced" },
  },
};

const cases = Object.entries(REASONS).flatMap(([component, codes]) =>
  Object.entries(codes).map(([code, values]) => ({ component, code, values })),
);

/** What every text has to be: a filled template, calm, and for people. */
function expectText(text: string): void {
  expect(text).toMatch(/^\S.{2,}/);
  expect(text).not.toMatch(/[{}_!]|undefined|null|NaN/);
}

describe("reasons", () => {
  it.each(cases)("have a text: $component.$code", ({ component, code, values }) => {
    const text = reasonText({ code, values }, component as ComponentScore["component"]);
    expectText(text);
    expect(text).not.toContain("some");
    expect(Object.hasOwn(REASON_TEXTS, component)).toBe(true);
    expect(Object.hasOwn(REASON_TEXTS[component as keyof typeof REASON_TEXTS], code)).toBe(true);
  });

  it("have no text without a case above", () => {
    const written = Object.entries(REASON_TEXTS).flatMap(([component, codes]) =>
      Object.keys(codes).map((code) => `${component}.${code}`),
    );
    expect(written.sort()).toEqual(
      cases.map(({ component, code }) => `${component}.${code}`).sort(),
    );
  });

  it("read well", () => {
    const text = (component: string, code: string) =>
      reasonText(
        { code, values: REASONS[component]?.[code] ?? {} },
        component as ComponentScore["component"],
      );
    expect(text("balance", "undertrained")).toBe(
      "Back is behind: 42\u00a0% of your average lately",
    );
    expect(text("preference", "done_before")).toBe("You did it 1 time before");
    expect(text("recovery", "recovering")).toBe("Legs trained 19 hours ago, ready after 3 days");
    expect(text("balance", "cardio_below_target")).toBe("Cardio: 1 of 4.3 sessions lately");
  });

  it("are found without their component too", () => {
    expect(reasonText({ code: "favourite", values: {} })).toBe("One of your favourites");
  });

  it("fall back to something readable", () => {
    expect(reasonText({ code: "rep_range_low", values: { reps: 3 } })).toBe(
      "Rep range low (reps 3)",
    );
    expect(reasonText({ code: "constructor", values: {} }, "goal")).toBe("Constructor");
    expect(reasonText({ code: "recovering", values: {} })).toBe(
      "Some trained some ago, ready after some",
    );
  });
});

describe("values", () => {
  it.each([
    ["days", 0.01, "less than an hour"],
    ["days", 0.05, "1 hour"],
    ["days", 1, "1 day"],
    ["optimal", 1.5, "36 hours"],
    ["days", 2.4, "2 days"],
    ["days", Number.POSITIVE_INFINITY, "many"],
    ["rate", 0.955, "96\u00a0%"],
    ["target", 4.333, "4.3"],
    ["group", "Chest", "Chest"],
  ])("%s of %s", (name, value, text) => {
    expect(formatValue(name, value)).toBe(text);
  });
});

describe("everything else", () => {
  it("names components, known or not", () => {
    expect(componentName("balance")).toBe("Muscle balance");
    expect(componentName("habit_score")).toBe("Habit score");
  });

  it("says what would change the score", () => {
    const values = { days: 1.6, group: "Legs", equipment: "Cable", goal: "Strength" };
    for (const code of Object.keys(CHANGE_TEXTS) as (keyof typeof CHANGE_TEXTS)[]) {
      expectText(changeText({ code, values }));
    }
    expect(changeText({ code: "wait", values })).toBe("Wait 38 hours, until Legs is recovered");
  });

  it("says what went wrong and what to do", () => {
    for (const code of Object.keys(ERROR_TEXTS) as EngineErrorCode[]) {
      expectText(errorText(new EngineError(code, "for developers")));
    }
    expect(errorText(new EngineError("file_too_large", "x", { remedy: "Export less" }))).toBe(
      "This file is too large. Export less.",
    );
    for (const reason of Object.keys(STORAGE_TEXTS)) {
      expectText(errorText(new EngineError("storage", "x", { reason })));
      expectText(storageText(reason));
    }
    for (const nonsense of [undefined, "oops", new Error("x"), { code: 7 }]) {
      expect(errorText(nonsense)).toBe(ERROR_TEXTS.internal);
    }
  });

  it("says where the engine is", () => {
    for (const phase of Object.keys(BOOT_TEXTS) as (keyof typeof BOOT_TEXTS)[]) {
      expectText(bootText({ phase, progress: null, error: null }));
    }
    expect(bootText({ phase: "downloading", progress: 0.4, error: null })).toBe(
      "Getting things ready, 40\u00a0%",
    );
    expect(bootText({ phase: "ready", progress: 1, error: null })).toBe("Suggestions are ready");
    const error = new EngineError("boot_failed", "HTTP status 404", { remedy: "Reload the page." });
    expect(bootText({ phase: "failed", progress: null, error })).toMatch(/Reload the page\.$/);
  });

  it("says what was repaired or left out", () => {
    const issue = { path: "$", expected: "a number", received: "'80'", count: 3 };
    expect(issueText({ ...issue, severity: "repaired", code: "weight_as_text" })).toBe(
      "Corrected: weight was written as text (3 times)",
    );
    expect(
      issueText({
        ...issue,
        severity: "warning",
        code: "equipment_unknown",
        received: "'Sofa'",
        count: 1,
      }),
    ).toBe("Please check: equipment is not known, 'Sofa'");
    expect(issueText({ ...issue, severity: "quarantined", code: "end_before_start" })).toBe(
      "Left out of the suggestions, kept in your log: a workout ended before it started (3 times)",
    );
  });

  it("says which rows were not taken", () => {
    const row = { line: 12, column: "Date", expected: "a date", received: "yesterday" };
    expect(rejectedRowText({ ...row, code: "date_unreadable" })).toBe(
      "Line 12: date could not be read (Date): yesterday",
    );
    expect(rejectedRowText({ ...row, column: null, received: "", code: "odd_thing" })).toBe(
      "Line 12: odd thing",
    );
    for (const code of Object.keys(PROBLEM_TEXTS)) expectText(rejectedRowText({ ...row, code }));
    for (const ending of Object.keys(PROBLEM_ENDINGS)) {
      expectText(rejectedRowText({ ...row, code: `session_unit_${ending}` }));
    }
  });
});

describe("models in words", () => {
  it("have names, and every failure its cause and remedy", () => {
    expect(modelName("ranker")).toBe("Next exercise");
    expect(modelName("deep_policy")).toBe("Deep policy");
    for (const code of Object.keys(MODEL_FAILURE_TEXTS)) expectText(modelFailureText(code));
    for (const code of Object.keys(LEFT_OUT_TEXTS)) expectText(leftOutText(code));
    expect(modelFailureText("constructor")).toBe(MODEL_FAILURE_TEXTS.internal);
    // What is left out was no update, whatever its code.
    for (const code of ["internal", "invalid_request", "constructor"]) {
      expect(leftOutText(code)).toBe(
        "It could not be loaded, so it is left out. The rules stand in.",
      );
    }
  });
});

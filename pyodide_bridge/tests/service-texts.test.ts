import { describe, expect, it } from "vitest";
import { LOAD_REASON_TEXTS } from "../src/text/loads.js";
import { PLAN_REASON_TEXTS, PROGRAM_REASON_TEXTS } from "../src/text/programs.js";
import { PATTERN_TEXTS, SUBSTITUTE_REASON_TEXTS } from "../src/text/substitutes.js";
import {
  loadPointsText,
  loadReasonText,
  planReasonText,
  programComponentName,
  programReasonText,
  substituteReasonText,
} from "../src/text.js";

const reason = (code: string, values: Record<string, string | number> = {}, points = 0) => ({
  code,
  points,
  values,
});

describe("reasons of a load", () => {
  it("carry their numbers with units", () => {
    expect(loadReasonText(reason("effort_easy", { rpe: 6.25 }), "kg")).toBe(
      "Last time was easy (RPE 6.3)",
    );
    expect(loadReasonText(reason("increment", { weight: 1.25 }), "kg")).toBe(
      "Your step is 1.25 kg",
    );
    expect(loadReasonText(reason("rounded", { weight: 135 }), "lbs")).toBe(
      "Rounded to 135 lb, which you can load",
    );
    expect(loadReasonText(reason("gap", { days: 68, loss: 0.05 }), "kg")).toBe(
      "68 days since the last time, so 5\u00a0% less",
    );
    expect(loadReasonText(reason("weight_rising", { change: 0.06 }), "kg")).toContain(
      "(+6\u00a0%)",
    );
    expect(loadReasonText(reason("weight_changing", { change: -0.1 }), "kg")).toContain(
      "(−10\u00a0%)",
    );
  });

  it("name exercises as the page does, and readably where it does not say", () => {
    const carried = reason("carried_over", { exercise: "barbell-row", basis: "own" });
    expect(loadReasonText(carried, "kg", () => "Rows")).toBe("Carried over from Rows");
    expect(loadReasonText(carried, "kg")).toBe("Carried over from Barbell row");
  });

  it("stay readable where a code is new", () => {
    expect(loadReasonText(reason("quite_new", { reps: 3 }), "kg")).toBe("Quite new (reps 3)");
    expect(loadReasonText(reason("constructor"), "kg")).toBe("Constructor");
  });

  it("say what they add to the weight, and nothing where it is none", () => {
    expect(loadPointsText(reason("increment", {}, 2.5), "kg")).toBe("+2.5\u00a0kg");
    expect(loadPointsText(reason("gap", {}, -4.999), "lbs")).toBe("−5\u00a0lb");
    expect(loadPointsText(reason("plateau"), "kg")).toBe("");
    // A point of recovery is no kilogram.
    expect(loadPointsText(reason("sleep", { hours: 4 }, -5), "kg")).toBe("");
  });
});

describe("reasons of programs", () => {
  it("belong to their component", () => {
    expect(programComponentName("difficulty")).toBe("Your level");
    const harder = reason("harder", { level: "Beginner", program: "Advanced" });
    expect(programReasonText(harder, "difficulty")).toBe("Made for Advanced, above your level");
    const off = reason("frequency_off", { days: 4, wished: 3 });
    expect(programReasonText(off, "frequency")).toBe("4 days a week; you wish for 3");
  });

  it("speak of plans, of their weights and of what stands in", () => {
    expect(planReasonText(reason("deload_weeks", { every: 6 }), "kg")).toContain("every 6 weeks");
    expect(planReasonText(reason("percent_of_max", { max: 142.5 }), "lbs")).toContain("142.5 lb");
    const repeated = reason("week_repeated", { days: 40, week: 3, lighter: 0.025 });
    expect(planReasonText(repeated, "kg")).toContain("After 40 days without it, week 3");
    const missing = reason("equipment_missing", { equipment: "Barbell" });
    expect(planReasonText(missing, "kg")).toBe("Barbell is not among your equipment");
    const pattern = reason("same_pattern", { pattern: "horizontal_push" });
    expect(planReasonText(pattern, "kg")).toBe("The same movement: press forwards");
  });
});

describe("reasons of substitutes", () => {
  it("name the movement", () => {
    expect(substituteReasonText(reason("related_pattern", { pattern: "hinge" }))).toBe(
      "A related movement: hip hinge",
    );
    expect(substituteReasonText(reason("other_pattern", { pattern: "sky_dive" }))).toBe(
      "Another movement: sky dive",
    );
  });
});

it("no text is a code, and none leaves a hole in braces", () => {
  const tables = [
    LOAD_REASON_TEXTS,
    PLAN_REASON_TEXTS,
    SUBSTITUTE_REASON_TEXTS,
    PATTERN_TEXTS,
    ...Object.values(PROGRAM_REASON_TEXTS),
  ];
  for (const table of tables) {
    for (const [code, text] of Object.entries(table)) {
      expect(text, code).not.toMatch(/_|!|\{\}/);
      expect(planReasonText(reason(code), "kg"), code).not.toMatch(/[{}|]/);
    }
  }
});

import type { ImportPreview } from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import { conversionOf, keptUnit } from "../src/state/kept-unit.ts";

type Part = Pick<ImportPreview, "sessions" | "unit" | "issues">;

const preview = (units: Array<"kg" | "lbs" | null>, more: Partial<Part> = {}): Part => ({
  sessions: units.map((unit, at) => ({ id: `${at}`, name: "w", startTime: at, unit, logs: [] })),
  unit: { unit: "kg", source: "stated", kgShare: 0.1, lbShare: 0.9, examples: [61.23] },
  issues: [
    {
      code: "converted_weights",
      severity: "repaired",
      path: "$.sets",
      expected: "135 lbs",
      received: "61.23492",
      count: 212,
    },
  ],
  ...more,
});

describe("the unit of an import", () => {
  it("is that of most of its workouts, else what the file says", () => {
    expect(keptUnit(preview(["lbs", "lbs", "kg"]))).toBe("lbs");
    expect(keptUnit(preview(["kg", "lbs", "kg"]))).toBe("kg");
    expect(keptUnit(preview(["kg", "lbs"]))).toBe("kg");
    expect(keptUnit(preview([null, null]))).toBe("kg");
    expect(keptUnit(preview([]))).toBe("kg");
    expect(keptUnit(preview([], { unit: null }))).toBeNull();
  });

  it("is explained, with an example, where the file is written in the other one", () => {
    expect(conversionOf(preview(["lbs", "lbs"]))).toEqual({
      unit: "lbs",
      sets: 212,
      written: 61.23492,
      kept: 135,
    });
  });

  it("is not explained where nothing was converted, or an example cannot be read", () => {
    expect(conversionOf(preview(["lbs"], { issues: [] }))).toBeNull();
    expect(conversionOf(preview(["kg"]))).toBeNull();
    const [issue] = preview([]).issues;
    if (!issue) throw new Error("the preview has an issue");
    expect(conversionOf(preview(["lbs"], { issues: [{ ...issue, received: "?" }] }))).toBeNull();
  });
});

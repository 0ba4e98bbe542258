/** Points of a score, put in order for the eye. */
import type { ComponentScore } from "@voltlift/bridge";
import { reasonText } from "@voltlift/bridge/text";

/** Reasons that explain nothing by themselves. */
const SILENT: ReadonlySet<string> = new Set(["clamped"]);

/**
 * The reasons that moved the score most, in words.
 *
 * A reason is weighed by what it gave against the most its component can give, so that the
 * small components are heard too where they speak clearly; what costs points comes first
 * among equals, since that is what one wants to know.
 */
export function strongestReasons(components: readonly ComponentScore[], limit = 2): string[] {
  const weighed = components.flatMap(({ component, maxPoints, reasons }) =>
    reasons
      .filter(({ code, points }) => points !== 0 && !SILENT.has(code))
      .map((reason) => ({
        text: reasonText(reason, component),
        weight: Math.abs(reason.points) + (10 * reason.points) / Math.max(maxPoints, 10),
      })),
  );
  weighed.sort((a, b) => b.weight - a.weight);
  return [...new Set(weighed.map(({ text }) => text))].slice(0, limit);
}

export interface BarPart {
  component: ComponentScore["component"];
  points: number;
}

/** What the bar shows: points given by component, and how many of them were taken away. */
export function barParts(components: readonly ComponentScore[]): {
  parts: BarPart[];
  lost: number;
} {
  const parts = components
    .filter(({ points }) => points > 0)
    .map(({ component, points }) => ({ component, points }));
  const lost = components.reduce((sum, { points }) => sum + Math.min(points, 0), 0);
  return { parts, lost: -lost };
}

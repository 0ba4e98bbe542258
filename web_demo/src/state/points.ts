/** Points of a score, put in order for the eye. */
import type { ComponentScore } from "@voltlift/bridge";
import { reasonText } from "@voltlift/bridge/text";

/** Reasons that explain nothing by themselves. */
const SILENT: ReadonlySet<string> = new Set(["clamped"]);

/** Components that speak of the muscle group; the others speak of the exercise itself. */
const ABOUT_GROUP: ReadonlySet<string> = new Set(["balance", "recovery"]);

/**
 * The reason that moved the score most, and the strongest one of the other kind, in words:
 * one about the muscle group and one about the exercise say more than two about either.
 */
export function strongestReasons(components: readonly ComponentScore[]): string[] {
  const reasons = components
    .flatMap(({ component, reasons }) => reasons.map((reason) => ({ component, reason })))
    .filter(({ reason }) => reason.points !== 0 && !SILENT.has(reason.code))
    .sort((a, b) => Math.abs(b.reason.points) - Math.abs(a.reason.points));
  const [first] = reasons;
  if (!first) return [];
  const isAboutGroup = ABOUT_GROUP.has(first.component);
  const second = reasons.find(({ component }) => ABOUT_GROUP.has(component) !== isAboutGroup);
  return [first, ...(second ? [second] : [])].map(({ component, reason }) =>
    reasonText(reason, component),
  );
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

/** The unit in which an import is kept, which need not be the one its file is written in. */
import type { ImportPreview } from "@voltlift/bridge";
import type { Unit } from "./app-state.ts";

/** What became of weights that were converted when the file was written. */
export interface Conversion {
  unit: Unit;
  sets: number;
  /** One of them: as the file has it, and as it is kept. */
  written: number;
  kept: number;
}

/** The unit of most workouts of an import; null where there are none. */
export function keptUnit({
  sessions,
  unit,
}: Pick<ImportPreview, "sessions" | "unit">): Unit | null {
  if (sessions.length === 0) return unit?.unit ?? null;
  const pounds = sessions.filter((session) => session.unit === "lbs").length;
  const kilograms = sessions.filter((session) => session.unit === "kg").length;
  if (pounds === kilograms) return unit?.unit ?? null;
  return pounds > kilograms ? "lbs" : "kg";
}

/** The code of the issue that tells of such weights. */
export const CONVERTED = "converted_weights";

/**
 * What to say of converted weights: a lifter with pound plates whose app wrote kilograms
 * gets the plates back, and should know why. Null where the file is kept as it is written.
 */
export function conversionOf(
  preview: Pick<ImportPreview, "sessions" | "unit" | "issues">,
): Conversion | null {
  const unit = keptUnit(preview);
  const issue = preview.issues.find(({ code }) => code === CONVERTED);
  if (!issue || !unit || unit === preview.unit?.unit) return null;
  const written = Number.parseFloat(issue.received);
  const kept = Number.parseFloat(issue.expected);
  if (!Number.isFinite(written) || !Number.isFinite(kept)) return null;
  return { unit, sets: issue.count ?? 1, written, kept };
}

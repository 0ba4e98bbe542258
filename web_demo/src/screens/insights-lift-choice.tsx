import type { LiftSeries } from "@voltlift/bridge";
import { INSIGHT_TEXTS } from "../texts/insights.ts";

type Lift = { readonly exercise: Pick<LiftSeries["exercise"], "id" | "name"> };

interface LiftChoiceProps {
  lifts: readonly Lift[];
  chosen: Lift;
  onChange(exerciseId: string): void;
}

/** One of a few lifts, whose names are too long for chips; the device has a list for that. */
export function LiftChoice({ lifts, chosen, onChange }: LiftChoiceProps) {
  return (
    <select
      className="input"
      aria-label={INSIGHT_TEXTS.lift}
      value={chosen.exercise.id}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {lifts.map(({ exercise: { id, name } }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** How hard a set was, in five words; never asked for twice, never required. */
import { useState } from "react";
import { Button, ToggleButton } from "react-aria-components";
import { EFFORTS, effortName, T } from "../texts.ts";

interface EffortProps {
  set: number;
  value: number | null;
  isOpen: boolean;
  onChange(rpe: number | null): void;
}

export function Effort({ set, value, isOpen, onChange }: EffortProps) {
  const [unfolded, setUnfolded] = useState(false);
  if (!unfolded && (value !== null || !isOpen)) {
    return (
      <Button className="button button-text effort-chosen" onPress={() => setUnfolded(true)}>
        {value === null ? T.workout.effort : effortName(value)}
      </Button>
    );
  }
  return (
    <fieldset className="effort">
      <legend className="muted">
        {T.workout.effort} <span>({T.workout.effortOptional})</span>
      </legend>
      <div className="effort-steps">
        {EFFORTS.map((effort) => (
          <ToggleButton
            key={effort.rpe}
            className="button effort-step"
            aria-label={`${effort.name}, ${effort.meaning}, set ${set}`}
            isSelected={value !== null && effortName(value) === effort.name}
            onChange={(isSelected) => {
              onChange(isSelected ? effort.rpe : null);
              setUnfolded(false);
            }}
          >
            {effort.name}
          </ToggleButton>
        ))}
      </div>
    </fieldset>
  );
}

/** The plates for the set that is next, on a card. */
import type { ExerciseDefinition } from "@voltlift/bridge";
import type { Unit } from "../state/app-state.ts";
import { barOf, platesPerSide, readLoadSettings } from "../state/load-settings.ts";
import { useApp } from "../state/store.ts";
import { Plates } from "./plates.tsx";

interface NextPlatesProps {
  exercise: ExerciseDefinition | undefined;
  weight: number;
  unit: Unit;
}

export function NextPlates({ exercise, weight, unit }: NextPlatesProps) {
  const settings = useApp((state) => state.settings);
  if (!settings || settings.units !== unit || weight <= 0) return null;
  const loads = readLoadSettings(settings);
  const bar = barOf(exercise, loads);
  if (bar === null) return null;
  const perSide = platesPerSide(weight, bar, loads.plates);
  return <Plates weight={weight} bar={bar} perSide={perSide} unit={unit} />;
}

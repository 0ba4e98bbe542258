import type { Unit } from "../state/app-state.ts";
import { T, UNIT_TEXT } from "../texts.ts";
import { OneOf } from "./choice.tsx";

interface UnitChoiceProps {
  value: Unit;
  onChange(unit: Unit): void;
  label?: string;
}

export function UnitChoice({ value, onChange, label = T.fresh.unit }: UnitChoiceProps) {
  return (
    <OneOf
      label={label}
      value={value}
      options={[
        { value: "kg", label: UNIT_TEXT.kg },
        { value: "lbs", label: UNIT_TEXT.lbs },
      ]}
      onChange={onChange}
    />
  );
}

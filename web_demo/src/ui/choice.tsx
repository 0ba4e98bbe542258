/** One of a few, or some of a few, as large chips. */
import type { ReactNode } from "react";
import { Checkbox, CheckboxGroup, Label, Radio, RadioGroup } from "react-aria-components";
import { Icon } from "./icons.tsx";
import "./choice.css";

export interface Option<V extends string> {
  value: V;
  label: string;
  hint?: string;
}

interface OneOfProps<V extends string> {
  label: string;
  /** Null while nothing is chosen. */
  value: V | null;
  options: ReadonlyArray<Option<V>>;
  onChange(value: V): void;
  /** `rows` puts each option on its own line, with its hint; `grid` makes all equally big. */
  layout?: "chips" | "rows" | "grid";
  hideLabel?: boolean;
  children?: ReactNode;
}

export function OneOf<V extends string>(props: OneOfProps<V>) {
  const { label, value, options, onChange, layout = "chips", hideLabel, children } = props;
  return (
    <RadioGroup
      className="choice"
      value={value}
      onChange={(next) => onChange(next as V)}
      {...(hideLabel ? { "aria-label": label } : {})}
    >
      {!hideLabel && <Label className="label">{label}</Label>}
      <div className={`choice-options choice-${layout}`}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="choice-option">
            <span>{option.label}</span>
            {option.hint && <span className="muted">{option.hint}</span>}
          </Radio>
        ))}
      </div>
      {children}
    </RadioGroup>
  );
}

interface SomeOfProps<V extends string> {
  label: string;
  values: readonly string[];
  options: ReadonlyArray<Option<V>>;
  onChange(values: string[]): void;
  hideLabel?: boolean;
}

export function SomeOf<V extends string>(props: SomeOfProps<V>) {
  const { label, values, options, onChange, hideLabel } = props;
  return (
    <CheckboxGroup
      className="choice"
      value={[...values]}
      onChange={onChange}
      {...(hideLabel ? { "aria-label": label } : {})}
    >
      {!hideLabel && <Label className="label">{label}</Label>}
      <div className="choice-options choice-chips">
        {options.map((option) => (
          <Checkbox key={option.value} value={option.value} className="choice-option">
            {({ isSelected }) => (
              <>
                <Icon name={isSelected ? "check" : "add"} />
                <span>{option.label}</span>
              </>
            )}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}

import { type Ref, useState } from "react";
import { Input, TextField } from "react-aria-components";
import { fieldText, parseNumber } from "../state/numbers.ts";

interface NumberInputProps {
  ref?: Ref<HTMLInputElement>;
  label: string;
  /** Null while nothing is typed; the hint is shown then. */
  value: number | null;
  hint: string;
  isWhole?: boolean;
  /** Called with null where the field is empty; not called for what is no number. */
  onChange(value: number | null): void;
  /** Called when the field is left. */
  onLeave?(): void;
}

/** A field for a number, with comma or point, that never rewrites what is being typed. */
export function NumberInput(props: NumberInputProps) {
  const { ref, label, value, hint, isWhole = false, onChange, onLeave } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const given = value === null ? "" : fieldText(value);
  const text = typed ?? given;
  const isInvalid = text !== "" && read(text, isWhole) === null;

  const change = (next: string): void => {
    setTyped(next);
    const number = read(next, isWhole);
    if (next.trim() === "") onChange(null);
    else if (number !== null) onChange(number);
  };

  return (
    <TextField
      className="number-input"
      aria-label={label}
      value={text}
      onChange={change}
      onFocus={() => setTyped(null)}
      onBlur={() => {
        setTyped(null);
        onLeave?.();
      }}
      isInvalid={isInvalid}
    >
      <Input
        ref={ref ?? null}
        className="input number"
        inputMode={isWhole ? "numeric" : "decimal"}
        placeholder={hint}
        autoComplete="off"
        enterKeyHint="done"
        onFocus={(event) => event.currentTarget.select()}
      />
    </TextField>
  );
}

function read(text: string, isWhole: boolean): number | null {
  const number = parseNumber(text);
  return number !== null && isWhole && !Number.isInteger(number) ? null : number;
}

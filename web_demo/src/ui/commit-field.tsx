/** Fields whose value is stored when they are left, not while it is being typed. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Label, TextArea, TextField } from "react-aria-components";
import { NumberInput } from "./number-input.tsx";

/**
 * Holds what was typed until it is committed: when the field is left, when the page goes out
 * of sight, and when the field goes away with its screen.
 */
function useCommit<T>(onCommit: (value: T) => void): { note(value: T): void; commit(): void } {
  const typed = useRef<{ value: T } | null>(null);
  const latest = useRef(onCommit);
  useEffect(() => {
    latest.current = onCommit;
  });
  const commit = useRef(() => {
    const waiting = typed.current;
    typed.current = null;
    if (waiting) latest.current(waiting.value);
  });
  useEffect(() => {
    const leave = commit.current;
    const hide = (): void => {
      if (document.visibilityState === "hidden") leave();
    };
    document.addEventListener("visibilitychange", hide);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      leave();
    };
  }, []);
  return {
    note: (value) => {
      typed.current = { value };
    },
    commit: commit.current,
  };
}

interface CommitNumberProps {
  label: string;
  /** Above the field. */
  caption: ReactNode;
  value: number | null;
  hint?: string;
  isWhole?: boolean;
  /** Not called for an empty field, nor for what is no number. */
  onCommit(value: number): void;
}

/** A number that is stored when its field is left; an empty field keeps the number. */
export function CommitNumber(props: CommitNumberProps) {
  const { label, caption, value, hint = "", isWhole = false, onCommit } = props;
  const { note, commit } = useCommit<number | null>((next) => {
    if (next !== null && next !== value) onCommit(next);
  });
  return (
    <div className="commit-number">
      <span className="muted" aria-hidden="true">
        {caption}
      </span>
      <NumberInput
        label={label}
        value={value}
        hint={hint}
        isWhole={isWhole}
        onChange={note}
        onLeave={commit}
      />
    </div>
  );
}

interface CommitTextProps {
  label: string;
  value: string;
  placeholder?: string;
  rows?: number;
  onCommit(text: string): void;
}

/** A text that is stored when its field is left. */
export function CommitText(props: CommitTextProps) {
  const { label, value, placeholder = "", rows = 2, onCommit } = props;
  const [text, setText] = useState(value);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    // Changed from elsewhere: undone, or by another tab.
    setGiven(value);
    setText(value);
  }
  const { note, commit } = useCommit<string>((next) => next !== value && onCommit(next));
  return (
    <TextField
      className="field"
      value={text}
      onChange={(next) => {
        setText(next);
        note(next);
      }}
      onBlur={commit}
    >
      <Label className="label">{label}</Label>
      <TextArea className="input" placeholder={placeholder} rows={rows} />
    </TextField>
  );
}

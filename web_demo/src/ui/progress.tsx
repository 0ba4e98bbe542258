import { Label, ProgressBar } from "react-aria-components";

interface ProgressProps {
  text: string;
  /** 0-1, or null where it cannot be told. */
  value?: number | null;
}

/** How far something is, in words and as a bar. */
export function Progress({ text, value = null }: ProgressProps) {
  const unknown = value === null;
  return (
    <ProgressBar
      className={unknown ? "progress progress-unknown" : "progress"}
      value={(value ?? 0) * 100}
      isIndeterminate={unknown}
    >
      <Label className="muted">{text}</Label>
      <div className="progress-track">
        <div
          className="progress-fill"
          {...(unknown ? {} : { style: { width: `${(value ?? 0) * 100}%` } })}
        />
      </div>
    </ProgressBar>
  );
}

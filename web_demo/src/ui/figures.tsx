import "./figures.css";

export interface Figure {
  label: string;
  value: string;
}

/** A few numbers side by side, each under its name. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(({ label, value }) => (
        <div key={label} className="figure">
          <dt className="muted">{label}</dt>
          <dd className="figure-value number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

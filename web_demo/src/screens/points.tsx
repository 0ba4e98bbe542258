/** The points of a score: as a bar, and as a table that adds up to it. */
import type { ComponentScore, RecommendedExercise } from "@voltlift/bridge";
import { componentName, reasonText } from "@voltlift/bridge/text";
import { type Parts, partsOf } from "../state/habit.ts";
import { barParts } from "../state/points.ts";
import { partText, ROUTINE_TEXTS } from "../texts/routine.ts";
import { pointsText, T } from "../texts.ts";

interface PointsProps {
  item: Pick<RecommendedExercise, "score" | "habit" | "components">;
}

/** The full width is 100 points; what was taken away is hatched at the end. */
export function PointsBar({ item }: PointsProps) {
  const { parts, lost } = barParts(item.components);
  const given = parts.reduce((sum, { points }) => sum + points, 0);
  const scale = 100 / Math.max(100, given);
  return (
    <div className="points-bar" role="img" aria-label={barLabel(item)}>
      {parts.map(({ component, points }) => (
        <span
          key={component}
          className="points-part"
          data-component={component}
          style={{ width: `${points * scale}%` }}
        />
      ))}
      {lost > 0 && (
        <span
          className="points-lost"
          style={{ left: `${(given - lost) * scale}%`, width: `${lost * scale}%` }}
        />
      )}
    </div>
  );
}

function barLabel({ components, score }: PointsProps["item"]): string {
  const parts = components.map(
    ({ component, points }) => `${componentName(component)} ${pointsText(points)}`,
  );
  return `${T.picker.score(pointsText(score))}: ${parts.join(", ")}`;
}

/** The two parts of a score under its bar; nothing where only rules gave points. */
export function PartsLine({ item }: PointsProps) {
  const parts = partsOf(item);
  if (!parts) return null;
  return (
    <p className="points-parts muted">
      {PARTS.map((part) => (
        <span key={part} className="points-key">
          <span className="points-swatch" data-part={part} />
          {ROUTINE_TEXTS.parts[part](pointsText(parts[part]))}
        </span>
      ))}
    </p>
  );
}

const PARTS = ["fit", "habit"] as const;

interface PointsTableProps extends PointsProps {
  /** Weight of the routine in the list that it is from. */
  alpha: number;
}

/** Each component with its reasons, by part; the last line is the sum of those above. */
export function PointsTable({ item, alpha }: PointsTableProps) {
  const { components, score } = item;
  const shown = components.filter(({ points, reasons }) => points !== 0 || reasons.length > 0);
  const parts = partsOf(item);
  return (
    <table className="points-table">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{T.picker.component}</th>
          <th scope="col">{T.picker.points}</th>
        </tr>
      </thead>
      {parts ? (
        PARTS.map((part) => (
          <tbody key={part}>
            <PartRow part={part} parts={parts} alpha={alpha} />
            {shown
              .filter(({ component }) => (component === "habit") === (part === "habit"))
              .map((entry) => (
                <ComponentRow key={entry.component} entry={entry} />
              ))}
          </tbody>
        ))
      ) : (
        <tbody>
          {shown.map((entry) => (
            <ComponentRow key={entry.component} entry={entry} />
          ))}
        </tbody>
      )}
      <tfoot>
        <tr>
          <th scope="row">{T.picker.sum}</th>
          <td className="number">{pointsText(score)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

interface PartRowProps {
  part: keyof Parts;
  parts: Parts;
  alpha: number;
}

/** The name of a part, how much it weighs, and what it comes to. */
function PartRow({ part, parts, alpha }: PartRowProps) {
  return (
    <tr className="points-part-row">
      <th scope="rowgroup">{partText(part, alpha)}</th>
      <td className="number">{pointsText(parts[part])}</td>
    </tr>
  );
}

function ComponentRow({ entry }: { entry: ComponentScore }) {
  const { component, points, maxPoints, reasons } = entry;
  return (
    <tr className="points-row">
      <th scope="row">
        <span className="points-swatch" data-component={component} />
        <span className="points-name">{componentName(component)}</span>
        <ul className="muted">
          {reasons.map((reason, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
            <li key={index}>
              {reasonText(reason, component)}
              {reasons.length > 1 && ` (${signed(reason.points)})`}
            </li>
          ))}
        </ul>
      </th>
      <td className="number">
        {signed(points)}
        {maxPoints > 0 && <span className="muted"> / {pointsText(maxPoints)}</span>}
      </td>
    </tr>
  );
}

const signed = (points: number): string =>
  points < 0 ? `−${pointsText(-points)}` : pointsText(points);

/** The points of a score: as a bar, and as a table that adds up to it. */
import type { ComponentScore } from "@voltlift/bridge";
import { componentName, reasonText } from "@voltlift/bridge/text";
import { barParts } from "../state/points.ts";
import { pointsText, T } from "../texts.ts";

interface PointsProps {
  components: readonly ComponentScore[];
  score: number;
}

/** The full width is 100 points; what was taken away is hatched at the end. */
export function PointsBar({ components, score }: PointsProps) {
  const { parts, lost } = barParts(components);
  const given = parts.reduce((sum, { points }) => sum + points, 0);
  const scale = 100 / Math.max(100, given);
  return (
    <div className="points-bar" role="img" aria-label={barLabel(components, score)}>
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

function barLabel(components: readonly ComponentScore[], score: number): string {
  const parts = components.map(
    ({ component, points }) => `${componentName(component)} ${pointsText(points)}`,
  );
  return `${T.picker.score(pointsText(score))}: ${parts.join(", ")}`;
}

/** Each component with its reasons; the last line is the sum of those above. */
export function PointsTable({ components, score }: PointsProps) {
  const shown = components.filter(({ points, reasons }) => points !== 0 || reasons.length > 0);
  return (
    <table className="points-table">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{T.picker.component}</th>
          <th scope="col">{T.picker.points}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ component, points, maxPoints, reasons }) => (
          <tr key={component}>
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
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{T.picker.sum}</th>
          <td className="number">{pointsText(score)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

const signed = (points: number): string =>
  points < 0 ? `−${pointsText(-points)}` : pointsText(points);

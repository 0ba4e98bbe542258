/** "Why not in the list?": this exercise beside the fifth, and what would change it. */
import type { ExplainResponse } from "@voltlift/bridge";
import { type RecommendationQuery, useExplanation } from "@voltlift/bridge/react";
import { changeText, componentName, errorText, reasonText } from "@voltlift/bridge/text";
import { Button } from "react-aria-components";
import { pointsText, T } from "../texts.ts";
import { Progress } from "../ui/progress.tsx";
import { RoutineNote } from "./routine-note.tsx";

interface ExplanationProps {
  exerciseId: string;
  query: RecommendationQuery;
}

export function Explanation({ exerciseId, query }: ExplanationProps) {
  const { data, error, refresh } = useExplanation(exerciseId, query);
  if (error) {
    return (
      <div className="notice notice-danger" role="alert">
        <p className="grow">{errorText(error)}</p>
        <Button className="button" onPress={refresh}>
          {T.retry}
        </Button>
      </div>
    );
  }
  if (!data) return <Progress text={T.explain.loading} />;
  return (
    <div className="explanation stack-small">
      <Verdict data={data} />
      <Comparison data={data} />
      <RoutineNote meta={data.meta} />
      <Changes data={data} />
    </div>
  );
}

function Verdict({ data }: { data: ExplainResponse }) {
  const { candidate, listed, lastListed, gap, excluded } = data;
  if (excluded) {
    return (
      <p>
        {T.explain.excluded} {reasonText(excluded)}.
      </p>
    );
  }
  if (listed) return <p>{T.explain.listed(candidate.rank)}</p>;
  return lastListed && <p>{T.explain.gap(pointsText(Math.abs(gap)), lastListed.exercise.name)}</p>;
}

/** The points of both, component by component; the last line adds them up. */
function Comparison({ data: { candidate, lastListed, listed } }: { data: ExplainResponse }) {
  const other = listed ? null : lastListed;
  const pointsOf = (component: string): number =>
    other?.components.find((entry) => entry.component === component)?.points ?? 0;
  const names = new Set(
    [...candidate.components, ...(other?.components ?? [])].map((c) => c.component),
  );
  return (
    <table className="points-table comparison">
      <thead>
        <tr className="muted">
          <th scope="col">{T.picker.component}</th>
          <th scope="col">{T.explain.this}</th>
          {other && <th scope="col">{T.explain.fifth}</th>}
        </tr>
      </thead>
      <tbody>
        {[...names].map((name) => {
          const own = candidate.components.find((entry) => entry.component === name);
          return (
            <tr key={name}>
              <th scope="row">
                <span className="points-name">{componentName(name)}</span>
                <ul className="muted">
                  {own?.reasons.map((reason, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
                    <li key={index}>{reasonText(reason, name)}</li>
                  ))}
                </ul>
              </th>
              <td className="number">{pointsText(own?.points ?? 0)}</td>
              {other && <td className="number">{pointsText(pointsOf(name))}</td>}
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{T.picker.sum}</th>
          <td className="number">{pointsText(candidate.score)}</td>
          {other && <td className="number">{pointsText(other.score)}</td>}
        </tr>
      </tfoot>
    </table>
  );
}

function Changes({ data: { changes, listed, excluded } }: { data: ExplainResponse }) {
  if (listed) return null;
  if (changes.length === 0) return excluded ? null : <p className="muted">{T.explain.noChanges}</p>;
  return (
    <div>
      <h4 className="label">{T.explain.changes}</h4>
      <ul className="changes">
        {changes.map((change) => (
          <li key={change.code + JSON.stringify(change.values)}>
            {T.explain.change(changeText(change), pointsText(change.score), change.wouldBeListed)}
          </li>
        ))}
      </ul>
    </div>
  );
}

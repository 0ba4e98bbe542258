/** "Why not in the list?": this exercise beside the fifth, and what would change it. */
import type { ComponentScore, ExplainResponse, RecommendedExercise } from "@voltlift/bridge";
import {
  type RecommendationQuery,
  type RecommendationState,
  useExplanation,
} from "@voltlift/bridge/react";
import { changeText, componentName, errorText, reasonText } from "@voltlift/bridge/text";
import { Button } from "react-aria-components";
import { partsOf } from "../state/habit.ts";
import { partText } from "../texts/routine.ts";
import { pointsText, T } from "../texts.ts";
import { Progress } from "../ui/progress.tsx";
import { RoutineNote } from "./routine-note.tsx";

interface ExplanationProps {
  exerciseId: string;
  query: RecommendationQuery;
  /** The list as it is shown, which may be one of before. */
  list: Pick<RecommendationState, "status" | "pending" | "apply">;
}

export function Explanation({ exerciseId, query, list }: ExplanationProps) {
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
      <OtherList list={list} />
      <Verdict data={data} />
      <Comparison data={data} />
      <RoutineNote meta={data.meta} />
      <Changes data={data} />
    </div>
  );
}

/** The engine speaks of its list of now; where another one is shown, that has to be said. */
function OtherList({ list: { status, pending, apply } }: Pick<ExplanationProps, "list">) {
  if (!pending && status !== "cached") return null;
  return (
    <div className="notice" role="status">
      <p className="grow">{T.explain.newer}</p>
      {pending && (
        <Button className="button" onPress={apply}>
          {T.explain.showNewer}
        </Button>
      )}
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

/** The points of both, component by component and by part; the last line adds them up. */
function Comparison({ data }: { data: ExplainResponse }) {
  const { candidate, lastListed, listed, meta } = data;
  const other = listed ? null : lastListed;
  const columns = other ? [candidate, other] : [candidate];
  const names = [
    ...new Set(columns.flatMap(({ components }) => components.map((c) => c.component))),
  ];
  const parts = columns.map(partsOf);
  const hasParts = parts.some((part) => part !== null);
  const rows = (of: readonly Component[]) =>
    of.map((name) => <ComponentRow key={name} name={name} columns={columns} />);
  return (
    <table className="points-table comparison">
      <thead>
        <tr className="muted">
          <th scope="col">{T.picker.component}</th>
          <th scope="col">{T.explain.this}</th>
          {other && <th scope="col">{T.explain.fifth}</th>}
        </tr>
      </thead>
      {hasParts ? (
        (["fit", "habit"] as const).map((part) => (
          <tbody key={part}>
            <tr className="points-part-row">
              <th scope="rowgroup">{partText(part, meta.alpha)}</th>
              {columns.map(({ exercise, score }, at) => (
                <td key={exercise.id} className="number">
                  {pointsText(parts[at]?.[part] ?? (part === "fit" ? score : 0))}
                </td>
              ))}
            </tr>
            {rows(names.filter((name) => (name === "habit") === (part === "habit")))}
          </tbody>
        ))
      ) : (
        <tbody>{rows(names)}</tbody>
      )}
      <tfoot>
        <tr>
          <th scope="row">{T.picker.sum}</th>
          {columns.map(({ exercise, score }) => (
            <td key={exercise.id} className="number">
              {pointsText(score)}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

type Component = ComponentScore["component"];

interface ComponentRowProps {
  name: Component;
  /** The exercise asked about first; its reasons are given. */
  columns: readonly RecommendedExercise[];
}

function ComponentRow({ name, columns }: ComponentRowProps) {
  const entries = columns.map(({ components }) =>
    components.find(({ component }) => component === name),
  );
  return (
    <tr className="points-row">
      <th scope="row">
        <span className="points-name">{componentName(name)}</span>
        <ul className="muted">
          {entries[0]?.reasons.map((reason, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
            <li key={index}>{reasonText(reason, name)}</li>
          ))}
        </ul>
      </th>
      {columns.map(({ exercise }, at) => (
        <td key={exercise.id} className="number">
          {pointsText(entries[at]?.points ?? 0)}
        </td>
      ))}
    </tr>
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

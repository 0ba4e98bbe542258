/** After a workout: what went up, and what that means for next time. */
import type { WorkoutSession } from "@voltlift/bridge";
import { useLoadSuggestion, useTodaysSession } from "@voltlift/bridge/react";
import { useMemo } from "react";
import type { Unit } from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { isUp, type Outcome, outcomesOf } from "../state/outcome.ts";
import { readSource } from "../state/programs.ts";
import { useApp } from "../state/store.ts";
import { choiceText, T, weightText } from "../texts.ts";
import { ProgramProgress } from "./program.tsx";
import { useReasonLine } from "./reason-text.ts";
import "./programs.css";

/** "Next time" is asked for as of some days later: by then the muscles have rested. */
const DAYS_LATER = 3;

export function WorkoutOutcome({ session }: { session: WorkoutSession }) {
  const history = useApp((state) => state.history);
  const outcomes = useMemo(() => outcomesOf(session, history), [session, history]);
  if (outcomes.length === 0) return null;
  const up = outcomes.filter(isUp).length;
  const isNew = outcomes.every(({ kind }) => kind === "first");
  const next = (session.endTime ?? session.startTime) + DAYS_LATER * 86_400_000;
  return (
    <section className="card stack-small" aria-labelledby="outcome">
      <h2 id="outcome" className="heading">
        {T.outcome.title}
      </h2>
      <p>{up > 0 ? T.outcome.up(up) : isNew ? T.outcome.allNew : T.outcome.none}</p>
      <ul className="planned">
        {outcomes.map((outcome) => (
          <li key={outcome.exerciseId}>
            <ExerciseOutcome outcome={outcome} unit={session.unit ?? "kg"} now={next} />
          </li>
        ))}
      </ul>
      {readSource(session) && <ProgramDone />}
    </section>
  );
}

interface ExerciseOutcomeProps {
  outcome: Outcome;
  unit: Unit;
  /** When the next time is thought to be. */
  now: number;
}

function ExerciseOutcome({ outcome, unit, now }: ExerciseOutcomeProps) {
  const { exerciseId } = outcome;
  const catalogue = useCatalogue();
  const query = useMemo(() => ({ exerciseId, now }), [exerciseId, now]);
  const { data } = useLoadSuggestion(query);
  const reasonLine = useReasonLine();
  return (
    <>
      <p className="planned-name">
        {catalogue.name(exerciseId)}
        {isUp(outcome) && <span className="program-mark">{T.outcome.upMark}</span>}
      </p>
      <p className="muted">{outcomeText(outcome, unit)}</p>
      {data?.choice && (
        <p>
          {T.outcome.next}:{" "}
          <strong className="number">{choiceText(data.choice, data.unit, data.kind)}</strong>
          <span className="muted"> · {reasonLine(data)}</span>
        </p>
      )}
    </>
  );
}

function outcomeText({ kind, by }: Outcome, unit: Unit): string {
  switch (kind) {
    case "heavier":
      return T.outcome.heavier(weightText(by, unit));
    case "lighter":
      return T.outcome.lighter(weightText(by, unit));
    case "moreReps":
      return T.outcome.moreReps(by);
    case "fewerReps":
      return T.outcome.fewerReps(by);
    default:
      return T.outcome[kind];
  }
}

function ProgramDone() {
  const { data } = useTodaysSession();
  if (!data?.program) return null;
  return <ProgramProgress done={data.done} total={data.total} />;
}

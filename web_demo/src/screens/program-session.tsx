/** A planned session: its exercises with sets and weights, and why one stands in for another. */
import type { PlannedExercise, PlannedSession } from "@voltlift/bridge";
import { useId, useState } from "react";
import { Button } from "react-aria-components";
import type { Unit } from "../state/app-state.ts";
import { plannedSetsText, secondsText, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { usePlanReason } from "./reason-text.ts";
import "./programs.css";

interface PlannedExercisesProps {
  session: PlannedSession;
  unit: Unit;
}

export function PlannedExercises({ session, unit }: PlannedExercisesProps) {
  return (
    <>
      <ol className="planned">
        {session.exercises.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a session may hold an exercise twice.
          <li key={at}>
            <Planned item={item} unit={unit} />
          </li>
        ))}
      </ol>
      {session.leftOut.map(({ id, name }) => (
        <p key={id} className="muted">
          {T.program.leftOut(name)}
        </p>
      ))}
    </>
  );
}

function Planned({ item, unit }: { item: PlannedExercise; unit: Unit }) {
  const { exercise, sets, restSeconds, superset, reasons, insteadOf } = item;
  const [open, setOpen] = useState(false);
  const panel = useId();
  const reasonText = usePlanReason();
  return (
    <div className="planned-exercise">
      <div className="spread">
        <div className="grow">
          <p className="planned-name">
            {exercise.name}
            {superset && <span className="superset">{T.card.superset(superset)}</span>}
          </p>
          {insteadOf && <p className="planned-swap">{T.program.insteadOf(insteadOf.name)}</p>}
          <p className="muted">
            {plannedSetsText(sets, unit)} · {T.program.rest(secondsText(restSeconds))}
          </p>
        </div>
        {reasons.length > 0 && (
          <Button
            className="button button-text suggestion-why"
            aria-expanded={open}
            aria-controls={panel}
            aria-label={T.program.whyNamed(exercise.name)}
            onPress={() => setOpen(!open)}
          >
            {T.program.why}
            <Icon name="down" />
          </Button>
        )}
      </div>
      <ul id={panel} className={open ? "planned-reasons muted" : ""}>
        {open && reasons.map((reason) => <li key={reason.code}>{reasonText(reason, unit)}</li>)}
      </ul>
    </div>
  );
}

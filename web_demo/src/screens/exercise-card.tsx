/** One exercise of the workout: its last time, its sets, and what can be done with it. */
import type { ExerciseLog } from "@voltlift/bridge";
import { useMemo } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import type { Unit } from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { hintFor, lastTime } from "../state/hints.ts";
import { setKind } from "../state/set-kind.ts";
import { useApp } from "../state/store.ts";
import { addSet, isSaved, removeExercise, restoreExercise, setsOf } from "../state/workout.ts";
import { dayText, setsInShort, T, UNIT_TEXT } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { ActionMenu } from "../ui/menu.tsx";
import { offerUndo } from "../ui/toasts.tsx";
import { SetRow } from "./set-row.tsx";

/** Sets of the last time that are named. */
const SHOWN_SETS = 5;

interface ExerciseCardProps {
  log: ExerciseLog;
  index: number;
  unit: Unit;
}

export function ExerciseCard({ log, index, unit }: ExerciseCardProps) {
  const { change } = useActions();
  const history = useApp((state) => state.history);
  const saved = useApp((state) => state.savedWorkout);
  const catalogue = useCatalogue();
  const last = useMemo(() => lastTime(history, log.exerciseId), [history, log.exerciseId]);
  const exercise = catalogue.find(log.exerciseId);
  const name = catalogue.name(log.exerciseId);
  const kind = setKind(exercise);
  const sets = setsOf(log);
  // Effort is asked for once the set is done, and only for the latest one.
  const latest = sets.findLast((set) => set.completed)?.id;
  const next = sets.find((set) => !set.completed)?.id;

  const remove = (): void => {
    change((workout) => removeExercise(workout, log.id));
    offerUndo(T.workout.exerciseRemoved(name), () =>
      change((workout) => restoreExercise(workout, log, index)),
    );
  };

  return (
    <section className="card exercise-card" aria-label={name}>
      <header className="spread">
        <div className="grow">
          <h2 className="exercise-name">{name}</h2>
          <p className="muted">
            {last
              ? T.workout.lastTime(
                  dayText(last.session.startTime),
                  setsInShort(last.sets.slice(0, SHOWN_SETS), last.session.unit ?? unit),
                )
              : T.workout.neverDone}
          </p>
        </div>
        <ActionMenu
          label={T.workout.exerciseMenu(name)}
          trigger={<Icon name="more" />}
          actions={[{ id: "remove", label: T.workout.removeExercise, run: remove }]}
        />
      </header>
      <div className="set-fields set-heads muted" data-kind={kind} aria-hidden="true">
        <span>{T.workout.set}</span>
        {kind !== "time" && <span>{UNIT_TEXT[unit]}</span>}
        <span>{kind === "time" ? T.workout.minutes : T.workout.reps}</span>
      </div>
      <ul className="sets">
        {sets.map((set, at) => (
          <SetRow
            key={set.id}
            logId={log.id}
            set={set}
            index={at}
            unit={unit}
            hint={hintFor(log, at, unit, last)}
            isSaved={isSaved(saved, log.id, set)}
            isNext={set.id === next}
            asksEffort={set.id === latest}
            kind={kind}
          />
        ))}
      </ul>
      <Button
        className="button button-wide"
        onPress={() => change((workout) => addSet(workout, log.id))}
      >
        <Icon name="add" />
        {T.workout.addSet}
      </Button>
    </section>
  );
}

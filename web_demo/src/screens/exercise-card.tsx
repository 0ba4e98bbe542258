/** One exercise of the workout: last time, what to lift now, its sets, and what can be done. */
import type { CurrentSession, ExerciseLog } from "@voltlift/bridge";
import { useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import type { Unit } from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { hintFor, lastTime, plannedFor } from "../state/hints.ts";
import { planOf } from "../state/programs.ts";
import { setKind } from "../state/set-kind.ts";
import { useApp } from "../state/store.ts";
import { suggestedSet } from "../state/suggestions.ts";
import { addSet, changeSet, isSaved, setsOf, supersetLetter } from "../state/workout.ts";
import { dayText, plannedSetsText, setsInShort, T, UNIT_TEXT } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { CardMenu } from "./exercise-card-menu.tsx";
import { NextPlates } from "./plates-next.tsx";
import { SetRow } from "./set-row.tsx";
import { LoadSuggestion, PlannedLoad, type Values } from "./suggestion-load.tsx";
import { useCardSuggestion } from "./suggestion-query.ts";

/** Sets of the last time that are named. */
const SHOWN_SETS = 5;

interface ExerciseCardProps {
  log: ExerciseLog;
  index: number;
  unit: Unit;
  /** The workout as requests carry it. */
  session: CurrentSession;
}

export function ExerciseCard({ log, index, unit, session }: ExerciseCardProps) {
  const { change } = useActions();
  const [swapping, setSwapping] = useState(false);
  const history = useApp((state) => state.history);
  const saved = useApp((state) => state.savedWorkout);
  const workout = useApp((state) => state.activeWorkout);
  const catalogue = useCatalogue();
  const last = useMemo(() => lastTime(history, log.exerciseId), [history, log.exerciseId]);
  const exercise = catalogue.find(log.exerciseId);
  const name = catalogue.name(log.exerciseId);
  const kind = setKind(exercise);
  const sets = setsOf(log);
  // Effort is asked for once the set is done, and only for the latest one.
  const latest = sets.findLast((set) => set.completed)?.id;
  const next = sets.find((set) => !set.completed);
  const target = suggestedSet(log);
  const at = target ? sets.indexOf(target) : -1;
  const planned = at < 0 ? null : plannedFor(log, at);
  const { suggestion, isWaiting } = useCardSuggestion(log, planned, session);
  const plan = planOf(log);
  const letter = workout && supersetLetter(workout, log);
  const weightOf = (values: { weight: number } | null | undefined): number => values?.weight ?? 0;
  const shownWeight =
    weightOf(next) ||
    (next === target ? planned?.weight || weightOf(suggestion?.choice) : 0) ||
    (next ? weightOf(hintFor(log, sets.indexOf(next), unit, last)) : 0);

  const use = ({ weight, reps, seconds }: Values): void => {
    if (!target) return;
    const values = seconds === null ? { weight, reps } : { seconds };
    change((current) => changeSet(current, log.id, target.id, values));
  };

  return (
    <section className="card exercise-card" aria-label={name}>
      <header className="spread">
        <div className="grow">
          <h2 className="exercise-name">{name}</h2>
          {letter && <p className="superset">{T.card.superset(letter)}</p>}
          {plan?.insteadOf && <p className="muted">{T.card.insteadOf(plan.insteadOf)}</p>}
          {plan && <p className="muted">{T.card.plan(plannedSetsText(plan.sets, unit))}</p>}
          <p className="muted">
            {last
              ? T.workout.lastTime(
                  dayText(last.session.startTime),
                  setsInShort(last.sets.slice(0, SHOWN_SETS), last.session.unit ?? unit),
                )
              : T.workout.neverDone}
          </p>
        </div>
        <CardMenu
          log={log}
          index={index}
          session={session}
          canWarmUp={kind === "weight"}
          swapping={swapping}
          onSwapping={setSwapping}
        />
      </header>
      {target &&
        (planned?.percent && planned.weight ? (
          <PlannedLoad set={at + 1} planned={planned} unit={unit} onUse={use} />
        ) : (
          <LoadSuggestion
            name={name}
            set={at + 1}
            suggestion={suggestion}
            isWaiting={isWaiting}
            onUse={use}
          />
        ))}
      <NextPlates exercise={exercise} weight={shownWeight} unit={unit} />
      <div className="set-fields set-heads muted" data-kind={kind} aria-hidden="true">
        <span>{T.workout.set}</span>
        {kind !== "time" && <span>{UNIT_TEXT[unit]}</span>}
        <span>{kind === "time" ? T.workout.minutes : T.workout.reps}</span>
      </div>
      <ul className="sets">
        {sets.map((set, row) => (
          <SetRow
            key={set.id}
            logId={log.id}
            set={set}
            index={row}
            unit={unit}
            hint={hintFor(log, row, unit, last)}
            isSaved={isSaved(saved, log.id, set)}
            isNext={set.id === next?.id}
            asksEffort={set.id === latest}
            kind={kind}
            suggestion={set.id === target?.id ? suggestion : null}
            category={exercise?.category}
          />
        ))}
      </ul>
      <Button
        className="button button-wide"
        onPress={() => change((current) => addSet(current, log.id))}
      >
        <Icon name="add" />
        {T.workout.addSet}
      </Button>
    </section>
  );
}

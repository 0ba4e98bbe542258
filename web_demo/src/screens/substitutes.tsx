/** "The rack is taken": three exercises instead, with weights carried over. */
import type { CurrentSession, ExerciseLog, LoadEstimate, Substitute } from "@voltlift/bridge";
import { type SubstituteQuery, useSubstitutes } from "@voltlift/bridge/react";
import { errorText, substituteReasonText } from "@voltlift/bridge/text";
import { useId, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import { EQUIPMENT } from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { useApp } from "../state/store.ts";
import { swapExercise } from "../state/workout.ts";
import {
  CONFIDENCE,
  equipmentName,
  exerciseText,
  pointsText,
  rangeText,
  T,
  weightText,
} from "../texts.ts";
import { SomeOf } from "../ui/choice.tsx";
import { Icon } from "../ui/icons.tsx";
import { Progress } from "../ui/progress.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { offerUndo } from "../ui/toasts.tsx";
import { ExerciseSearch } from "./exercise-search.tsx";
import { SimilarExercises } from "./similar.tsx";
import "./picker.css";

const SHOWN = 3;
const ASKED = 20;

interface SubstitutesProps {
  log: ExerciseLog;
  session: CurrentSession;
  isOpen: boolean;
  onClose(): void;
}

export function Substitutes({ log, session, isOpen, onClose }: SubstitutesProps) {
  const { change } = useActions();
  const catalogue = useCatalogue();
  const name = catalogue.name(log.exerciseId);
  const swap = (exerciseId: string, first: { weight: number; reps: number } | null): void => {
    const before = useApp.getState().activeWorkout;
    change((workout) => swapExercise(workout, log.id, exerciseId, first));
    onClose();
    offerUndo(T.swap.swapped(catalogue.name(exerciseId)), () =>
      change((workout) => (before?.id === workout.id ? before : workout)),
    );
  };
  return (
    <Sheet title={T.swap.title(name)} isOpen={isOpen} onClose={onClose}>
      <Choices exerciseId={log.exerciseId} session={session} onSwap={swap} />
    </Sheet>
  );
}

interface ChoicesProps {
  exerciseId: string;
  session: CurrentSession;
  onSwap(exerciseId: string, first: { weight: number; reps: number } | null): void;
}

function Choices({ exerciseId, session, onSwap }: ChoicesProps) {
  const { boot } = useEngineStatus();
  const catalogue = useCatalogue();
  const own = catalogue.find(exerciseId)?.equipment;
  const [taken, setTaken] = useState<string[]>([]);
  const [text, setText] = useState("");
  // More than are shown: those that are only alike have their weights from here.
  const query = useMemo<SubstituteQuery>(
    () => ({ exerciseId, session, withoutEquipment: taken, limit: ASKED }),
    [exerciseId, session, taken],
  );
  const { data, status, error } = useSubstitutes(query);
  const first = data?.substitutes.slice(0, SHOWN);
  const loads = useMemo(
    () =>
      new Map(
        (data?.substitutes ?? []).flatMap(({ exercise, load }) =>
          load ? [[exercise.id, load] as const] : [],
        ),
      ),
    [data],
  );
  const kinds = [...new Set<string>([...(own ? [own] : []), ...EQUIPMENT])];
  return (
    <div className="stack">
      <SomeOf
        label={T.swap.taken}
        values={taken}
        options={kinds
          .filter((kind) => kind !== "Bodyweight" && kind !== "Other")
          .map((kind) => ({ value: kind, label: equipmentName(kind) }))}
        onChange={setTaken}
      />
      {error && error.code !== "not_available" && (
        <p className="notice" role="status">
          {boot.phase === "failed" ? T.swap.offline : errorText(error)}
        </p>
      )}
      {!data && status === "loading" && <Progress text={T.swap.loading} />}
      {data?.substitutes.length === 0 && <p role="status">{T.swap.none}</p>}
      <ol className="stack-small">
        {first?.map((item) => (
          <li key={item.exercise.id}>
            <Choice item={item} onTake={onSwap} />
          </li>
        ))}
      </ol>
      {first && (
        <SimilarExercises
          exerciseId={exerciseId}
          session={session}
          taken={taken}
          listed={first.map(({ exercise }) => exercise.id)}
          loads={loads}
          onTake={onSwap}
        />
      )}
      <ExerciseSearch
        above={null}
        text={text}
        onText={setText}
        onAdd={(id) => onSwap(id, null)}
        onCreate={null}
      />
    </div>
  );
}

function Choice({ item, onTake }: { item: Substitute; onTake: ChoicesProps["onSwap"] }) {
  const { exercise, reasons, score, load } = item;
  const [open, setOpen] = useState(false);
  const panel = useId();
  const [first] = reasons;
  return (
    <article className="suggestion card" aria-label={exercise.name}>
      <div className="suggestion-head">
        <div className="grow">
          <h3 className="exercise-name">{exercise.name}</h3>
          <p className="muted">{exerciseText(exercise)}</p>
        </div>
        <Button
          className="button button-primary suggestion-add"
          aria-label={T.swap.take(exercise.name)}
          onPress={() => onTake(exercise.id, load && { weight: load.weight, reps: load.reps[0] })}
        >
          <Icon name="check" />
        </Button>
      </div>
      {load && <Estimate load={load} />}
      <div className="suggestion-reasons">
        <p className="grow">{first && substituteReasonText(first)}</p>
        <Button
          className="button button-text suggestion-why"
          aria-expanded={open}
          aria-controls={panel}
          aria-label={T.picker.whyNamed(exercise.name)}
          onPress={() => setOpen(!open)}
        >
          {T.picker.why}
          <Icon name="down" />
        </Button>
      </div>
      <div id={panel}>
        {open && (
          <ul className="load-reasons">
            {reasons.map((reason) => (
              <li key={reason.code}>
                <span>{substituteReasonText(reason)}</span>
                <span className="load-points number">{pointsText(reason.points)}</span>
              </li>
            ))}
            <li>
              <strong>{T.picker.sum}</strong>
              <strong className="load-points number">{pointsText(score)}</strong>
            </li>
          </ul>
        )}
      </div>
    </article>
  );
}

/** The end of an interval: no more exact than it can be. */
const roughly = (weight: number, way: "floor" | "ceil"): number => Math[way](weight);

/** A weight to begin with, as the interval that it is. */
function Estimate({ load }: { load: LoadEstimate }) {
  const catalogue = useCatalogue();
  const { low, high, reps, unit, own, confidence, sourceExerciseId, weight } = load;
  return (
    <p>
      <strong className="number">
        {weightText(weight, unit)} × {rangeText(reps)}
      </strong>{" "}
      <span className="muted">
        {CONFIDENCE[confidence]}
        {low < high &&
          ` · ${T.swap.between(roughly(low, "floor"), weightText(roughly(high, "ceil"), unit))}`}{" "}
        · {own ? T.swap.own : T.swap.carried(catalogue.name(sourceExerciseId))}
      </span>
    </p>
  );
}

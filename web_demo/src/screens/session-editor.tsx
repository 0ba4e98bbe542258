/** A finished workout to be changed: every set, every note; stored as it is left. */
import type { ExerciseLog, SetLog, WorkoutSession } from "@voltlift/bridge";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { addDoneSet, describeLog, describeSession } from "../state/session-edit.ts";
import { setKind } from "../state/set-kind.ts";
import {
  changeSet,
  logsOf,
  removeSet,
  restoreExercise,
  restoreSet,
  type SetType,
  setsOf,
} from "../state/workout.ts";
import { SET_TYPES, T } from "../texts.ts";
import { CommitNumber, CommitText } from "../ui/commit-field.tsx";
import { Icon } from "../ui/icons.tsx";
import { ActionMenu } from "../ui/menu.tsx";
import { offerUndo } from "../ui/toasts.tsx";
import { Effort } from "./effort.tsx";

type Edit = (change: (session: WorkoutSession) => WorkoutSession) => void;

export function SessionEditor({ session }: { session: WorkoutSession }) {
  const { editSession } = useActions();
  // A failed write leaves the workout as it was, and the storage notice says why.
  const edit: Edit = (change) => void editSession(session.id, change).catch(() => undefined);
  return (
    <div className="stack">
      <section className="card stack" aria-label={T.summary.past}>
        <CommitText
          label={T.history.name}
          value={session.name}
          rows={1}
          onCommit={(name) => edit((workout) => describeSession(workout, { name }))}
        />
        <CommitText
          label={T.history.notes}
          value={session.notes ?? ""}
          placeholder={T.history.notesHint}
          onCommit={(notes) => edit((workout) => describeSession(workout, { notes }))}
        />
        <p className="muted">{T.history.editHint}</p>
      </section>
      {logsOf(session).length === 0 && <p>{T.history.empty}</p>}
      {logsOf(session).map((log, at) => (
        <EditedExercise key={log.id} session={session} log={log} at={at} edit={edit} />
      ))}
    </div>
  );
}

interface EditedExerciseProps {
  session: WorkoutSession;
  log: ExerciseLog;
  at: number;
  edit: Edit;
}

function EditedExercise({ session, log, at, edit }: EditedExerciseProps) {
  const catalogue = useCatalogue();
  const name = catalogue.name(log.exerciseId);
  const remove = (set: SetLog, index: number): void => {
    edit((workout) => removeSet(workout, log.id, set.id));
    if (setsOf(log).length > 1) {
      offerUndo(T.history.setDeleted, () =>
        edit((workout) => restoreSet(workout, log.id, set, index)),
      );
    } else {
      // The last set takes its exercise with it.
      offerUndo(T.history.exerciseDeleted(name), () =>
        edit((workout) => restoreExercise(workout, log, at)),
      );
    }
  };
  return (
    <section className="card stack-small" aria-label={name}>
      <h2 className="heading">{name}</h2>
      <ol className="stack-small">
        {setsOf(log).map((set, index) => (
          <EditedSet
            key={set.id}
            session={session}
            log={log}
            set={set}
            number={index + 1}
            edit={edit}
            onRemove={() => remove(set, index)}
          />
        ))}
      </ol>
      <Button
        className="button button-wide"
        aria-label={T.history.addSetTo(name)}
        onPress={() => edit((workout) => addDoneSet(workout, log.id))}
      >
        <Icon name="add" />
        {T.history.addSet}
      </Button>
      <CommitText
        label={T.history.notesOf(name)}
        value={log.notes ?? ""}
        rows={1}
        onCommit={(notes) => edit((workout) => describeLog(workout, log.id, notes))}
      />
    </section>
  );
}

interface EditedSetProps {
  session: WorkoutSession;
  log: ExerciseLog;
  set: SetLog;
  number: number;
  edit: Edit;
  onRemove(): void;
}

function EditedSet({ session, log, set, number, edit, onRemove }: EditedSetProps) {
  const catalogue = useCatalogue();
  const unit = session.unit ?? "kg";
  const type = SET_TYPES[set.type ?? "N"];
  const isTimed = setKind(catalogue.find(log.exerciseId)) === "time" || Boolean(set.seconds);
  const write = (values: Partial<SetLog>): void =>
    edit((workout) => changeSet(workout, log.id, set.id, values));
  const of = T.workout.setLabel(number, type.name);
  return (
    <li className="edited-set">
      <div className="edited-fields">
        <ActionMenu
          className="button button-icon set-number number"
          label={T.history.typeOf(number, type.name)}
          trigger={type.short || number}
          actions={Object.entries(SET_TYPES).map(([code, { name }]) => ({
            id: code,
            label: name,
            isChosen: code === (set.type ?? "N"),
            run: () => write({ type: code as SetType }),
          }))}
        />
        {!(isTimed && set.weight === 0) && (
          <CommitNumber
            label={`${T.workout.weight(unit)}, ${of}`}
            caption={T.history.weightShort(unit)}
            value={set.weight}
            onCommit={(weight) => write({ weight })}
          />
        )}
        {isTimed ? (
          <CommitNumber
            label={`${T.workout.minutes}, ${of}`}
            caption={T.workout.minutes}
            value={(set.seconds ?? 0) / 60}
            onCommit={(minutes) => minutes > 0 && write({ seconds: minutes * 60 })}
          />
        ) : (
          <CommitNumber
            label={`${T.workout.reps}, ${of}`}
            caption={T.workout.reps}
            value={set.reps}
            isWhole
            onCommit={(reps) => reps > 0 && write({ reps })}
          />
        )}
        <Button
          className="button button-icon"
          aria-label={T.history.deleteSet(number)}
          onPress={onRemove}
        >
          <Icon name="close" />
        </Button>
      </div>
      {!isTimed && (
        <Effort
          set={number}
          value={set.rpe ?? null}
          isOpen={false}
          onChange={(rpe) => write({ rpe })}
        />
      )}
    </li>
  );
}

/** The lifter's own exercises: created by hand, or brought by an import. */
import type { ExerciseDefinition } from "@voltlift/bridge";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { isGroupKnown } from "../state/own-exercises.ts";
import { useApp } from "../state/store.ts";
import { exerciseText, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { offerUndo } from "../ui/toasts.tsx";
import { ExerciseForm } from "./exercise-form.tsx";
import { GroupChoice } from "./group-choice.tsx";

export function OwnExercisesSection() {
  const own = useApp((state) => state.customExercises);
  const [edited, setEdited] = useState<ExerciseDefinition | null>(null);
  // One that has just got its group stays where it is: nothing moves under a thumb.
  const [held] = useState(() => new Set(own.filter(isToSet).map(({ id }) => id)));
  const toSet = own.filter((exercise) => isToSet(exercise) || held.has(exercise.id));
  const others = own.filter((exercise) => !toSet.includes(exercise));
  const unknown = own.filter(isToSet).length;
  return (
    <section className="card stack-small" aria-labelledby="own-exercises">
      <h2 id="own-exercises" className="heading">
        {T.own.title}
      </h2>
      {own.length === 0 && <p className="muted">{T.own.none}</p>}
      {toSet.length > 0 && (
        <>
          <p className="muted" role="status">
            {T.own.toSet(unknown)}
          </p>
          <ul className="own-list">
            {toSet.map((exercise) => (
              <ToSet key={exercise.id} exercise={exercise} onEdit={setEdited} />
            ))}
          </ul>
        </>
      )}
      {others.length > 0 && (
        <ul className="own-list">
          {byName(others).map((exercise) => (
            <li key={exercise.id} className="spread">
              <div className="grow">
                <p className="group-choice-name">{exercise.name}</p>
                <p className="muted">{exerciseText(exercise)}</p>
              </div>
              <EditButton exercise={exercise} onEdit={setEdited} />
            </li>
          ))}
        </ul>
      )}
      <Sheet title={T.own.editTitle} isOpen={edited !== null} onClose={() => setEdited(null)}>
        {edited && <Edit exercise={edited} onDone={() => setEdited(null)} />}
      </Sheet>
    </section>
  );
}

interface EntryProps {
  exercise: ExerciseDefinition;
  onEdit(exercise: ExerciseDefinition): void;
}

function ToSet({ exercise, onEdit }: EntryProps) {
  const { changeExercise } = useActions();
  return (
    <GroupChoice
      name={exercise.name}
      group={isGroupKnown(exercise) ? exercise.muscleGroup : null}
      // A failed write leaves the choice as it was, and the storage notice says why.
      onChange={(muscleGroup) =>
        void changeExercise(exercise.id, { muscleGroup }).catch(() => undefined)
      }
    >
      <EditButton exercise={exercise} onEdit={onEdit} />
    </GroupChoice>
  );
}

function EditButton({ exercise, onEdit }: EntryProps) {
  return (
    <Button
      className="button button-icon"
      aria-label={T.own.editNamed(exercise.name)}
      onPress={() => onEdit(exercise)}
    >
      <Icon name="edit" />
    </Button>
  );
}

function Edit({ exercise, onDone }: { exercise: ExerciseDefinition; onDone(): void }) {
  const { changeExercise, deleteExercise } = useActions();
  const remove = async (): Promise<void> => {
    const bringBack = await deleteExercise(exercise).catch(() => null);
    if (!bringBack) return; // The storage notice says what is wrong.
    onDone();
    offerUndo(T.own.deleted(exercise.name), () => void bringBack().catch(() => undefined));
  };
  return (
    <div className="stack">
      <ExerciseForm
        exercise={exercise}
        name={exercise.name}
        submitLabel={T.own.save}
        onSubmit={async (draft) => {
          await changeExercise(exercise.id, draft);
          onDone();
        }}
      />
      <div className="stack-small">
        <Button className="button button-danger button-wide" onPress={remove}>
          {T.own.delete}
        </Button>
        <p className="muted own-delete-hint">{T.own.deleteHint}</p>
      </div>
    </div>
  );
}

const isToSet = (exercise: ExerciseDefinition): boolean => !isGroupKnown(exercise);

function byName(exercises: readonly ExerciseDefinition[]): ExerciseDefinition[] {
  return [...exercises].sort((a, b) => a.name.localeCompare(b.name));
}

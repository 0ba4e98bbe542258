/** "Add exercise": the five suggestions, then everything else. */
import type { RecommendationQuery, RecommendationState } from "@voltlift/bridge/react";
import { errorText } from "@voltlift/bridge/text";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import { T, timeText } from "../texts.ts";
import { EngineNotice } from "../ui/notices.tsx";
import { Progress } from "../ui/progress.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { ExerciseForm } from "./exercise-form.tsx";
import { ExerciseSearch } from "./exercise-search.tsx";
import { RoutineNote } from "./routine-note.tsx";
import { Suggestion } from "./suggestion.tsx";
import "./picker.css";

interface PickerProps {
  query: RecommendationQuery;
  list: RecommendationState;
  isOpen: boolean;
  onAdd(exerciseId: string): void;
  onClose(): void;
}

export function ExercisePicker({ query, list, isOpen, onAdd, onClose }: PickerProps) {
  const { createExercise } = useActions();
  const [text, setText] = useState("");
  /** The name of the exercise that is being created. */
  const [creating, setCreating] = useState<string | null>(null);
  const reset = (): void => {
    setText("");
    setCreating(null);
  };
  const add = (exerciseId: string): void => {
    onAdd(exerciseId);
    reset();
  };
  return (
    <Sheet
      title={creating === null ? T.picker.title : T.own.createTitle}
      isOpen={isOpen}
      onClose={() => {
        onClose();
        reset();
      }}
      onBack={creating === null ? undefined : () => setCreating(null)}
    >
      {creating === null ? (
        <div className="stack">
          <Suggestions list={list} onAdd={add} />
          <ExerciseSearch
            above={{ query, list }}
            text={text}
            onText={setText}
            onAdd={add}
            onCreate={setCreating}
          />
        </div>
      ) : (
        <ExerciseForm
          name={creating}
          submitLabel={T.own.create}
          onSubmit={async (draft) => add((await createExercise(draft)).id)}
          onUse={add}
        />
      )}
    </Sheet>
  );
}

function Suggestions({ list, onAdd }: Pick<PickerProps, "list" | "onAdd">) {
  const { boot } = useEngineStatus();
  const { data, status, savedAt, pending, error, apply, refresh } = list;
  return (
    <section className="stack-small" aria-labelledby="suggested" aria-busy={status === "loading"}>
      <header className="spread">
        <h3 id="suggested" className="heading">
          {T.picker.suggestions}
        </h3>
        {status === "cached" && savedAt !== null && !pending && (
          <p className="muted" role="status">
            {T.picker.from(timeText(savedAt))}
          </p>
        )}
      </header>
      {pending && (
        // Newer ones wait until they are asked for: nothing moves under a thumb.
        <div className="notice" role="status">
          <p className="grow">{T.picker.updated}</p>
          <Button className="button" onPress={apply}>
            {T.picker.show}
          </Button>
        </div>
      )}
      {data?.recommendations.length === 0 && <p className="muted">{T.picker.none}</p>}
      {data && (
        <ol className="stack-small">
          {data.recommendations.map((item) => (
            <li key={item.exercise.id}>
              <Suggestion
                item={item}
                alpha={data.meta.alpha}
                onAdd={() => onAdd(item.exercise.id)}
              />
            </li>
          ))}
        </ol>
      )}
      {data && data.recommendations.length > 0 && (
        <>
          <RoutineNote meta={data.meta} hasDial />
          <p className="muted">{T.picker.looked(data.considered, data.excludedByEquipment)}</p>
        </>
      )}
      {error && boot.phase === "ready" && (
        <div className="notice notice-danger" role="alert">
          <p className="grow">{errorText(error)}</p>
          <Button className="button" onPress={refresh}>
            {T.retry}
          </Button>
        </div>
      )}
      {boot.phase !== "ready" && <EngineNotice />}
      {!data && boot.phase === "ready" && status === "loading" && (
        <Progress text={T.picker.loading} />
      )}
    </section>
  );
}

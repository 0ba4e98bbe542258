/** What to train next, on the first screen: the best suggestions for a workout not yet begun. */
import type { RecommendedExercise, ResponseMeta } from "@voltlift/bridge";
import { type RecommendationQuery, useExerciseRecommendations } from "@voltlift/bridge/react";
import { Button } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import { strongestReasons } from "../state/points.ts";
import { useRoutine, withRoutine } from "../state/routine.ts";
import { addExercise } from "../state/workout.ts";
import { pointsText, T, timeText } from "../texts.ts";
import { goTo } from "../ui/route.ts";
import { RoutineLine } from "./routine-note.tsx";

/** The same list as that of an empty workout, so that both share what is cached. */
export const nextQuery = (routine: number | null): RecommendationQuery =>
  withRoutine({ limit: 5 }, routine);
const SHOWN = 3;
const PLACES = Array.from({ length: SHOWN }, (_, place) => place);

export function NextUp() {
  const routine = useRoutine();
  const list = useExerciseRecommendations(nextQuery(routine));
  const { data, status, savedAt, pending, apply } = list;
  const { boot } = useEngineStatus();
  const { start, change } = useActions();
  const startWith = (exerciseId: string): void => {
    start();
    change((workout) => addExercise(workout, exerciseId));
    goTo("workout");
  };
  const items = data?.recommendations;
  if (items?.length === 0 || (!items && boot.phase === "failed")) return null;
  return (
    <NextList
      items={items ?? null}
      meta={data?.meta ?? null}
      savedAt={status === "cached" ? savedAt : null}
      onNewer={pending ? apply : null}
      onStart={startWith}
    />
  );
}

interface NextListProps {
  /** Null while they are on their way. */
  items: readonly RecommendedExercise[] | null;
  /** Of the list that they are from. */
  meta: ResponseMeta | null;
  /** When an earlier list was made; null for one of now. */
  savedAt: number | null;
  /** Given where a newer list waits. */
  onNewer: (() => void) | null;
  onStart(exerciseId: string): void;
}

export function NextList({ items, meta, savedAt, onNewer, onStart }: NextListProps) {
  return (
    <section className="stack-small" aria-labelledby="next-up" aria-busy={!items}>
      <header className="spread">
        <h2 id="next-up" className="heading">
          {T.home.next}
        </h2>
        {onNewer ? (
          // Nothing moves under a thumb: the newer list waits to be asked for.
          <Button className="button button-text" onPress={onNewer}>
            {T.home.newer}
          </Button>
        ) : (
          savedAt !== null && (
            <p className="muted" role="status">
              {T.picker.from(timeText(savedAt))}
            </p>
          )
        )}
      </header>
      <ol className="stack-small">
        {items
          ? items.slice(0, SHOWN).map((item) => (
              <li key={item.exercise.id}>
                <NextExercise item={item} onStart={() => onStart(item.exercise.id)} />
              </li>
            ))
          : // Keeps the place, so that nothing below moves when the list is there.
            PLACES.map((place) => <li key={place} className="card next-place" />)}
      </ol>
      <RoutineLine meta={meta} />
    </section>
  );
}

function NextExercise({ item, onStart }: { item: RecommendedExercise; onStart(): void }) {
  const { exercise, score, components } = item;
  return (
    <Button className="card session-link next-link" onPress={onStart}>
      <span className="visually-hidden">{T.home.startWith}</span>
      <span className="grow">
        <span className="session-name">{exercise.name}</span>
        <span className="muted next-reason">{strongestReasons(components)[0]}</span>
      </span>
      <span className="visually-hidden">{T.home.score}</span>
      <span className="score-number number">{pointsText(score)}</span>
    </Button>
  );
}

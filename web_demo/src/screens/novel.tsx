/** "New for you": what lifters with such a log do, at the end of the first screen. */
import type { NovelExercise } from "@voltlift/bridge";
import { useNovelExercises } from "@voltlift/bridge/react";
import { novelReasonText } from "@voltlift/bridge/text";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { useApp } from "../state/store.ts";
import { addExercise } from "../state/workout.ts";
import { NOVEL_TEXTS } from "../texts/discovery.ts";
import { exerciseText } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { goTo } from "../ui/route.ts";
import "./similar.css";

/** Before so many workouts a log says too little about what is new. */
const WORKOUTS_BEFORE = 10;
/** The strongest is often that many do it; the next one says more about this lifter. */
const REASONS = 2;
const QUERY = { limit: 3 } as const;

/** Nothing where no embeddings are loaded: the screen is complete without it. */
export function NovelExercises() {
  const isKnown = useApp((state) => state.history.length >= WORKOUTS_BEFORE);
  const isFree = useApp((state) => state.activeWorkout === null);
  const { data } = useNovelExercises(isKnown && isFree ? QUERY : null);
  const { start, change } = useActions();
  const startWith = (exerciseId: string): void => {
    start();
    change((workout) => addExercise(workout, exerciseId));
    goTo("workout");
  };
  if (!data || data.exercises.length === 0) return null;
  return (
    <section className="stack-small" aria-labelledby="new-for-you">
      <h2 id="new-for-you" className="heading">
        {NOVEL_TEXTS.title}
      </h2>
      <p className="muted">{NOVEL_TEXTS.hint}</p>
      <ul className="stack-small">
        {data.exercises.map((item) => (
          <li key={item.exercise.id}>
            <Novel item={item} onStart={() => startWith(item.exercise.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Novel({ item, onStart }: { item: NovelExercise; onStart(): void }) {
  const { exercise, reasons } = item;
  return (
    <Button className="card session-link similar-link" onPress={onStart}>
      <span className="grow">
        <span className="visually-hidden">{`${NOVEL_TEXTS.startWith} `}</span>
        <span className="session-name">{exercise.name}</span>
        <span className="muted">{exerciseText(exercise)}</span>
        {reasons.slice(0, REASONS).map((reason) => (
          <span key={reason.code} className="muted">
            {novelReasonText(reason)}
          </span>
        ))}
      </span>
      <Icon name="add" />
    </Button>
  );
}

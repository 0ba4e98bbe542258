/** Below the substitutes: exercises that are alike, by who does them and by what they are. */
import type { CurrentSession, LoadEstimate, SimilarExercise } from "@voltlift/bridge";
import { useSimilarExercises } from "@voltlift/bridge/react";
import { useMemo } from "react";
import { Button, Link } from "react-aria-components";
import { useCatalogue } from "../state/catalogue.ts";
import { isGroupKnown } from "../state/own-exercises.ts";
import { ASKED_OF_EACH, worthShowing } from "../state/similar.ts";
import { SIMILAR_TEXTS } from "../texts/discovery.ts";
import { CONFIDENCE, exerciseText, rangeText, weightText } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { hrefTo } from "../ui/route.ts";
import "./home.css";
import "./similar.css";

interface SimilarProps {
  exerciseId: string;
  session: CurrentSession;
  /** Equipment that is taken or missing. */
  taken: readonly string[];
  /** Exercises that are offered above, by id. */
  listed: readonly string[];
  /** Weights to begin with, by exercise. */
  loads: ReadonlyMap<string, LoadEstimate>;
  onTake(exerciseId: string, first: { weight: number; reps: number } | null): void;
}

export function SimilarExercises(props: SimilarProps) {
  const { exerciseId, session, taken, listed, loads, onTake } = props;
  const known = useCatalogue().find(exerciseId);
  // Which of them are shown is decided here, so that a tap on what is taken asks nothing anew.
  const query = useMemo(() => ({ exerciseId, limit: ASKED_OF_EACH }), [exerciseId]);
  const { data, error } = useSimilarExercises(query);
  if (error?.code === "not_available") {
    return (
      <p className="muted">
        {SIMILAR_TEXTS.notLoaded} <Link href={hrefTo("models")}>{SIMILAR_TEXTS.models}</Link>
      </p>
    );
  }
  const group = known && isGroupKnown(known) ? known.muscleGroup : null;
  const groups = data ? worthShowing(data.similar, { group, taken, session, listed }) : [];
  return groups.map(({ likeness, items }) => (
    <section key={likeness} className="stack-small" aria-labelledby={`similar-${likeness}`}>
      <h3 id={`similar-${likeness}`} className="heading">
        {SIMILAR_TEXTS.kinds[likeness]}
      </h3>
      <ul className="stack-small">
        {items.map((item) => (
          <li key={item.exercise.id}>
            <Alike item={item} load={loads.get(item.exercise.id) ?? null} onTake={onTake} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

interface AlikeProps {
  item: SimilarExercise;
  load: LoadEstimate | null;
  onTake: SimilarProps["onTake"];
}

function Alike({ item: { exercise, timesPerformed }, load, onTake }: AlikeProps) {
  return (
    <Button
      className="card session-link similar-link"
      onPress={() => onTake(exercise.id, load && { weight: load.weight, reps: load.reps[0] })}
    >
      <span className="grow">
        <span className="visually-hidden">{`${SIMILAR_TEXTS.take} `}</span>
        <span className="session-name">{exercise.name}</span>
        <span className="muted">
          {`${exerciseText(exercise)} · ${SIMILAR_TEXTS.times(timesPerformed)}`}
        </span>
        {load && (
          <span>
            <span className="number">
              {weightText(load.weight, load.unit)} × {rangeText(load.reps)}
            </span>{" "}
            <span className="muted">{CONFIDENCE[load.confidence]}</span>
          </span>
        )}
      </span>
      <Icon name="check" />
    </Button>
  );
}

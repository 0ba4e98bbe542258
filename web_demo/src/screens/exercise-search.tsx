/** Search over every exercise, with the star, and "why not in the list?". */
import type { ExerciseDefinition, RecommendedExercise } from "@voltlift/bridge";
import type { RecommendationQuery } from "@voltlift/bridge/react";
import { useMemo, useState } from "react";
import { Button, Input, SearchField, ToggleButton } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { useApp } from "../state/store.ts";
import { T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { Explanation } from "./explanation.tsx";

interface SearchProps {
  query: RecommendationQuery;
  listed: readonly RecommendedExercise[];
  onAdd(exerciseId: string): void;
}

/** Shown while nothing has been typed. */
const SHORT = 12;
const LONG = 40;

export function ExerciseSearch({ query, listed, onAdd }: SearchProps) {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  const catalogue = useCatalogue();
  const { boot } = useEngineStatus();
  const hits = useMemo(
    () => catalogue.search(text, text.trim() === "" ? SHORT : LONG),
    [catalogue, text],
  );
  const onList = new Set(listed.map(({ exercise }) => exercise.id));

  return (
    <section className="stack-small" aria-labelledby="all-exercises">
      <h3 id="all-exercises" className="heading">
        {T.picker.searchTitle}
      </h3>
      <SearchField className="search" aria-label={T.picker.search} value={text} onChange={setText}>
        <Icon name="search" />
        <Input className="input" placeholder={T.picker.searchHint} enterKeyHint="search" />
      </SearchField>
      {catalogue.all.length === 0 && <p className="muted">{T.picker.notYet}</p>}
      {catalogue.all.length > 0 && hits.length === 0 && (
        <p className="muted" role="status">
          {T.picker.noHits(text)}
        </p>
      )}
      <ul className="hits">
        {hits.map((exercise) => (
          <li key={exercise.id} className="hit">
            <Hit
              exercise={exercise}
              isAsked={asked === exercise.id}
              // Without the engine, or for what is in the list, there is nothing to ask.
              onAsk={
                boot.phase === "ready" && !onList.has(exercise.id)
                  ? () => setAsked(asked === exercise.id ? null : exercise.id)
                  : null
              }
              onAdd={() => onAdd(exercise.id)}
            />
            {asked === exercise.id && <Explanation exerciseId={exercise.id} query={query} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface HitProps {
  exercise: ExerciseDefinition;
  isAsked: boolean;
  onAsk: (() => void) | null;
  onAdd(): void;
}

function Hit({ exercise, isAsked, onAsk, onAdd }: HitProps) {
  const { id, name, muscleGroup, equipment } = exercise;
  const { toggleFavourite } = useActions();
  const isFavourite = useApp((state) => state.settings?.favoriteExercises?.includes(id) ?? false);
  return (
    <>
      <div className="hit-line">
        <div className="grow">
          <p className="hit-name">{name}</p>
          <p className="muted">
            {muscleGroup} · {equipment}
          </p>
        </div>
        <ToggleButton
          className="button button-icon hit-star"
          aria-label={T.picker.favourite(name)}
          isSelected={isFavourite}
          // A failed write leaves the star as it was, and the storage notice says why.
          onChange={() => void toggleFavourite(id).catch(() => undefined)}
        >
          <Icon name="star" filled={isFavourite} />
        </ToggleButton>
        <Button
          className="button button-icon hit-add"
          aria-label={T.picker.addNamed(name)}
          onPress={onAdd}
        >
          <Icon name="add" />
        </Button>
      </div>
      {onAsk && (
        <Button
          className="button button-text hit-why"
          aria-label={T.picker.whyNotNamed(name)}
          aria-expanded={isAsked}
          onPress={onAsk}
        >
          {T.picker.whyNot}
          <Icon name="down" />
        </Button>
      )}
    </>
  );
}

/** Search over every exercise, with the star, and "why not in the list?". */
import type { ExerciseDefinition } from "@voltlift/bridge";
import type { RecommendationQuery, RecommendationState } from "@voltlift/bridge/react";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { Button, Input, SearchField, ToggleButton } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { cleanName } from "../state/own-exercises.ts";
import { useApp } from "../state/store.ts";
import { nameKey } from "../state/words.ts";
import { exerciseText, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { Explanation } from "./explanation.tsx";

interface SearchProps {
  /** The list that "why not?" is asked about, and its query; null where there is none. */
  above: { query: RecommendationQuery; list: RecommendationState } | null;
  text: string;
  onText(text: string): void;
  onAdd(exerciseId: string): void;
  /** Null where nothing can be created. */
  onCreate: ((name: string) => void) | null;
}

/** Shown while nothing has been typed. */
const SHORT = 12;
const LONG = 40;
const NOTHING: readonly ExerciseDefinition[] = [];

export function ExerciseSearch(props: SearchProps) {
  const { above, text, onText, onAdd, onCreate } = props;
  const section = useRef<HTMLElement>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const catalogue = useCatalogue();
  const { boot } = useEngineStatus();
  const hits = useMemo(
    () => catalogue.search(text, text.trim() === "" ? SHORT : LONG),
    [catalogue, text],
  );
  // The suggestions above are what one came for: they are painted first.
  const shown = useDeferredValue(hits, NOTHING);
  const onList = new Set(above?.list.data?.recommendations.map(({ exercise }) => exercise.id));
  const name = cleanName(text);
  const known = catalogue.called(name);

  return (
    <section ref={section} className="stack-small search-section" aria-labelledby="all-exercises">
      <h3 id="all-exercises" className="heading">
        {T.picker.searchTitle}
      </h3>
      <SearchField className="search" aria-label={T.picker.search} value={text} onChange={onText}>
        <Icon name="search" />
        <Input
          className="input"
          placeholder={T.picker.searchHint}
          enterKeyHint="search"
          // What is found has to be seen above the keyboard.
          onFocus={() => section.current?.scrollIntoView({ block: "start" })}
        />
      </SearchField>
      {catalogue.all.length === 0 && <p className="muted">{T.picker.notYet}</p>}
      {catalogue.all.length > 0 && hits.length === 0 && (
        <p className="muted" role="status">
          {T.picker.noHits(name)}
        </p>
      )}
      {known && nameKey(known.name) !== nameKey(name) && (
        <p className="muted" role="status">
          {T.picker.listedAs(name, known.name)}
        </p>
      )}
      <ul className="hits">
        {shown.map((exercise) => (
          <li key={exercise.id} className="hit">
            <Hit
              exercise={exercise}
              isAsked={asked === exercise.id}
              // Without the engine, or for what is in the list, there is nothing to ask.
              onAsk={
                above && boot.phase === "ready" && !onList.has(exercise.id)
                  ? () => setAsked(asked === exercise.id ? null : exercise.id)
                  : null
              }
              onAdd={() => onAdd(exercise.id)}
            />
            {above && asked === exercise.id && <Explanation exerciseId={exercise.id} {...above} />}
          </li>
        ))}
      </ul>
      {onCreate && name !== "" && !known && (
        // Nobody should have to leave the workout because an exercise is missing.
        <Button className="button button-wide hit-create" onPress={() => onCreate(name)}>
          <Icon name="add" />
          <span>{T.picker.create(name)}</span>
        </Button>
      )}
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
  const { id, name } = exercise;
  const { toggleFavourite } = useActions();
  const isFavourite = useApp((state) => state.settings?.favoriteExercises?.includes(id) ?? false);
  return (
    <>
      <div className="hit-line">
        <div className="grow">
          <p className="hit-name">{name}</p>
          <p className="muted">{exerciseText(exercise)}</p>
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

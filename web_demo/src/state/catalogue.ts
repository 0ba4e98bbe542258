/** The exercise catalogue: a file beside the page, so no engine is needed, and one's own. */
import type { EngineClient, ExerciseDefinition } from "@voltlift/bridge";
import { useMemo } from "react";
import { create } from "zustand";
import { useApp } from "./store.ts";

interface CatalogueState {
  /** Empty until the file, or the engine, has answered. */
  exercises: readonly ExerciseDefinition[];
}

const useBundled = create<CatalogueState>()(() => ({ exercises: [] }));

/**
 * Read the catalogue: from its file at once, and from every engine that becomes ready, whose
 * word counts.
 */
export function followCatalogue(client: EngineClient): () => void {
  let generation = 0;
  fetch("catalogue.json")
    .then((response) => response.json())
    .then((exercises: unknown) => {
      if (generation === 0 && Array.isArray(exercises)) {
        useBundled.setState({ exercises: exercises.filter(isExercise) });
      }
    })
    .catch(() => undefined); // The engine will tell.
  const follow = (): void => {
    const boot = client.boot.get();
    if (boot.phase !== "ready" || boot.generation === generation) return;
    generation = boot.generation;
    client.call("catalogue", {}).then(
      ({ exercises }) =>
        // Custom exercises are the log's own; they come from the state.
        useBundled.setState({ exercises: exercises.filter(({ id }) => !id.startsWith("custom-")) }),
      () => undefined, // The list that is there stays.
    );
  };
  follow();
  return client.boot.subscribe(follow);
}

export interface Catalogue {
  all: readonly ExerciseDefinition[];
  find(id: string): ExerciseDefinition | undefined;
  /** The exercise's name; an id that nothing knows is made readable. */
  name(id: string): string;
  search(text: string, limit?: number): ExerciseDefinition[];
}

/** Every exercise that can be logged. */
export function useCatalogue(): Catalogue {
  const bundled = useBundled((state) => state.exercises);
  const custom = useApp((state) => state.customExercises);
  return useMemo(() => createCatalogue([...bundled, ...custom]), [bundled, custom]);
}

/** Look-ups and search over a list of exercises; of equal ids the last one counts. */
export function createCatalogue(exercises: readonly ExerciseDefinition[]): Catalogue {
  const byId = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const all = [...byId.values()];
  const texts = new Map(all.map((exercise) => [exercise.id, searchText(exercise)]));
  return {
    all,
    find: (id) => byId.get(id),
    name: (id) => byId.get(id)?.name ?? readableId(id),
    search(text, limit = 40) {
      const words = fold(text).split(" ").filter(Boolean);
      const hits = all.filter((exercise) => {
        const haystack = texts.get(exercise.id) ?? "";
        return words.every((word) => haystack.includes(` ${word}`));
      });
      const [first = ""] = words;
      const rank = (exercise: ExerciseDefinition): number =>
        (fold(exercise.name).startsWith(first) ? 0 : 1000) - (exercise.commonness ?? 1);
      return hits.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)).slice(0, limit);
    },
  };
}

function fold(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function searchText(exercise: ExerciseDefinition): string {
  const { name, muscleGroup, equipment, aliases = [], secondaryMuscles = [] } = exercise;
  return ` ${fold([name, ...aliases, muscleGroup, equipment, ...secondaryMuscles].join(" "))}`;
}

function readableId(id: string): string {
  const words = id
    .replace(/^custom-/, "")
    .replace(/[-_]+/g, " ")
    .trim();
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : id;
}

function isExercise(value: unknown): value is ExerciseDefinition {
  if (typeof value !== "object" || value === null) return false;
  const { id, name } = value as Partial<ExerciseDefinition>;
  return typeof id === "string" && typeof name === "string";
}

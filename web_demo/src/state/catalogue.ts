/** The exercise catalogue: a file beside the page, so no engine is needed, and one's own. */
import type { EngineClient, ExerciseDefinition } from "@voltlift/bridge";
import { create } from "zustand";
import { T } from "../texts.ts";
import { useApp } from "./store.ts";
import { fold, nameKey } from "./words.ts";

/** Names of exercises in the lifter's own language, by id; see `generate_names.py`. */
export type LocalNames = Readonly<Record<string, readonly string[]>>;

interface CatalogueState {
  /** Empty until the file, or the engine, has answered. */
  exercises: readonly ExerciseDefinition[];
  localNames: LocalNames;
}

const useBundled = create<CatalogueState>()(() => ({ exercises: [], localNames: {} }));
const LANGUAGES: readonly string[] = ["de", "es", "fr", "it", "pt", "tr", "zh"];

/** Let the search find exercises by their names in the language of the browser as well. */
export async function loadLocalNames(language: string = navigator.language): Promise<void> {
  const [code = ""] = language.toLowerCase().split("-");
  if (!LANGUAGES.includes(code)) return;
  try {
    const names: unknown = await (await fetch(`names/${code}.json`)).json();
    if (isLocalNames(names)) useBundled.setState({ localNames: names });
  } catch {} // English names find everything, too.
}

function isLocalNames(value: unknown): value is LocalNames {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((names) => Array.isArray(names))
  );
}

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
    // The first list of suggestions does not wait for further names.
    if (generation === 0) void loadLocalNames();
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
  /** The exercise that is called so, by name or alias; spelling and case do not count. */
  called(name: string): ExerciseDefinition | undefined;
  search(text: string, limit?: number): ExerciseDefinition[];
}

/** Every exercise that can be logged. */
export function useCatalogue(): Catalogue {
  const bundled = useBundled((state) => state.exercises);
  const custom = useApp((state) => state.customExercises);
  const removed = useApp((state) => state.removedExercises);
  const localNames = useBundled((state) => state.localNames);
  return shared(bundled, custom, removed, localNames);
}

type Exercises = readonly ExerciseDefinition[];
type Parts = readonly [
  bundled: Exercises,
  custom: Exercises,
  removed: Exercises,
  localNames: LocalNames,
];
let latest: { of: Parts; catalogue: Catalogue } | null = null;

/** One catalogue for all that look things up at the same time: it takes a while to make. */
function shared(...of: Parts): Catalogue {
  if (!latest?.of.every((list, at) => list === of[at])) {
    const [bundled, custom, removed, localNames] = of;
    latest = { of, catalogue: createCatalogue([...bundled, ...custom], removed, localNames) };
  }
  return latest.catalogue;
}

/**
 * Look-ups and search over a list of exercises; of equal ids the last one counts. What is
 * `removed` is found by its id alone, `localNames` are further names by id.
 */
export function createCatalogue(
  exercises: readonly ExerciseDefinition[],
  removed: readonly ExerciseDefinition[] = [],
  localNames: LocalNames = {},
): Catalogue {
  const aliases = (exercise: ExerciseDefinition): readonly string[] => [
    ...(exercise.aliases ?? []),
    ...(localNames[exercise.id] ?? []),
  ];
  const byId = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const all = [...byId.values()];
  const texts = new Map(
    all.map((exercise) => [exercise.id, searchText(exercise, aliases(exercise))]),
  );
  const gone = new Map(removed.map((exercise) => [exercise.id, exercise]));
  const find = (id: string): ExerciseDefinition | undefined => byId.get(id) ?? gone.get(id);
  // An exercise's own name counts for more than another one's alias.
  const byName = new Map([
    ...all.flatMap((own) => aliases(own).map((alias) => [nameKey(alias), own] as const)),
    ...all.map((own) => [nameKey(own.name), own] as const),
  ]);
  return {
    all,
    find,
    name: (id) => find(id)?.name ?? readableId(id),
    called: (name) => byName.get(nameKey(name)),
    search(text, limit = 40) {
      const words = fold(text).split(" ").filter(Boolean);
      const hits = all.filter((exercise) => {
        const haystack = texts.get(exercise.id) ?? "";
        return words.every((word) => haystack.includes(` ${word}`));
      });
      const [first = ""] = words;
      const exact = byName.get(words.join(" "));
      const rank = (exercise: ExerciseDefinition): number =>
        exercise === exact
          ? -1000
          : (fold(exercise.name).startsWith(first) ? 0 : 1000) - (exercise.commonness ?? 1);
      return hits.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)).slice(0, limit);
    },
  };
}

function searchText(exercise: ExerciseDefinition, aliases: readonly string[]): string {
  const { name, muscleGroup, equipment, secondaryMuscles = [] } = exercise;
  return ` ${fold([name, ...aliases, muscleGroup, equipment, ...secondaryMuscles].join(" "))}`;
}

/** Ids that were made at random, or from a hash, tell a reader nothing. */
const OPAQUE_ID = /^custom-[0-9a-f-]{12,}$/i;

function readableId(id: string): string {
  if (OPAQUE_ID.test(id)) return T.own.nameless;
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

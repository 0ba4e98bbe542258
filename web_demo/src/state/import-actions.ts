/** Keeping what a file holds, and taking it back. */
import type { ExerciseDefinition, ImportPreview, WorkoutSession } from "@voltlift/bridge";
import type { UndoneImport } from "@voltlift/bridge/storage";
import { defaultUnit, readSettings, type UserSettings } from "./app-state.ts";
import { newId } from "./ids.ts";
import { planImport, type Wishes } from "./import-plan.ts";
import { keptUnit } from "./kept-unit.ts";
import { type NameChoices, readNameChoices } from "./names.ts";
import { withImported } from "./own-exercises.ts";
import { faithful, isSession, readExport } from "./own-export.ts";
import type { Persistence, Store } from "./persistence.ts";

/** How an import is kept. */
export interface Keeping {
  /** Take the settings of the file. */
  settings: boolean;
  /** The log is that of the made-up lifter. */
  sample?: boolean;
  /** Muscle groups that the lifter gave to exercises of the file, by id. */
  groups?: ReadonlyMap<string, string>;
  wishes?: Wishes;
  /** What names stand for; remembered for the next file. */
  names?: NameChoices;
  /** Where it came from. */
  file?: File;
}

/** What became of an import. */
export interface Kept {
  /** By which it can be undone; null where nothing was noted. */
  id: string | null;
  added: number;
  extended: number;
}

export function createImportActions(store: Store, persistence: Persistence) {
  return {
    /** Store what a preview holds, all of it or nothing, as an import that can be undone. */
    async keepImport(preview: ImportPreview, keeping: Keeping): Promise<Kept> {
      const raw = await (keeping.file ? readExport(keeping.file).catch(() => null) : null);
      const state = store.getState();
      const plan = planImport(preview, state.history, keeping.wishes);
      // What the preview lists was decided there; what is stored stays as it is.
      const settled = new Set([...preview.sessions, ...state.history].map(({ id }) => id));
      const units = keptUnit(preview) ?? state.settings?.units ?? defaultUnit(navigator.language);
      const imported = keeping.settings ? readSettings(preview.settings, units) : null;
      const settings = withNames(imported ?? state.settings ?? { units }, state.settings, keeping);
      const active = state.activeWorkout ? null : readActive(preview.documents?.activeWorkout);
      const removed = readExercises(preview.documents?.removedExercises);
      const own = withImported(state, preview.customExercises, keeping.groups);
      const id = keeping.file ? newId() : null;
      await persistence.commit({
        sessions: [
          ...(raw ? faithful(plan.sessions, raw, settled) : plan.sessions),
          ...(active && raw ? [active] : []),
        ],
        ...(settings === state.settings ? {} : { settings }),
        ...own,
        removedExercises: withRemoved(own.removedExercises, removed, own.customExercises),
        // What was said of a day counts for more than what a file says of it.
        ...(preview.dailyLogs ? { dailyLogs: { ...preview.dailyLogs, ...state.dailyLogs } } : {}),
        ...(keeping.sample ? { sample: true } : {}),
        ...(id && keeping.file
          ? { import: { id, fileName: keeping.file.name, app: preview.app, at: Date.now() } }
          : {}),
      });
      return { id, added: plan.added, extended: plan.extended };
    },

    /** Take an import back; what was edited since stays as it is. */
    undoImport: (id: string): Promise<UndoneImport> => persistence.undoImport(id),
  };
}

/** Settings with the choices of names: those of earlier files, and the ones just made. */
function withNames(
  settings: UserSettings,
  before: UserSettings | null,
  { names = {} }: Keeping,
): UserSettings {
  const nameChoices = { ...readNameChoices(settings), ...readNameChoices(before), ...names };
  if (Object.keys(nameChoices).length === 0) return settings;
  const known = JSON.stringify(readNameChoices(settings));
  return JSON.stringify(nameChoices) === known ? settings : { ...settings, nameChoices };
}

/** Deleted exercises keep the names of their sets; one that is there again is not deleted. */
function withRemoved(
  known: readonly ExerciseDefinition[],
  more: readonly ExerciseDefinition[],
  own: readonly ExerciseDefinition[],
): ExerciseDefinition[] {
  const there = new Set([...known, ...own].map(({ id }) => id));
  return [...known, ...more.filter(({ id }) => !there.has(id))];
}

function readExercises(value: unknown): ExerciseDefinition[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is ExerciseDefinition => {
    const { id, name, muscleGroup, equipment, category } = (item ?? {}) as Record<string, unknown>;
    return [id, name, muscleGroup, equipment, category].every((text) => typeof text === "string");
  });
}

/** The workout that was going on; null where there is none that could go on. */
function readActive(value: unknown): WorkoutSession | null {
  return isSession(value) && value.status === "active" ? value : null;
}

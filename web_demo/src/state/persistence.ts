/** Keeps the app state in the log store: what is shown as done has been written before. */
import type { WorkoutSession } from "@voltlift/bridge";
import type {
  ForeignChange,
  ImportSource,
  LogContent,
  LogStore,
  UndoneImport,
} from "@voltlift/bridge/storage";
import { Draft, requestPersistence } from "@voltlift/bridge/storage";
import { type AppState, defaultUnit, mergeSessions, newestFirst } from "./app-state.ts";
import {
  afterUndo,
  documentsOf,
  emptied,
  readDocuments,
  type StoredParts,
  shownSessions,
  splitActive,
} from "./stored.ts";

/** The part of a Zustand store that is needed here. */
export interface Store {
  getState(): AppState;
  setState(change: Partial<AppState> | ((state: AppState) => Partial<AppState>)): void;
}

/** Everything that is stored in one go. */
export interface Change extends StoredParts {
  sessions?: WorkoutSession[];
  deleted?: string[];
  /** Where it came from, for what can be undone as a whole. */
  import?: ImportSource;
}

export interface Persistence {
  /** The store itself, for what is stored, backups and imports. */
  readonly log: LogStore;
  /** Read the stored log into the state. */
  open(): Promise<void>;
  /** Show a new version of the active workout at once, and write it. */
  saveWorkout(workout: WorkoutSession): void;
  /** Resolves once the active workout's latest version was written (or has failed). */
  idle(): Promise<void>;
  /** Write first, then show. Rejects with the store's error, leaving the state as it was. */
  commit(change: Change): Promise<void>;
  /** Take an import back; what was edited since stays. */
  undoImport(id: string): Promise<UndoneImport>;
  /** Replace everything by a backup. */
  restoreBackup(id: string): Promise<void>;
  /** Delete everything that is stored. */
  erase(): Promise<void>;
  /** Look for other tabs' changes, and for storage where it was lost. */
  refresh(): Promise<void>;
}

/** Keep `store` in `log`. `open` has to come first. */
export function createPersistence(
  store: Store,
  log: LogStore,
  options: { locale?: string; now?: () => number } = {},
): Persistence {
  const fallbackUnit = defaultUnit(options.locale ?? "en");
  const now = options.now ?? Date.now;

  const noteError = (error: unknown): void =>
    store.setState((state) => ({ storage: { ...state.storage, error } }));

  const noteStored = (): void => noteError(null);

  const show = (sessions: readonly WorkoutSession[]): void =>
    store.setState((state) => ({ history: mergeSessions(state.history, sessions) }));

  const draft = new Draft({
    async write(mine, base) {
      const bases = { sessions: base ? [base] : [] };
      const { merged } = await log.write({ sessions: [mine], bases, keepUnsaved: true });
      return merged[0] ?? mine;
    },
    changed(shown, saved) {
      // Another tab may have finished it while a change of ours is on its way.
      const active = shown?.status === "active" ? shown : null;
      store.setState((state) => ({
        activeWorkout: active,
        savedWorkout: active && saved,
        ...(shown && !active ? { history: mergeSessions(state.history, [shown]) } : {}),
      }));
    },
    stored: noteStored,
    passed: (session) => show(splitActive([session], now()).completed),
    failed: noteError,
  });

  /** Another tab has started or changed a workout that is going on. */
  const adoptActive = (theirs: WorkoutSession): void => {
    const { shown, saved } = draft;
    if (shown?.id === theirs.id) draft.hear(theirs);
    else if (shown?.status !== "active" || theirs.startTime > shown.startTime) {
      if (shown) {
        show(splitActive([theirs, shown], now()).completed);
        // What of it was not written yet is not lost with it.
        const bases = { sessions: saved ? [saved] : [] };
        const write = { sessions: [shown], bases, keepUnsaved: true };
        if (shown !== saved) log.write(write).catch(noteError);
      }
      draft.open(theirs);
    } else show(splitActive([shown, theirs], now()).completed);
  };

  const adopt = (change: ForeignChange): void => {
    const { active, completed } = splitActive(change.sessions, now());
    const mine = draft.shown?.id;
    if (change.erased) {
      draft.open(null);
      store.setState(emptied);
    }
    store.setState((state) => ({
      history: mergeSessions(
        state.history,
        completed.filter(({ id }) => id !== mine),
        [...change.deleted, ...(active ? [active.id] : [])],
      ),
      ...readDocuments(change.documents, fallbackUnit),
    }));
    const finished = change.sessions.find(({ id }) => id === mine);
    if (change.erased) show(completed);
    else if (mine !== undefined && change.deleted.includes(mine)) draft.hear(null);
    else if (finished && finished !== active) {
      draft.hear(finished);
      if (draft.shown === draft.saved && finished.status !== "active") draft.open(null);
    }
    if (active) adoptActive(active);
  };

  const showContent = ({ sessions, documents }: LogContent): void => {
    const { active, completed } = splitActive(sessions, now());
    store.setState((state) => ({
      ...emptied(state),
      history: newestFirst(completed),
      ...readDocuments(documents, fallbackUnit),
    }));
    draft.open(active);
  };

  const noteStatus = (): void =>
    store.setState(({ storage }) => ({
      storage: { ...storage, durable: log.durable, reason: log.reason ?? null },
    }));

  return {
    log,

    async open() {
      showContent(await log.load());
      noteStored();
      noteStatus();
      log.subscribe(adopt);
      log.onStatus(noteStatus);
    },

    saveWorkout: (workout) => draft.change(workout),

    idle: () => draft.idle(),

    async commit(change) {
      const { sessions = [], deleted = [] } = change;
      const before = store.getState();
      const touched = new Set([...deleted, ...sessions.map(({ id }) => id)]);
      const made = shownSessions(before, touched);
      const { shown, saved } = draft;
      await draft.idle();
      // What was shown has been stored by now, unless that failed: then it is part of this change.
      const failed = draft.shown !== draft.saved;
      const bases = made.flatMap((session) =>
        session !== shown || !failed ? session : (saved ?? []),
      );
      const written = await log
        .write({
          sessions,
          deleted,
          // All of it or nothing: an exercise never leaves one list without entering the other.
          documents: documentsOf(change),
          bases: { sessions: bases, documents: documentsOf(onlyOf(before, change)) },
          ...(change.import ? { import: change.import } : {}),
        })
        .catch((error) => {
          noteError(error);
          throw error;
        });
      const merged = new Map(written.merged.map((session) => [session.id, session]));
      const stored = sessions.map((session) => merged.get(session.id) ?? session);
      const kept = written.merged.filter(({ id }) => written.kept.includes(id));
      const gone = deleted.filter((id) => !written.kept.includes(id));
      const { active, completed } = splitActive([...stored, ...kept], now());
      if (draft.shown && touched.has(draft.shown.id)) draft.open(null);
      store.setState((state) => ({
        history: mergeSessions(state.history, completed, [...gone, ...(active ? [active.id] : [])]),
        ...readDocuments({ ...documentsOf(change), ...written.documents }, fallbackUnit),
      }));
      if (active) draft.open(active);
      noteStored();
      // The first training of one's own is the moment at which there is something to keep.
      const first = before.history.length === 0 && completed.length > 0;
      if ((first || change.import) && !store.getState().sample) void requestPersistence();
    },

    async undoImport(id) {
      await draft.idle();
      const undone = await log.undoImport(id);
      store.setState((state) => ({
        ...afterUndo(state, undone, now()),
        ...readDocuments(undone.documents, fallbackUnit),
      }));
      const active = undone.restored.find(({ status }) => status === "active");
      if (active) adoptActive(active);
      else if (draft.shown && undone.removed.includes(draft.shown.id)) draft.open(null);
      return undone;
    },

    async restoreBackup(id) {
      await draft.idle();
      showContent(await log.restoreBackup(id));
      noteStored();
    },

    async erase() {
      await draft.idle();
      await log.erase();
      draft.open(null);
      store.setState(emptied);
      noteStored();
    },

    async refresh() {
      if (log.durable) await log.refresh();
      else await log.retry();
    },
  };
}

/** Of the documents that a change has, what the state had before. */
function onlyOf(state: AppState, change: StoredParts): StoredParts {
  const entries = Object.keys(documentsOf(change)).map((name) => [
    name,
    state[name as keyof StoredParts] ?? undefined,
  ]);
  return Object.fromEntries(entries) as StoredParts;
}

/** What is stored, looked at again whenever it may have changed. */
import { useCallback, useEffect, useState } from "react";
import { useActions } from "../app-context.ts";
import type { StorageView } from "./data-actions.ts";
import { useApp } from "./store.ts";

/** Changes often come in a row; the storage is measured after the last of them. */
const PAUSE_MS = 150;

/** The storage as it is; null until it has been looked at. */
export function useStorageView(): { view: StorageView | null; refresh(): void } {
  const { lookAtStorage } = useActions();
  const history = useApp((state) => state.history);
  const settings = useApp((state) => state.settings);
  const [view, setView] = useState<StorageView | null>(null);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: log and settings are what changes it; `round` asks again.
  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(
      () =>
        lookAtStorage().then(
          (next) => !isGone && setView(next),
          () => undefined, // The storage notice says what is wrong.
        ),
      view === null ? 0 : PAUSE_MS,
    );
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [lookAtStorage, history, settings, round]);

  const refresh = useCallback(() => setRound((count) => count + 1), []);
  return { view, refresh };
}

/** Whether an export is due, in one line's worth; null where it is not. */
export function useExportDue(): StorageView["reminder"] {
  const { exportDue } = useActions();
  const history = useApp((state) => state.history);
  const sample = useApp((state) => state.sample);
  const [due, setDue] = useState<StorageView["reminder"]>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed log is asked about again.
  useEffect(() => {
    let isGone = false;
    exportDue().then(
      (next) => !isGone && setDue(next),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [exportDue, history]);

  // Nobody misses a made-up log.
  return sample ? null : due;
}

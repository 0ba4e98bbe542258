/** Taking the data along, going back to a backup, and getting rid of everything. */
import type { ExportCsvRequest, Issue } from "@voltlift/bridge";
import { createSessionCache } from "@voltlift/bridge";
import {
  type BackupEntry,
  type ExportState,
  exportReminder,
  type ImportEntry,
  requestPersistence,
  type StorageReport,
  storageReport,
} from "@voltlift/bridge/storage";
import { client, here, LONG_CALL } from "../engine.ts";
import { writeExport } from "./own-export.ts";
import type { Persistence, Store } from "./persistence.ts";

/** A file to hand to the lifter. */
export interface ExportFile {
  name: string;
  content: Blob;
  /** What its format cannot hold. */
  leftOut: readonly Issue[];
}

/** Everything that the data page shows of the storage. */
export interface StorageView {
  report: StorageReport;
  imports: ImportEntry[];
  backups: BackupEntry[];
  /** Null where an export is not due. */
  reminder: ReturnType<typeof exportReminder>;
}

export function createDataActions(store: Store, persistence: Persistence) {
  return {
    /** Everything that is stored, as a file that the import reads back without loss. */
    async exportJson(): Promise<ExportFile> {
      const content = await writeExport(store.getState());
      const name = `voltlift-${new Date().toISOString().slice(0, 10)}.json`;
      return { name, content, leftOut: [] };
    },

    /** Finished workouts as a table that other apps read; needs the engine. */
    async exportCsv(format: NonNullable<ExportCsvRequest["format"]>): Promise<ExportFile> {
      const { utcOffsetMinutes } = here();
      const sessions = store.getState().history;
      const { fileName, text, leftOut } = await client.call(
        "exportCsv",
        { sessions, format, utcOffsetMinutes },
        LONG_CALL,
      );
      return { name: fileName, content: new Blob([text], { type: "text/csv" }), leftOut };
    },

    /** Look at what is stored. */
    async lookAtStorage(): Promise<StorageView> {
      const { log } = persistence;
      const [report, imports, backups, state] = await Promise.all([
        storageReport(log),
        log.imports(),
        log.backups(),
        log.exportState(),
      ]);
      return { report, imports, backups, reminder: exportReminder(state, Date.now()) };
    },

    /** Whether an export is due; null where it is not. */
    async exportDue(): Promise<StorageView["reminder"]> {
      const state: ExportState = await persistence.log.exportState();
      return exportReminder(state, Date.now());
    },

    /** Ask the browser not to clear the storage; false where it does not promise it. */
    askToPersist: (): Promise<boolean> => requestPersistence(),

    /** Where the log is in memory: try to store it again. */
    retryStorage: (): Promise<boolean> => persistence.log.retry(),

    /** Take note that the lifter has a copy of everything. */
    noteExported: (): Promise<void> => persistence.log.markExported(),

    /** Replace everything by a backup. */
    restoreBackup: (id: string): Promise<void> => persistence.restoreBackup(id),

    /** Erase everything; returns what brings it back as it was. */
    async erase(): Promise<() => Promise<void>> {
      const before = store.getState();
      const { history, activeWorkout, settings } = before;
      await persistence.erase();
      createSessionCache().clear();
      return () =>
        persistence.commit({
          sessions: activeWorkout ? [...history, activeWorkout] : history,
          ...(settings ? { settings } : {}),
          dailyLogs: before.dailyLogs,
          customExercises: before.customExercises,
          removedExercises: before.removedExercises,
          sample: before.sample,
        });
    },
  };
}

/** When an export is due, and how much is stored. */
import { readMeta } from "./changes.js";
import { openFeatureStore } from "./feature-store.js";
import { parse } from "./reading.js";
import type { LogTables } from "./tables.js";
import type { ExportState, LogStore, StorageReason, TableSize } from "./types.js";

/** An export is due after this many workouts, or days, since the last one. */
export const EXPORT_WORKOUTS = 10;
export const EXPORT_DAYS = 30;

const DAY_MS = 86_400_000;

/**
 * Return what has piled up since the last export, or null while none is due: with
 * `EXPORT_WORKOUTS` new workouts, or with any after `EXPORT_DAYS` (counted from the first
 * thing stored, where nothing was ever exported).
 */
export function exportReminder(
  { lastExport, changedSince, firstStored }: ExportState,
  now: number,
): { newWorkouts: number; days: number | null } | null {
  if (changedSince === 0) return null;
  const since = lastExport ?? firstStored;
  // A clock that was set back is no reason to wait.
  const days = since === null ? 0 : Math.max(0, Math.floor((now - since) / DAY_MS));
  if (changedSince < EXPORT_WORKOUTS && days < EXPORT_DAYS) return null;
  return { newWorkouts: changedSince, days: lastExport === null ? null : days };
}

/** Note that a copy of everything up to now was taken away. */
export async function markExported(tables: LogTables, at: number): Promise<void> {
  const { revision } = await readMeta(tables);
  await tables.meta.put({ key: "export", at, revision });
}

export async function exportState(tables: LogTables): Promise<ExportState> {
  const [meta, last, all] = await Promise.all([
    readMeta(tables),
    tables.meta.get("export"),
    tables.sessions.all(),
  ]);
  const workouts = all.filter(({ text }) => !isActive(text));
  const exported = last?.key === "export" ? last : null;
  const since = exported?.revision ?? -1;
  return {
    lastExport: exported?.at ?? null,
    changedSince: workouts.filter(({ revision = 0 }) => revision > since).length,
    firstStored: meta.revision > 0 ? meta.created : null,
    workouts: workouts.length,
  };
}

/** A workout that is going on is none to be exported yet. */
function isActive(text: string): boolean {
  // Most texts need not be parsed for it.
  if (!text.includes('"active"')) return false;
  return (parse(text) as { status?: unknown } | null | undefined)?.status === "active";
}

/** Entries and length of their texts, by table. */
export async function measure(tables: LogTables): Promise<TableSize[]> {
  const [sessions, documents, imports, undo, backups] = await Promise.all([
    tables.sessions.all(),
    tables.documents.all(),
    tables.imports.all(),
    tables.importUndo.all(),
    tables.backups.all(),
  ]);
  const lengths = (rows: readonly object[]) =>
    rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0);
  const texts = (rows: readonly { text: string }[]) =>
    rows.reduce((sum, { text }) => sum + text.length, 0);
  return [
    { name: "sessions", entries: sessions.length, bytes: texts(sessions) },
    { name: "documents", entries: documents.length, bytes: texts(documents) },
    { name: "imports", entries: imports.length, bytes: lengths(imports) + lengths(undo) },
    {
      name: "backups",
      entries: backups.length,
      bytes: backups.reduce((sum, { bytes }) => sum + bytes, 0),
    },
  ];
}

/** What is stored on this device, for the lifter to see. */
export interface StorageReport {
  durable: boolean;
  reason?: StorageReason;
  sessions: number;
  documents: number;
  /** Ids and names that are kept although they cannot be read. */
  damaged: string[];
  tables: TableSize[];
  /** What the browser says about this page as a whole, with its files; null: it does not. */
  usage: number | null;
  quota: number | null;
  /** Whether the browser keeps it when space runs out; null: it does not say. */
  persisted: boolean | null;
  lastExport: number | null;
}

/** Measure what is stored: the log, and the engine's columns and other derived data. */
export async function storageReport(log: LogStore): Promise<StorageReport> {
  const [own, derived, { lastExport }, damaged, estimate] = await Promise.all([
    log.sizes(),
    derivedSizes(),
    log.exportState(),
    log.damaged(),
    estimated(),
  ]);
  const entries = (name: string) => own.find((table) => table.name === name)?.entries ?? 0;
  return {
    durable: log.durable,
    ...(log.reason === undefined ? {} : { reason: log.reason }),
    sessions: entries("sessions"),
    documents: entries("documents"),
    damaged,
    tables: [...own, ...derived],
    ...estimate,
    lastExport,
  };
}

/** The history columns, and all other derived data in one. */
async function derivedSizes(): Promise<TableSize[]> {
  const features = await openFeatureStore();
  try {
    const sizes = await features.sizes();
    const columns = sizes.filter(({ name }) => name === "historyColumns");
    const others = sizes.filter(({ name }) => name !== "historyColumns");
    const sum = (key: "entries" | "bytes") => others.reduce((all, table) => all + table[key], 0);
    return [...columns, { name: "derived", entries: sum("entries"), bytes: sum("bytes") }];
  } catch {
    return [];
  } finally {
    features.close();
  }
}

async function estimated(): Promise<Pick<StorageReport, "usage" | "quota" | "persisted">> {
  const storage = typeof navigator === "undefined" ? undefined : navigator.storage;
  const [estimate, persisted] = await Promise.all([
    storage?.estimate?.().catch(() => null),
    storage?.persisted?.().catch(() => null),
  ]);
  return {
    usage: estimate?.usage ?? null,
    quota: estimate?.quota ?? null,
    persisted: persisted ?? null,
  };
}

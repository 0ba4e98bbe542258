/** Texts of the data page: what is stored, taken along, taken back and got rid of. */
import { formatNumber } from "../state/numbers.ts";
import { bytesText, count, setsText, workoutsText } from "../wording.ts";

export const DATA_TEXTS = {
  title: "Your data",
  open: "Your data: export, import, erase",
  stored: "On this device",
  workouts: "Workouts",
  sets: "Sets",
  size: "Size",
  durable: "Stored in this browser, on this device only.",
  persisted: "The browser keeps it until you delete it.",
  notPersisted:
    "The browser may clear it when the device runs out of space. Export from time to time.",
  askPersist: "Ask the browser to keep it",
  persistGranted: "The browser keeps it now.",
  persistDenied:
    "The browser decided not to promise it. Adding the page to your home screen helps.",
  retry: "Try to store it again",
  quota: (used: string, quota: string) => `${used} of ${quota} that this page may use.`,
  tables: {
    sessions: "Workouts",
    documents: "Settings and exercises",
    imports: "Imports, to undo them",
    backups: "Backups",
    historyColumns: "Prepared for the suggestions",
    derived: "Prepared for the suggestions",
  },
  models: "Models",
  tablesLabel: "What takes how much space",
  table: "Part",
  entries: "Entries",
  bytes: "Size",
  showTable: "As a table",
  damaged: (n: number) =>
    `${count(n, "record", "records")} cannot be read. They are kept as they are and not counted.`,

  reminder: (workouts: number, days: number | null) =>
    days === null
      ? `${workoutsText(workouts)} not exported yet.`
      : `${workoutsText(workouts)} new or changed since your last export, ` +
        `${count(days, "day", "days")} ago.`,
  exportNow: "Export now",

  takeAlong: "Take it along",
  lastExport: (day: string) => `Last export: ${day}.`,
  neverExported: "Not exported yet.",
  json: "Export everything",
  jsonHint: "One JSON file that this page reads back without loss.",
  strong: "CSV for Strong",
  hevy: "CSV for Hevy",
  csvHint: "Finished workouts only, for other apps and spreadsheets.",
  exporting: "Writing the file",
  exported: (file: string) => `${file} is written.`,
  exportedShort: (file: string, n: number) =>
    `${file} is written. ${count(n, "detail", "details")} that CSV cannot hold are left out.`,
  nothingToExport: "There is nothing to export yet.",

  bring: "Bring something in",
  bringHint: "Exports of Strong, Hevy, FitNotes, Fitbod (CSV) or VoltLift (JSON).",
  importFile: "Import a file",
  imports: "Imports",
  noImports: "Imported files are listed here, and each can be undone.",
  importText: (added: number, replaced: number) =>
    [
      added > 0 ? `${formatNumber(added)} added` : "",
      replaced > 0 ? `${formatNumber(replaced)} extended` : "",
    ]
      .filter(Boolean)
      .join(", ") || "nothing new",
  apps: {
    strong: "Strong",
    hevy: "Hevy",
    fitnotes: "FitNotes",
    fitbod: "Fitbod",
    app_state: "VoltLift",
  },
  undoImport: "Undo this import",
  undoNamed: (file: string) => `Undo this import: ${file}`,
  undoneAt: (day: string) => `Undone ${day}`,
  undoing: "Undoing",

  backups: "Backups",
  noBackups: "A copy is kept before the storage changes its form; the last two stay.",
  backupText: (sessions: number, bytes: number) => `${workoutsText(sessions)}, ${bytesText(bytes)}`,
  backupReason: { migration: "Before an update", restore: "Before a restore" },
  restore: "Restore",
  restoreNamed: (day: string) => `Restore: ${day}`,
  restored: "The backup is restored. What was there before is a backup now.",

  erase: "Erase everything",
  eraseTitle: "Erase everything?",
  eraseText: (workouts: number, sets: number) =>
    `${workoutsText(workouts)} with ${setsText(sets)}, your settings, imports, backups and models ` +
    "are deleted from this device. You can undo it until you close the page.",
  erased: "Everything is erased.",
  cancel: "Cancel",
  broughtBack: "Everything is back.",

  network: "Network",
  zeroBytes: "0 bytes left this phone",
  leftPhone: (n: number, all: number) =>
    `${formatNumber(n)} of ${count(all, "request", "requests")} went to another address.`,
  requests: (n: number) =>
    `${count(n, "request", "requests")} since this page was opened, all to its own address.`,
  networkRule:
    "Counted in this page. Its security policy also keeps every worker from reaching any " +
    "other address, so your log cannot leave this device.",
} as const;

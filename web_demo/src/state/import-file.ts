/** The files that are being looked at, between choosing them and keeping them. */
import type { CallProgress, ImportPreview } from "@voltlift/bridge";
import { EngineError, MAX_IMPORT_BYTES } from "@voltlift/bridge";
import type { Connection } from "@voltlift/bridge/zustand";
import { useEffect, useRef, useState } from "react";
import { create } from "zustand";
import { client, here, LONG_CALL } from "../engine.ts";
import { bytesText, T } from "../texts.ts";
import type { Unit } from "./app-state.ts";
import { nextTurn } from "./breathe.ts";
import type { NameChoices } from "./names.ts";

/** The largest table; what is no JSON is one. */
export const MAX_TABLE_BYTES = 25_000_000;

/** Choices come one tap after the other; the file is read again after the last of them. */
const NAMES_PAUSE_MS = 400;

interface ImportQueue {
  /** The one that is looked at. */
  file: File | null;
  /** Those that come after it. */
  waiting: readonly File[];
  /** Which of how many this is. */
  at: number;
  of: number;
}

const EMPTY: ImportQueue = { file: null, waiting: [], at: 0, of: 0 };

export const useImportFile = create<ImportQueue>()(() => EMPTY);

/** Look at these files, after those that wait already. */
export function addFiles(files: Iterable<File>): void {
  useImportFile.setState(({ file, waiting, at }) => {
    const all = [...waiting, ...files];
    const [first = null, ...rest] = all;
    return file
      ? { waiting: all, of: at + all.length }
      : { file: first, waiting: rest, at: Math.min(1, all.length), of: all.length };
  });
}

/** Go on with the next file; false where there is none. */
export function nextFile(): boolean {
  const { waiting, at, of } = useImportFile.getState();
  const [file, ...rest] = waiting;
  useImportFile.setState(file ? { file, waiting: rest, at: at + 1, of } : EMPTY);
  return file !== undefined;
}

/** Look at another file in place of this one; the others keep waiting. */
export function replaceFile(file: File): void {
  useImportFile.setState({ file });
}

/** Forget all files. */
export function clearFiles(): void {
  useImportFile.setState(EMPTY);
}

export type PreviewState =
  | { status: "reading"; preview: ImportPreview | null; progress: CallProgress | null }
  | { status: "ready"; preview: ImportPreview }
  | { status: "failed"; preview: null; error: unknown };

const READING: PreviewState = { status: "reading", preview: null, progress: null };

interface Question {
  file: File | null;
  /** Overrides what the file seems to say. */
  unit: Unit | null;
  names: NameChoices;
}

/**
 * Let the engine read a file, without storing anything.
 *
 * While it is read again for another unit or name, the last preview stays, so that the page
 * does not jump. Another file, or leaving, stops the reading.
 */
export function usePreview(question: Question, connection: Connection): PreviewState {
  const { file, unit, names } = question;
  const [state, setState] = useState<PreviewState & { of: File | null }>({ ...READING, of: null });
  const asked = useRef<Question>({ file: null, unit: null, names: {} });

  useEffect(() => {
    if (!file) return;
    const abort = new AbortController();
    const before = asked.current;
    asked.current = { file, unit, names };
    const isAnother = before.file !== file;
    setState(({ preview }) => {
      const kept = isAnother ? null : preview;
      return { status: "reading", preview: kept, progress: null, of: file };
    });
    const pause = !isAnother && before.unit === unit ? NAMES_PAUSE_MS : 0;
    const timer = setTimeout(() => {
      readPreview({ file, unit, names }, connection, abort.signal, (progress) =>
        setState((now) => (now.status === "reading" ? { ...now, progress } : now)),
      ).then(
        (preview) => !abort.signal.aborted && setState({ status: "ready", preview, of: file }),
        (error: unknown) =>
          !abort.signal.aborted && setState({ status: "failed", preview: null, error, of: file }),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [file, unit, names, connection]);

  // The effect comes after the paint: what is left of another file is never shown.
  return state.of === file ? state : READING;
}

async function readPreview(
  { file, unit, names }: Question & { file: File },
  connection: Connection,
  signal: AbortSignal,
  onProgress: (progress: CallProgress) => void,
): Promise<ImportPreview> {
  await refuseTooLarge(file);
  const bytes = await file.arrayBuffer().catch((cause: unknown) => {
    throw unreadable(cause);
  });
  // What is known is told by the engine's log, so that has to be the page's.
  await connection.synced().catch(() => undefined);
  const request = { fileName: file.name, unit, names, ...here() };
  const preview = await client.call("previewImport", request, {
    ...LONG_CALL,
    bytes,
    signal,
    onProgress,
  });
  // Reading a long answer and showing it are each a piece of work.
  await nextTurn();
  return preview;
}

/**
 * Refuse what is too large before it is read.
 *
 * @throws {EngineError} `file_too_large`, with what would be accepted.
 */
export async function refuseTooLarge(file: Blob): Promise<void> {
  if (file.size <= MAX_TABLE_BYTES) return;
  const limit = file.size > MAX_IMPORT_BYTES ? MAX_IMPORT_BYTES : await limitOf(file);
  if (file.size <= limit) return;
  const megabytes = limit / 1_000_000;
  throw new EngineError("file_too_large", "the file is too large", {
    expected: T.import.tooLargeExpected(megabytes),
    received: bytesText(file.size),
    remedy: T.import.tooLargeRemedy(bytesText(file.size), bytesText(limit)),
  });
}

/** An app state begins with a brace; its limit is another one than that of a table. */
async function limitOf(file: Blob): Promise<number> {
  const head = await file
    .slice(0, 1_000)
    .text()
    .catch(() => "");
  return /^[\s\uFEFF]*[[{]/.test(head) ? MAX_IMPORT_BYTES : MAX_TABLE_BYTES;
}

function unreadable(cause: unknown): EngineError {
  const details = { remedy: T.import.unreadableRemedy };
  return new EngineError("unsupported_file", "the browser could not read it", details, { cause });
}

/** How much of each stage's work the whole is. */
const STAGES: ReadonlyMap<string, readonly [from: number, to: number]> = new Map([
  ["reading", [0, 0.6]],
  ["building", [0.6, 0.85]],
  ["comparing", [0.85, 1]],
]);

/** How far the reading of a file is, 0-1; null where it cannot be told. */
export function shareDone(progress: CallProgress | null): number | null {
  const stage = progress && STAGES.get(progress.stage);
  if (!stage || progress.total <= 0) return null;
  const [from, to] = stage;
  return from + (to - from) * Math.min(1, progress.done / progress.total);
}

/** The file that is being looked at, between choosing it and keeping it. */
import type { ImportPreview } from "@voltlift/bridge";
import { useEffect, useState } from "react";
import { create } from "zustand";
import { client, here, LONG_CALL } from "../engine.ts";
import type { Unit } from "./app-state.ts";

export const useImportFile = create<{ file: File | null }>()(() => ({ file: null }));

export type PreviewState =
  | { status: "reading"; preview: ImportPreview | null }
  | { status: "ready"; preview: ImportPreview }
  | { status: "failed"; preview: null; error: unknown };

/**
 * Let the engine read `file`, without storing anything.
 *
 * `unit` overrides what the file seems to say; while it is read again, the last preview
 * stays, so that the page does not jump.
 */
export function useImportPreview(file: File | null, unit: Unit | null): PreviewState {
  const [state, setState] = useState<PreviewState>({ status: "reading", preview: null });

  useEffect(() => {
    if (!file) return;
    const abort = new AbortController();
    setState((before) => ({ status: "reading", preview: before.preview }));
    file
      .arrayBuffer()
      .then((bytes) =>
        client.call(
          "previewImport",
          { fileName: file.name, unit, ...here() },
          { ...LONG_CALL, bytes, signal: abort.signal },
        ),
      )
      .then(
        (preview) => !abort.signal.aborted && setState({ status: "ready", preview }),
        (error: unknown) =>
          !abort.signal.aborted && setState({ status: "failed", preview: null, error }),
      );
    return () => abort.abort();
  }, [file, unit]);

  return state;
}

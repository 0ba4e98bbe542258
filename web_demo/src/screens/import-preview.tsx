/** A file's report with everything that can be chosen, and the way to keep it. */
import type { ImportPreview } from "@voltlift/bridge";
import { errorText } from "@voltlift/bridge/text";
import { useEffect, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import type { Unit } from "../state/app-state.ts";
import { useArrival } from "../state/arrival.ts";
import { nextTurn } from "../state/breathe.ts";
import { nextFile, useImportFile } from "../state/import-file.ts";
import { planImport, type Wishes } from "../state/import-plan.ts";
import { type NameChoices, withChoice } from "../state/names.ts";
import { useApp } from "../state/store.ts";
import { T } from "../texts.ts";
import { goTo } from "../ui/route.ts";
import { clearNotices } from "../ui/toasts.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { UnmatchedNames } from "./import-names.tsx";
import { ImportReport, whyKept } from "./import-report.tsx";
import { SessionLists } from "./import-sessions.tsx";
import { offerUndoImport } from "./import-undo.ts";

interface PreviewProps {
  file: File;
  preview: ImportPreview;
  /** It is being read again, for another unit or name. */
  busy: boolean;
  names: NameChoices;
  onUnit(unit: Unit): void;
  onNames(names: NameChoices): void;
  onCancel(): void;
}

export function Preview(props: PreviewProps) {
  const { file, preview, busy, names, onUnit, onNames, onCancel } = props;
  const { keepImport, undoImport } = useActions();
  const first = useApp((state) => state.settings === null);
  const history = useApp((state) => state.history);
  const isLast = useImportFile((state) => state.waiting.length === 0);
  const [withSettings, setWithSettings] = useState(first);
  const [groups, setGroups] = useState<ReadonlyMap<string, string>>(new Map());
  const [wishes, setWishes] = useState<Wishes>(new Map());
  const [keeping, setKeeping] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const hasSettings = preview.settings !== null && preview.settings !== undefined;
  const plan = useMemo(() => planImport(preview, history, wishes), [preview, history, wishes]);
  const isEmpty = plan.sessions.length === 0;

  useEffect(() => {
    document.getElementById("import-found")?.focus();
  }, []);

  const keep = async (): Promise<void> => {
    setKeeping(true);
    setError(null);
    try {
      const settings = withSettings && hasSettings;
      const kept = await keepImport(preview, { settings, groups, wishes, names, file });
      // The log that has just arrived and the page about it are each a piece of work.
      await nextTurn();
      // What older messages would bring back belongs to the log before this.
      clearNotices();
      const changed = kept.added + kept.extended;
      const message = changed > 0 ? T.import.added(file.name, changed) : "";
      useArrival.setState({ importId: kept.id, message, unit: whyKept(preview) });
      if (!nextFile()) goTo("arrived", "", true);
      // The page that the last file leads to has its own way back.
      else if (kept.id && message) offerUndoImport(kept.id, message, undoImport);
    } catch (failure) {
      setError(failure);
      setKeeping(false);
    }
  };

  return (
    <>
      <ImportReport preview={preview} plan={plan} onUnit={onUnit} />
      <UnmatchedNames
        preview={preview}
        names={names}
        onName={(name, exerciseId) => onNames(withChoice(names, name, exerciseId))}
        groups={groups}
        onGroup={(id, group) => setGroups(new Map(groups).set(id, group))}
      />
      <SessionLists preview={preview} wishes={wishes} onWishes={setWishes} />
      {hasSettings && (
        <Toggle
          label={T.import.takeSettings}
          isSelected={withSettings}
          onChange={setWithSettings}
        />
      )}
      {error !== null && (
        <p className="notice notice-danger" role="alert">
          {errorText(error)}
        </p>
      )}
      <div className="import-actions">
        <Button className="button" onPress={onCancel} isDisabled={keeping}>
          {T.import.cancel}
        </Button>
        <Button
          className="button button-primary grow"
          onPress={keep}
          isDisabled={keeping || busy || preview.sessions.length === 0}
        >
          {keepLabel({ keeping, busy, isEmpty: isEmpty && !hasSettings, isLast })}
        </Button>
      </div>
    </>
  );
}

function keepLabel(state: {
  keeping: boolean;
  busy: boolean;
  isEmpty: boolean;
  isLast: boolean;
}): string {
  if (state.keeping) return T.import.keeping;
  if (state.busy) return T.import.checking;
  if (!state.isEmpty) return T.import.keep;
  return state.isLast ? T.import.keepNothing : T.import.next;
}

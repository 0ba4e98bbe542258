/** What was brought in, with a way back; and the backups. */
import type { BackupEntry, ImportEntry } from "@voltlift/bridge/storage";
import { errorText } from "@voltlift/bridge/text";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { dayText, T, timeText } from "../texts.ts";
import { FileButton } from "../ui/file-drop.tsx";
import { notify } from "../ui/toasts.tsx";
import type { SectionProps } from "./data-stored.tsx";
import { reportUndo } from "./import-undo.ts";

export function ImportsSection({ view, onChanged }: SectionProps) {
  const imports = view?.imports ?? [];
  return (
    <section className="card stack" aria-labelledby="data-imports">
      <h2 id="data-imports" className="heading">
        {T.data.bring}
      </h2>
      <div className="stack-small">
        <FileButton label={T.data.importFile} />
        <p className="muted">{T.data.bringHint}</p>
      </div>
      <div className="stack-small">
        <h3 className="label">{T.data.imports}</h3>
        {imports.length === 0 && <p className="muted">{T.data.noImports}</p>}
        <ul className="own-list">
          {imports.map((entry) => (
            <ImportItem key={entry.id} entry={entry} onChanged={onChanged} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function ImportItem({ entry, onChanged }: { entry: ImportEntry; onChanged(): void }) {
  const { undoImport } = useActions();
  const [undoing, setUndoing] = useState(false);
  const undo = async (): Promise<void> => {
    setUndoing(true);
    await reportUndo(undoImport(entry.id));
    setUndoing(false);
    onChanged();
  };
  const about = [
    appName(entry.app),
    `${dayText(entry.at)}, ${timeText(entry.at)}`,
    T.data.importText(entry.added, entry.replaced),
  ];
  return (
    <li className="stack-small">
      <p className="data-file">{entry.fileName}</p>
      <p className="muted">{about.filter(Boolean).join(" · ")}</p>
      {entry.undoneAt === undefined ? (
        <Button
          className="button data-undo"
          isDisabled={undoing}
          aria-label={T.data.undoNamed(entry.fileName)}
          onPress={undo}
        >
          {undoing ? T.data.undoing : T.data.undoImport}
        </Button>
      ) : (
        <p className="muted">{T.data.undoneAt(dayText(entry.undoneAt))}</p>
      )}
    </li>
  );
}

function appName(app: string): string {
  const names: Readonly<Record<string, string>> = T.data.apps;
  return Object.hasOwn(names, app) ? (names[app] ?? "") : app;
}

export function BackupsSection({ view, onChanged }: SectionProps) {
  const backups = view?.backups ?? [];
  return (
    <section className="card stack-small" aria-labelledby="data-backups">
      <h2 id="data-backups" className="heading">
        {T.data.backups}
      </h2>
      {backups.length === 0 && <p className="muted">{T.data.noBackups}</p>}
      <ul className="own-list">
        {backups.map((backup) => (
          <BackupItem key={backup.id} backup={backup} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

function BackupItem({ backup, onChanged }: { backup: BackupEntry; onChanged(): void }) {
  const { restoreBackup } = useActions();
  const [working, setWorking] = useState(false);
  const when = `${dayText(backup.at)}, ${timeText(backup.at)}`;
  const restore = async (): Promise<void> => {
    setWorking(true);
    try {
      await restoreBackup(backup.id);
      notify(T.data.restored);
    } catch (error) {
      notify(errorText(error));
    }
    setWorking(false);
    onChanged();
  };
  return (
    <li className="stack-small">
      <p className="data-file">
        {T.data.backupReason[backup.reason]}, {when}
      </p>
      <p className="muted">{T.data.backupText(backup.sessions, backup.bytes)}</p>
      <Button
        className="button data-undo"
        isDisabled={working}
        aria-label={T.data.restoreNamed(when)}
        onPress={restore}
      >
        {T.data.restore}
      </Button>
    </li>
  );
}

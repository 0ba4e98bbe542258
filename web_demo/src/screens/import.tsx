/** What a file holds, before anything of it is stored. */
import type { ImportPreview } from "@voltlift/bridge";
import { errorText } from "@voltlift/bridge/text";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import type { Unit } from "../state/app-state.ts";
import { useImportFile, useImportPreview } from "../state/import-file.ts";
import { useApp } from "../state/store.ts";
import { T } from "../texts.ts";
import { FileButton, FileDrop } from "../ui/file-drop.tsx";
import { Progress } from "../ui/progress.tsx";
import { goTo } from "../ui/route.ts";
import { Toggle } from "../ui/toggle.tsx";
import { TopBar } from "../ui/topbar.tsx";
import { ImportReport } from "./import-report.tsx";

export function ImportScreen() {
  const file = useImportFile((state) => state.file);
  const [unit, setUnit] = useState<Unit | null>(null);
  const result = useImportPreview(file, unit);
  const { boot } = useEngineStatus();
  const [named, setNamed] = useState(file);
  if (named !== file) {
    // Another file speaks for itself again.
    setNamed(file);
    setUnit(null);
  }

  return (
    <div className="page">
      <TopBar title={T.import.title} />
      {!file && <FileDrop />}
      {file && result.status === "reading" && (
        <Progress
          text={boot.phase === "ready" ? T.import.reading(file.name) : T.import.waiting}
          value={boot.phase === "ready" ? null : boot.progress}
        />
      )}
      {file && result.status === "failed" && (
        <div className="stack" role="alert">
          <div className="notice notice-danger">
            <div className="grow">
              <h2 className="heading">{T.import.failed}</h2>
              <p>{errorText(result.error)}</p>
            </div>
          </div>
          <FileButton label={T.import.another} primary />
        </div>
      )}
      {file && result.preview && (
        <Preview
          key={file.name}
          preview={result.preview}
          busy={result.status === "reading"}
          onUnit={setUnit}
        />
      )}
    </div>
  );
}

interface PreviewProps {
  preview: ImportPreview;
  busy: boolean;
  onUnit(unit: Unit): void;
}

function Preview({ preview, busy, onUnit }: PreviewProps) {
  const { keepImport } = useActions();
  const first = useApp((state) => state.settings === null);
  const [withSettings, setWithSettings] = useState(first);
  const [groups, setGroups] = useState<ReadonlyMap<string, string>>(new Map());
  const [keeping, setKeeping] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const hasSettings = preview.settings !== null && preview.settings !== undefined;

  useEffect(() => {
    document.getElementById("import-found")?.focus();
  }, []);

  const leave = (): void => {
    useImportFile.setState({ file: null });
    goTo("home");
  };
  const keep = async (): Promise<void> => {
    setKeeping(true);
    setError(null);
    try {
      await keepImport(preview, { settings: withSettings && hasSettings, groups });
      leave();
    } catch (failure) {
      setError(failure);
      setKeeping(false);
    }
  };

  return (
    <>
      <ImportReport
        preview={preview}
        onUnit={onUnit}
        groups={groups}
        onGroup={(id, group) => setGroups(new Map(groups).set(id, group))}
      />
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
        <Button className="button" onPress={leave} isDisabled={keeping}>
          {T.import.cancel}
        </Button>
        <Button
          className="button button-primary grow"
          onPress={keep}
          isDisabled={keeping || busy || preview.sessions.length === 0}
        >
          {keeping ? T.import.keeping : T.import.keep}
        </Button>
      </div>
    </>
  );
}

/** What files hold, one after the other, before anything of them is stored. */
import type { CallProgress } from "@voltlift/bridge";
import { errorText } from "@voltlift/bridge/text";
import { useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useConnection, useEngineStatus } from "../app-context.ts";
import type { Unit } from "../state/app-state.ts";
import {
  clearFiles,
  nextFile,
  replaceFile,
  shareDone,
  useImportFile,
  usePreview,
} from "../state/import-file.ts";
import { type NameChoices, readNameChoices } from "../state/names.ts";
import { useApp } from "../state/store.ts";
import { T } from "../texts.ts";
import { FileButton, FileDrop, useDropAnywhere } from "../ui/file-drop.tsx";
import { Progress } from "../ui/progress.tsx";
import { goTo } from "../ui/route.ts";
import { TopBar } from "../ui/topbar.tsx";
import { Preview } from "./import-preview.tsx";
import "./import.css";

export function ImportScreen() {
  const { file, at, of } = useImportFile();
  const isOver = useDropAnywhere();
  return (
    <div className={isOver ? "page import-over" : "page"}>
      <TopBar title={of > 1 ? T.import.titleOf(at, of) : T.import.title} />
      {isOver && (
        <p className="notice" role="status">
          {T.import.drop}
        </p>
      )}
      {/* Another file speaks for itself again. */}
      {file ? <Looked key={`${at}/${file.name}/${file.lastModified}`} file={file} /> : <FileDrop />}
    </div>
  );
}

/** Leave what is looked at; without another file there is nothing left to do here. */
function skip(): void {
  if (!nextFile()) goTo("home");
}

function Looked({ file }: { file: File }) {
  const connection = useConnection();
  const settings = useApp((state) => state.settings);
  const remembered = useMemo(() => readNameChoices(settings), [settings]);
  const [unit, setUnit] = useState<Unit | null>(null);
  const [chosen, setChosen] = useState<NameChoices>({});
  const names = useMemo(() => ({ ...remembered, ...chosen }), [remembered, chosen]);
  const result = usePreview({ file, unit, names }, connection);
  const stop = (): void => {
    clearFiles();
    goTo("home");
  };

  if (result.status === "failed") {
    return (
      <div className="stack" role="alert">
        <div className="notice notice-danger">
          <div className="grow">
            <h2 className="heading">{T.import.failed}</h2>
            <p className="import-file-name">{file.name}</p>
            <p>{errorText(result.error)}</p>
          </div>
        </div>
        <FileButton
          label={T.import.another}
          primary
          onFiles={([first]) => first && replaceFile(first)}
        />
        <Button className="button button-wide" onPress={skip}>
          {T.import.skip}
        </Button>
      </div>
    );
  }
  if (!result.preview) {
    return (
      <div className="stack">
        <Reading file={file} progress={result.status === "reading" ? result.progress : null} />
        <Button className="button button-wide" onPress={stop}>
          {T.import.stop}
        </Button>
      </div>
    );
  }
  return (
    <Preview
      file={file}
      preview={result.preview}
      busy={result.status === "reading"}
      names={names}
      onUnit={setUnit}
      onNames={setChosen}
      onCancel={stop}
    />
  );
}

/** How far the reading is, in words. */
function Reading({ file, progress }: { file: File; progress: CallProgress | null }) {
  const { boot } = useEngineStatus();
  if (boot.phase !== "ready") return <Progress text={T.import.waiting} value={boot.progress} />;
  const stages = T.import.stages;
  const stage = progress?.stage as keyof typeof stages | undefined;
  const text = stage && Object.hasOwn(stages, stage) ? stages[stage] : stages.reading;
  return <Progress text={text(file.name)} value={shareDone(progress)} />;
}

/** Taking the data along: everything as JSON, finished workouts as CSV. */
import { errorText, issueText } from "@voltlift/bridge/text";
import { useState } from "react";
import { Button, Link } from "react-aria-components";
import { useActions } from "../app-context.ts";
import type { ExportFile } from "../state/data-actions.ts";
import { useExportDue } from "../state/data-view.ts";
import { saveFile } from "../state/share-image.ts";
import { useApp } from "../state/store.ts";
import { dayText, T } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { Icon } from "../ui/icons.tsx";
import { Progress } from "../ui/progress.tsx";
import { hrefTo } from "../ui/route.ts";
import { notify } from "../ui/toasts.tsx";
import type { SectionProps } from "./data-stored.tsx";

export function ExportSection({ view, onChanged }: SectionProps) {
  const isEmpty = useApp((state) => state.history.length === 0);
  const { exportJson, exportCsv, noteExported } = useActions();
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [written, setWritten] = useState<ExportFile | null>(null);

  const write = async (make: () => Promise<ExportFile>, isWhole: boolean): Promise<void> => {
    setWorking(true);
    setProblem(null);
    setWritten(null);
    try {
      const file = await make();
      saveFile(file.content, file.name);
      setWritten(file);
      notify(
        file.leftOut.length === 0
          ? T.data.exported(file.name)
          : T.data.exportedShort(file.name, file.leftOut.length),
      );
      // Only a copy of everything is one that a lifter can come back from.
      if (isWhole) await noteExported();
      onChanged();
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setWorking(false);
    }
  };

  const lastExport = view?.report.lastExport ?? null;
  return (
    <section className="card stack" aria-labelledby="data-export">
      <h2 id="data-export" className="heading">
        {T.data.takeAlong}
      </h2>
      {view && (
        <p className="muted">
          {lastExport !== null && `${T.data.lastExport(dayText(lastExport))} `}
          {view.reminder
            ? reminderText(view.reminder)
            : lastExport === null && T.data.neverExported}
        </p>
      )}
      <div className="stack-small">
        <Button
          className="button button-primary button-wide"
          isDisabled={working}
          onPress={() => write(exportJson, true)}
        >
          {T.data.json}
        </Button>
        <p className="muted">{T.data.jsonHint}</p>
      </div>
      <div className="stack-small">
        <div className="data-csv">
          <Button
            className="button"
            isDisabled={working || isEmpty}
            onPress={() => write(() => exportCsv("strong"), false)}
          >
            {T.data.strong}
          </Button>
          <Button
            className="button"
            isDisabled={working || isEmpty}
            onPress={() => write(() => exportCsv("hevy"), false)}
          >
            {T.data.hevy}
          </Button>
        </div>
        <p className="muted">{isEmpty ? T.data.nothingToExport : T.data.csvHint}</p>
      </div>
      {working && <Progress text={T.data.exporting} />}
      {problem && (
        <p className="danger" role="alert">
          {problem}
        </p>
      )}
      {written && written.leftOut.length > 0 && (
        <Details title={T.data.exportedShort(written.name, written.leftOut.length)}>
          <ul className="report-list">
            {written.leftOut.map((issue) => (
              <li key={`${issue.code}${issue.path}`}>{issueText(issue)}</li>
            ))}
          </ul>
        </Details>
      )}
    </section>
  );
}

const reminderText = (due: { newWorkouts: number; days: number | null }): string =>
  T.data.reminder(due.newWorkouts, due.days);

/** One calm line where an export is due; nothing else. */
export function ExportReminder() {
  const due = useExportDue();
  if (!due) return null;
  return (
    <Link className="export-reminder" href={hrefTo("data")}>
      <span className="grow">
        {reminderText(due)} <strong>{T.data.exportNow}</strong>
      </span>
      <Icon name="chevron" />
    </Link>
  );
}

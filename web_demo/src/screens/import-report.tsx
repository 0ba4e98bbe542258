/** The report itself: counts, unit and why, and everything that was not taken as it is. */
import type { ImportPreview, UnitEvidence } from "@voltlift/bridge";
import { issueText, rejectedRowText } from "@voltlift/bridge/text";
import { useMemo } from "react";
import type { Unit } from "../state/app-state.ts";
import { CONVERTED, type Conversion, conversionOf } from "../state/kept-unit.ts";
import { formatNumber } from "../state/numbers.ts";
import { isGroupKnown, withImported } from "../state/own-exercises.ts";
import { useApp } from "../state/store.ts";
import { setsText, T, weightText } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { Figures } from "../ui/figures.tsx";
import { UnitChoice } from "../ui/unit-choice.tsx";
import { GroupChoice } from "./group-choice.tsx";
import "./import.css";

interface ReportProps {
  preview: ImportPreview;
  onUnit(unit: Unit): void;
  /** Muscle groups given to exercises of the file, by id. */
  groups: ReadonlyMap<string, string>;
  onGroup(exerciseId: string, group: string): void;
}

export function ImportReport({ preview, onUnit, groups, onGroup }: ReportProps) {
  const { newSessions, knownSessions, unit, unmatched, rejected, firstDay, lastDay } = preview;
  const conversion = conversionOf(preview);
  // What is said beside the unit is not said twice.
  const issues = preview.issues.filter(({ code }) => !conversion || code !== CONVERTED);
  const harmful = rejected.filter((row) => !row.harmless);
  const harmless = rejected.filter((row) => row.harmless);
  // `rejected` may be cut short; the total says by how much.
  const more = preview.rejectedTotal - rejected.length;

  return (
    <>
      <section className="stack-small" aria-labelledby="import-found">
        <h2 id="import-found" className="title" tabIndex={-1}>
          {T.import.found}
        </h2>
        <p className="muted">
          {newSessions === 0 && knownSessions > 0
            ? T.import.nothingNew
            : T.import.newAndKnown(newSessions, knownSessions)}{" "}
          {T.import.nothingStored}
        </p>
        <Figures
          figures={[
            { label: T.import.sessions, value: formatNumber(preview.sessions.length) },
            { label: T.import.sets, value: formatNumber(preview.sets) },
            { label: T.import.exercises, value: formatNumber(preview.exercises) },
          ]}
        />
        {firstDay && lastDay && (
          <p>
            <span className="label">{T.import.period}: </span>
            {T.import.periodText(isoDayText(firstDay), isoDayText(lastDay))}
          </p>
        )}
      </section>
      {unit && (
        <section className="card stack-small">
          <UnitChoice label={T.import.unit} value={unit.unit} onChange={onUnit} />
          <p className="muted">{whyUnit(unit)}</p>
          {unit.examples.length > 0 && (
            <p className="muted">
              {T.import.examples}:{" "}
              {unit.examples.map((weight) => weightText(weight, unit.unit)).join(", ")}
            </p>
          )}
          {conversion && <p>{convertedText(conversion, unit.unit)}</p>}
        </section>
      )}
      {unmatched.length > 0 && <Unmatched preview={preview} groups={groups} onGroup={onGroup} />}
      {harmful.length > 0 && (
        <Details title={T.import.rejected(harmful.length + more)} open>
          <RowList rows={harmful} />
          {more > 0 && <p className="muted">{T.import.rejectedMore(more)}</p>}
        </Details>
      )}
      {harmless.length > 0 && (
        <Details title={`${T.import.harmless} (${formatNumber(harmless.length)})`}>
          <RowList rows={harmless} />
        </Details>
      )}
      {issues.length > 0 && (
        <Details title={T.import.issues(issues.length)}>
          <ul className="report-list">
            {issues.map((issue) => (
              <li key={`${issue.code}${issue.path}`}>{issueText(issue)}</li>
            ))}
          </ul>
        </Details>
      )}
    </>
  );
}

/** Names that become the lifter's own exercises; what they train can be said right here. */
function Unmatched({ preview, groups, onGroup }: Omit<ReportProps, "onUnit">) {
  const { unmatched, customExercises } = preview;
  const own = useApp((state) => state.customExercises);
  const removed = useApp((state) => state.removedExercises);
  const kept = useMemo(() => {
    const before = { customExercises: own, removedExercises: removed };
    const after = withImported(before, customExercises, groups);
    return new Map(after.customExercises.map((exercise) => [exercise.id, exercise]));
  }, [own, removed, customExercises, groups]);
  const groupOf = (id: string): string | null => {
    const exercise = kept.get(id);
    return exercise && isGroupKnown(exercise) ? exercise.muscleGroup : null;
  };
  const unknown = unmatched.filter(({ customId }) => groupOf(customId) === null).length;
  return (
    <Details title={T.import.unmatched(unmatched.length, unknown)}>
      <p className="muted">{T.import.unmatchedHint}</p>
      <ul className="own-list">
        {unmatched.map(({ name, sets, customId }) => (
          <GroupChoice
            key={name}
            name={name}
            group={groupOf(customId)}
            onChange={(group) => onGroup(customId, group)}
          >
            <span className="muted">{setsText(sets)}</span>
          </GroupChoice>
        ))}
      </ul>
    </Details>
  );
}

function RowList({ rows }: { rows: ImportPreview["rejected"] }) {
  return (
    <ul className="report-list">
      {rows.map((row) => (
        <li key={`${row.line}${row.column}`}>{rejectedRowText(row)}</li>
      ))}
    </ul>
  );
}

function whyUnit({ source, unit, kgShare, lbShare }: UnitEvidence): string {
  if (source !== "inferred") return T.import.unitWhy[source];
  const [own, other] = unit === "kg" ? [kgShare, lbShare] : [lbShare, kgShare];
  return T.import.unitWhy.inferred(unit, own, other);
}

function convertedText({ unit, sets, written, kept }: Conversion, from: Unit): string {
  return T.import.converted(unit, sets, weightText(written, from), weightText(kept, unit));
}

/** A day of the file, "2025-03-04", in words; it has no time zone. */
function isoDayText(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00`);
  if (Number.isNaN(date.getTime())) return day;
  return date.toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });
}

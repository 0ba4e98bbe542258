/** The report itself: counts, unit and why, and everything that was not taken as it is. */
import type { ImportPreview, UnitEvidence } from "@voltlift/bridge";
import { issueText, rejectedRowText } from "@voltlift/bridge/text";
import type { Unit } from "../state/app-state.ts";
import type { ImportPlan } from "../state/import-plan.ts";
import { CONVERTED, type Conversion, conversionOf, keptUnit } from "../state/kept-unit.ts";
import { formatNumber } from "../state/numbers.ts";
import { isoDayText, T, weightText } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { Figures } from "../ui/figures.tsx";
import { UnitChoice } from "../ui/unit-choice.tsx";

interface ReportProps {
  preview: ImportPreview;
  plan: ImportPlan;
  onUnit(unit: Unit): void;
}

export function ImportReport({ preview, plan, onUnit }: ReportProps) {
  const { unit, firstDay, lastDay } = preview;
  return (
    <>
      <section className="stack-small" aria-labelledby="import-found">
        <h2 id="import-found" className="title" tabIndex={-1}>
          {T.import.found}
        </h2>
        <p className="muted">
          {T.import.apps[preview.app]}. {outcomeText(preview, plan)} {T.import.nothingStored}
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
      {unit && <UnitCard preview={preview} unit={unit} onUnit={onUnit} />}
      <LeftOut preview={preview} />
    </>
  );
}

/** "495 workouts to add, 6 already in your log." */
function outcomeText(preview: ImportPreview, plan: ImportPlan): string {
  const { knownSessions, duplicateSessions = 0 } = preview;
  if (plan.sessions.length === 0 && duplicateSessions === 0 && knownSessions > 0)
    return T.import.nothingNew;
  const parts = [
    T.import.toAdd(plan.added),
    plan.extended > 0 ? T.import.toExtend(plan.extended) : "",
    knownSessions > 0 ? T.import.alreadyThere(knownSessions) : "",
    duplicateSessions > 0 ? T.import.maybeTwice(duplicateSessions) : "",
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}

interface UnitCardProps {
  preview: ImportPreview;
  unit: UnitEvidence;
  onUnit(unit: Unit): void;
}

function UnitCard({ preview, unit, onUnit }: UnitCardProps) {
  const conversion = conversionOf(preview);
  return (
    <section className="card stack-small">
      <UnitChoice label={T.import.unit} value={unit.unit} onChange={onUnit} />
      <p className={unit.source === "assumed" ? "import-check" : "muted"}>{whyUnit(unit)}</p>
      {unit.examples.length > 0 && (
        <p className="muted">
          {T.import.examples}:{" "}
          {unit.examples.map((weight) => weightText(weight, unit.unit)).join(", ")}
        </p>
      )}
      {conversion && <p>{convertedText(conversion, unit.unit)}</p>}
    </section>
  );
}

/** Rows that were not taken, and values that were not taken as they are. */
function LeftOut({ preview }: { preview: ImportPreview }) {
  const { rejected, rejectedTotal, rejectedHarmless = 0 } = preview;
  const conversion = conversionOf(preview);
  // What is said beside the unit is not said twice.
  const issues = preview.issues.filter(({ code }) => !conversion || code !== CONVERTED);
  const harmful = rejected.filter((row) => !row.harmless);
  const harmless = rejected.filter((row) => row.harmless);
  // The lists may be cut short; the totals say by how much.
  const harmfulTotal = Math.max(harmful.length, rejectedTotal - rejectedHarmless);
  const harmlessTotal = Math.max(harmless.length, rejectedHarmless);
  return (
    <>
      {harmfulTotal > 0 && (
        <Details title={T.import.rejected(harmfulTotal)} open>
          <RowList rows={harmful} total={harmfulTotal} />
        </Details>
      )}
      {harmlessTotal > 0 && (
        <Details title={`${T.import.harmless} (${formatNumber(harmlessTotal)})`}>
          <RowList rows={harmless} total={harmlessTotal} />
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

function RowList({ rows, total }: { rows: ImportPreview["rejected"]; total: number }) {
  const more = total - rows.length;
  return (
    <>
      <ul className="report-list">
        {rows.map((row) => (
          <li key={`${row.line}${row.column}`}>{rejectedRowText(row)}</li>
        ))}
      </ul>
      {more > 0 && <p className="muted">{T.import.rejectedMore(more)}</p>}
    </>
  );
}

/** Why the weights are taken to be in this unit. */
function whyUnit({ source, unit, kgShare, lbShare }: UnitEvidence): string {
  if (source !== "inferred") return T.import.unitWhy[source];
  const [own, other] = unit === "kg" ? [kgShare, lbShare] : [lbShare, kgShare];
  return T.import.unitWhy.inferred(unit, own, other);
}

/** The unit in which the file is kept and why, for the page after it; null without weights. */
export function whyKept(preview: ImportPreview): string | null {
  const kept = keptUnit(preview);
  if (!kept || !preview.unit) return null;
  const { unit, source, kgShare, lbShare } = preview.unit;
  const texts = T.arrival.inUnit(kept);
  if (kept !== unit) return texts.converted;
  if (source !== "inferred") return texts[source];
  return unit === "kg" ? texts.inferred(kgShare, lbShare) : texts.inferred(lbShare, kgShare);
}

function convertedText({ unit, sets, written, kept }: Conversion, from: Unit): string {
  return T.import.converted(unit, sets, weightText(written, from), weightText(kept, unit));
}

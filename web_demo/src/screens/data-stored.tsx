/** What is on this device: how much, where the space goes, and whether it stays. */
import { useModels } from "@voltlift/bridge/react";
import { useMemo, useState } from "react";
import { Button, Link } from "react-aria-components";
import { useActions } from "../app-context.ts";
import type { StorageView } from "../state/data-actions.ts";
import { formatNumber } from "../state/numbers.ts";
import { useApp } from "../state/store.ts";
import { countSets } from "../state/workout.ts";
import { ROUTINE_TEXTS } from "../texts/routine.ts";
import { bytesText, T } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { Figures } from "../ui/figures.tsx";
import { hrefTo } from "../ui/route.ts";
import { notify } from "../ui/toasts.tsx";

export interface SectionProps {
  /** Null until the storage has been looked at. */
  view: StorageView | null;
  onChanged(): void;
}

export function StoredSection({ view, onChanged }: SectionProps) {
  const history = useApp((state) => state.history);
  const sets = useMemo(
    () => history.reduce((sum, session) => sum + countSets(session), 0),
    [history],
  );
  const { installed, sizes } = useModels();
  const parts = view
    ? partsOf(view, { name: T.data.models, entries: installed.length, bytes: sizes.stored })
    : [];
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return (
    <section className="card stack" aria-labelledby="data-stored">
      <h2 id="data-stored" className="heading">
        {T.data.stored}
      </h2>
      <Figures
        figures={[
          { label: T.data.workouts, value: formatNumber(history.length) },
          { label: T.data.sets, value: formatNumber(sets) },
          // The place is kept, so that nothing moves once it is measured.
          { label: T.data.size, value: view ? bytesText(bytes) : "–" },
        ]}
      />
      {bytes > 0 && <Space parts={parts} bytes={bytes} />}
      {view && <Durability view={view} onChanged={onChanged} />}
      <Link className="button button-wide" href={hrefTo("models")}>
        {ROUTINE_TEXTS.toModels}
      </Link>
      {view && view.report.damaged.length > 0 && (
        <p className="notice">{T.data.damaged(view.report.damaged.length)}</p>
      )}
    </section>
  );
}

interface Part {
  name: string;
  entries: number;
  bytes: number;
}

/** What takes space, under the names that a lifter knows; the largest first. */
function partsOf({ report }: StorageView, models: Part): Part[] {
  const byName = new Map<string, Part>([[models.name, models]]);
  const names: Readonly<Record<string, string>> = T.data.tables;
  for (const { name, entries, bytes } of report.tables) {
    const known = (Object.hasOwn(names, name) && names[name]) || T.data.tables.derived;
    const part = byName.get(known) ?? { name: known, entries: 0, bytes: 0 };
    byName.set(known, { ...part, entries: part.entries + entries, bytes: part.bytes + bytes });
  }
  return [...byName.values()].filter((part) => part.bytes > 0).sort((a, b) => b.bytes - a.bytes);
}

/** A bar for the eye, a table for everything else. */
function Space({ parts, bytes }: { parts: readonly Part[]; bytes: number }) {
  return (
    <div className="stack-small">
      <div className="space-bar" aria-hidden="true">
        {parts.map(({ name, bytes: own }, at) => (
          <span
            key={name}
            className={`space-part space-part-${at}`}
            style={{ width: `${(100 * own) / bytes}%` }}
          />
        ))}
      </div>
      <Details title={T.data.tablesLabel}>
        <table className="space-table">
          <caption className="visually-hidden">{T.data.tablesLabel}</caption>
          <thead>
            <tr>
              <th scope="col">{T.data.table}</th>
              <th scope="col">{T.data.entries}</th>
              <th scope="col">{T.data.bytes}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ name, entries, bytes: own }, at) => (
              <tr key={name}>
                <th scope="row">
                  <span className={`space-key space-part-${at}`} aria-hidden="true" />
                  {name}
                </th>
                <td className="number">{formatNumber(entries)}</td>
                <td className="number">{bytesText(own)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Details>
    </div>
  );
}

/** Whether it stays, and what can be done about it. */
function Durability({ view, onChanged }: { view: StorageView; onChanged(): void }) {
  const { askToPersist, retryStorage } = useActions();
  const [denied, setDenied] = useState(false);
  const { durable, persisted, usage, quota } = view.report;
  if (!durable) {
    return (
      <Button
        className="button button-wide"
        onPress={() => void retryStorage().then(onChanged, () => undefined)}
      >
        {T.data.retry}
      </Button>
    );
  }
  const ask = async (): Promise<void> => {
    const isKept = await askToPersist();
    setDenied(!isKept);
    if (isKept) notify(T.data.persistGranted);
    onChanged();
  };
  return (
    <div className="stack-small">
      <p>
        {T.data.durable} {persisted === true && T.data.persisted}
      </p>
      {persisted === false && (
        <>
          <p className="muted">{denied ? T.data.persistDenied : T.data.notPersisted}</p>
          {!denied && (
            <Button className="button button-wide" onPress={ask}>
              {T.data.askPersist}
            </Button>
          )}
        </>
      )}
      {usage !== null && quota !== null && (
        <p className="muted">{T.data.quota(bytesText(usage), bytesText(quota))}</p>
      )}
    </div>
  );
}

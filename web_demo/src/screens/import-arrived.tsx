/** The first twenty seconds: what the log comes to, and what it says about what comes next. */
import type { Reason, SuggestLoadResponse } from "@voltlift/bridge";
import { loadReasonText, reasonText } from "@voltlift/bridge/text";
import { Button } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import {
  type ArrivalAnswers,
  type MonthSets,
  type TrainingFacts,
  useArrival,
  useArrivalAnswers,
} from "../state/arrival.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { formatNumber } from "../state/numbers.ts";
import { drawShareImage, share } from "../state/share-image.ts";
import { choiceText, dateText, groupName, setsText, T } from "../texts.ts";
import { EngineNotice, StorageNotice } from "../ui/notices.tsx";
import { goTo } from "../ui/route.ts";
import { clearNotices, notify } from "../ui/toasts.tsx";
import { TopBar } from "../ui/topbar.tsx";
import { offerUndoImport, reportUndo } from "./import-undo.ts";
import "./import.css";
import "./import-arrived.css";

export function ArrivedScreen() {
  const { facts, answers } = useArrivalAnswers();
  if (!facts) return <Nothing />;
  return (
    <div className="page page-wide arrival">
      <TopBar title={T.arrival.title} />
      <StorageNotice />
      <div className="stack">
        <Headline facts={facts} />
        <Months months={facts.months} />
      </div>
      <Findings facts={facts} answers={answers} />
      <Actions facts={facts} answers={answers} />
    </div>
  );
}

function Nothing() {
  return (
    <div className="page">
      <TopBar title={T.arrival.title} />
      <p>{T.history.none}</p>
      <Button className="button button-primary button-wide" onPress={() => goTo("home", "", true)}>
        {T.arrival.start}
      </Button>
    </div>
  );
}

function Headline({ facts }: { facts: TrainingFacts }) {
  const unit = useArrival((state) => state.unit);
  return (
    <header className="stack-small">
      <p className="display">
        <span className="arrival-line">{T.arrival.days(facts.days)}</span>{" "}
        <span className="arrival-line">{setsText(facts.sets)}</span>
      </p>
      <p className="lead">
        {T.arrival.since(dateText(facts.first), dateText(facts.last))} {unit}
      </p>
    </header>
  );
}

/** Sets per month as bars; a screen reader is told each of them. */
function Months({ months }: { months: readonly MonthSets[] }) {
  const most = Math.max(1, ...months.map(({ sets }) => sets));
  return (
    <figure className="arrival-months">
      <figcaption className="muted">{T.arrival.perMonth}</figcaption>
      <ul className="arrival-bars">
        {months.map(({ month, sets }) => (
          <li key={month.getTime()} title={monthText(month, sets)}>
            <span className="visually-hidden">{monthText(month, sets)}</span>
            <span className="arrival-bar" style={{ height: `${(100 * sets) / most}%` }} />
          </li>
        ))}
      </ul>
      <p className="spread muted number">
        <span>{shortMonth(months[0]?.month)}</span>
        <span>{shortMonth(months.at(-1)?.month)}</span>
      </p>
    </figure>
  );
}

const shortMonth = (month: Date | undefined): string =>
  month?.toLocaleDateString(undefined, { month: "short", year: "numeric" }) ?? "";
const monthText = (month: Date, sets: number): string =>
  T.arrival.monthSets(shortMonth(month), sets);

interface FindingsProps {
  facts: TrainingFacts;
  answers: ArrivalAnswers | null;
}

function Findings({ facts, answers }: FindingsProps) {
  const { boot } = useEngineStatus();
  if (!answers) {
    return boot.phase === "failed" ? (
      <EngineNotice />
    ) : (
      <div className="stack arrival-waiting" role="status">
        <EngineNotice whenReady={false} />
        <p className="muted">{T.arrival.looking}</p>
      </div>
    );
  }
  const isOld = Date.now() - facts.last > 7 * 86_400_000;
  return (
    <div className="stack">
      {answers.loads.length > 0 && (
        <section className="card stack-small" aria-labelledby="arrival-next">
          <h2 id="arrival-next" className="heading">
            {T.arrival.next}
          </h2>
          <ul className="arrival-loads">
            {answers.loads.map((load) => (
              <NextLoad key={load.exerciseId} load={load} />
            ))}
          </ul>
          <p className="muted">{T.arrival.nextHint}</p>
        </section>
      )}
      <section className="card stack-small" aria-labelledby="arrival-behind">
        <h2 id="arrival-behind" className="heading">
          {T.arrival.behind}
        </h2>
        {answers.behind.length === 0 ? (
          <p>{T.arrival.behindNone}</p>
        ) : (
          <ul className="stack-small">
            {answers.behind.map((reason) => (
              <li key={String(reason.values?.group)}>{behindText(reason)}</li>
            ))}
          </ul>
        )}
        {isOld && <p className="muted">{T.arrival.behindAsOf(dateText(facts.last))}</p>}
      </section>
    </div>
  );
}

function NextLoad({ load }: { load: SuggestLoadResponse }) {
  const catalogue = useCatalogue();
  const { choice, unit, kind, reasoning } = load;
  if (!choice) return null;
  const [reason] = reasoning;
  return (
    <li>
      <p className="spread">
        <span className="arrival-lift">{catalogue.name(load.exerciseId)}</span>
        <strong className="number arrival-load">{choiceText(choice, unit, kind)}</strong>
      </p>
      {reason && <p className="muted">{loadReasonText(reason, unit)}</p>}
    </li>
  );
}

/** At the foot of the screen, where nothing that comes late can move them. */
function Actions({ facts, answers }: FindingsProps) {
  const { undoImport } = useActions();
  const { importId, message } = useArrival();
  const picture = usePicture(facts, answers);
  const undo = async (id: string): Promise<void> => {
    clearNotices();
    if (!(await reportUndo(undoImport(id)))) return;
    useArrival.setState({ importId: null });
    goTo("home", "", true);
  };
  const goOn = (): void => {
    goTo("home", "", true);
    if (importId && message) offerUndoImport(importId, message, undoImport);
  };
  return (
    <>
      <div className="stack-small full">
        <p className="muted arrival-hint">{T.arrival.shareHint}</p>
        {importId && (
          <Button className="button button-text button-wide" onPress={() => undo(importId)}>
            {T.arrival.undo}
          </Button>
        )}
      </div>
      <div className="import-actions full">
        <Button className="button" onPress={picture}>
          {T.arrival.share}
        </Button>
        <Button className="button button-primary grow" onPress={goOn}>
          {T.arrival.start}
        </Button>
      </div>
    </>
  );
}

const behindText = (reason: Reason): string =>
  reason.code === "never_trained"
    ? T.arrival.neverTrained(groupName(String(reason.values?.group)))
    : reasonText(reason, "balance");

/** Draws the picture and hands it over. */
function usePicture(facts: TrainingFacts, answers: ArrivalAnswers | null): () => Promise<void> {
  const catalogue = useCatalogue();
  return async () => {
    const text = {
      headline: [T.arrival.days(facts.days), setsText(facts.sets)],
      since: T.arrival.since(dateText(facts.first), dateText(facts.last)),
      chart: T.arrival.perMonth,
      next: T.arrival.next,
      lifts: (answers?.loads ?? []).flatMap(({ exerciseId, choice, unit, kind }) =>
        choice ? [{ name: catalogue.name(exerciseId), load: choiceText(choice, unit, kind) }] : [],
      ),
      made: T.arrival.made,
    };
    try {
      const image = await drawShareImage(text, facts.months);
      const name = `voltlift-${formatNumber(facts.sets).replace(/\D+/g, "")}-sets.png`;
      if ((await share(image, name, T.arrival.title)) === "saved") notify(T.arrival.shared);
    } catch (error) {
      // Closing the sheet of the device is no failure.
      if ((error as { name?: unknown }).name !== "AbortError") notify(T.arrival.shareFailed);
    }
  };
}

/** Every workout, by month; searched by exercise. */
import type { ExerciseLog, WorkoutSession } from "@voltlift/bridge";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Button, Input, Link, SearchField } from "react-aria-components";
import { useCatalogue } from "../state/catalogue.ts";
import { byMonth, createSearch, monthTotals, yearOf, yearsOf } from "../state/history-list.ts";
import { useApp } from "../state/store.ts";
import { completedSets, countSets, logsOf } from "../state/workout.ts";
import { dayText, setsInShort, setsText, T } from "../texts.ts";
import { OneOf } from "../ui/choice.tsx";
import { Icon } from "../ui/icons.tsx";
import { StorageNotice } from "../ui/notices.tsx";
import { hrefTo } from "../ui/route.ts";
import { TopBar } from "../ui/topbar.tsx";
import { ExportReminder } from "./data-export.tsx";
import "./history.css";

/** Workouts added to the page each time its end comes into sight. */
const CHUNK = 40;
const ALL = "all";

export function HistoryScreen() {
  const history = useApp((state) => state.history);
  const catalogue = useCatalogue();
  const [text, setText] = useState("");
  const [year, setYear] = useState(ALL);
  const wanted = useDeferredValue(text);
  const years = useMemo(() => yearsOf(history), [history]);
  const search = useMemo(() => createSearch(wanted, catalogue.name), [wanted, catalogue]);
  const found = useMemo(
    () =>
      history.filter(
        (session) =>
          (year === ALL || yearOf(session) === Number(year)) &&
          (search === null || search.matches(session)),
      ),
    [history, year, search],
  );

  return (
    <div className="page history">
      <TopBar title={T.history.title} />
      <StorageNotice />
      {history.length === 0 ? (
        <p>{T.history.none}</p>
      ) : (
        <>
          <ExportReminder />
          <SearchField
            className="search"
            aria-label={T.history.search}
            value={text}
            onChange={setText}
          >
            <Icon name="search" />
            <Input className="input" placeholder={T.history.searchHint} enterKeyHint="search" />
          </SearchField>
          {years.length > 1 && (
            <div className="history-years">
              <OneOf
                label={T.history.years}
                hideLabel
                value={year}
                options={[
                  { value: ALL, label: T.history.all },
                  ...years.map((each) => ({ value: String(each), label: String(each) })),
                ]}
                onChange={setYear}
              />
            </div>
          )}
          {/* Said to a screen reader while the list changes under it. */}
          <p className="muted" role="status">
            {found.length === 0 ? T.history.noHits(wanted.trim()) : T.history.found(found.length)}
          </p>
          <Months key={`${wanted}/${year}`} sessions={found} hits={search?.hits ?? null} />
        </>
      )}
    </div>
  );
}

interface MonthsProps {
  sessions: readonly WorkoutSession[];
  /** The exercises that were searched; null where nothing was. */
  hits: ((session: WorkoutSession) => ExerciseLog[]) | null;
}

function Months({ sessions, hits }: MonthsProps) {
  const [shown, setShown] = useState(CHUNK);
  const totals = useMemo(() => monthTotals(sessions), [sessions]);
  const months = useMemo(() => byMonth(sessions.slice(0, shown)), [sessions, shown]);
  const more = Math.min(CHUNK, sessions.length - shown);
  return (
    <>
      {months.map(({ key, first, sessions }) => {
        const { workouts = 0, sets = 0 } = totals.get(key) ?? {};
        return (
          <section key={key} className="stack-small history-month" aria-labelledby={`m-${key}`}>
            <div className="history-month-head">
              <h2 id={`m-${key}`} className="heading">
                {first.toLocaleDateString(undefined, { month: "long", year: "numeric" })}
              </h2>
              <p className="muted">{T.history.month(workouts, sets)}</p>
            </div>
            <ul className="stack-small">
              {sessions.map((session) => (
                <li key={session.id}>
                  <HistoryRow session={session} hits={hits?.(session) ?? null} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {more > 0 && <More count={more} onMore={() => setShown(shown + CHUNK)} />}
    </>
  );
}

/** The end of what is on the page: it grows by itself when it comes into sight. */
function More({ count, onMore }: { count: number; onMore(): void }) {
  const end = useRef<HTMLDivElement>(null);
  const grow = useRef(onMore);
  useEffect(() => {
    grow.current = onMore;
  });
  useEffect(() => {
    if (!end.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && grow.current(),
      { rootMargin: "600px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={end}>
      <Button className="button button-wide" onPress={onMore}>
        {T.history.more(count)}
      </Button>
    </div>
  );
}

/** Exercises named in a row. */
const NAMED = 3;

interface RowProps {
  session: WorkoutSession;
  hits: readonly ExerciseLog[] | null;
}

function HistoryRow({ session, hits }: RowProps) {
  const catalogue = useCatalogue();
  const unit = session.unit ?? "kg";
  const names = logsOf(session).map((log) => catalogue.name(log.exerciseId));
  const others = names.length - NAMED;
  const named = names.slice(0, NAMED).join(", ") + (others > 0 ? ` +${others}` : "");
  return (
    <Link className="card session-link" href={hrefTo("session", session.id)}>
      <span className="grow">
        <span className="spread">
          <span className="session-name history-name">{session.name}</span>
          <span className="muted history-day">{dayText(session.startTime)}</span>
        </span>
        {hits && hits.length > 0 ? (
          hits.map((log) => (
            <span key={log.id} className="muted number">
              {catalogue.name(log.exerciseId)}: {setsInShort(completedSets(log), unit)}
            </span>
          ))
        ) : (
          <span className="muted">
            {setsText(countSets(session))}
            {named && ` · ${named}`}
          </span>
        )}
      </span>
    </Link>
  );
}

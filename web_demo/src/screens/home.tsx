/** Home: the next thing to do is the biggest thing on the screen. */
import type { WorkoutSession } from "@voltlift/bridge";
import { useState } from "react";
import { Button, Link } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { useApp } from "../state/store.ts";
import { UNKNOWN_GROUP, volumeByGroup } from "../state/summary.ts";
import { countSets } from "../state/workout.ts";
import { dayText, groupName, setsText, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { EngineNotice, StorageNotice } from "../ui/notices.tsx";
import { goTo, hrefTo } from "../ui/route.ts";
import { clearNotices, offerUndo } from "../ui/toasts.tsx";
import { TodayCard, TodayWaiting, useToday } from "./home-today.tsx";
import { NextUp } from "./next-up.tsx";
import { NovelExercises } from "./novel.tsx";
import { ReadinessLink } from "./readiness-link.tsx";
import { TravelOffer } from "./time-travel-offer.tsx";
import "./home.css";

/** Sessions listed at first, and added each time. */
const PAGE = 7;

export function HomeScreen() {
  const sample = useApp((state) => state.sample);
  const active = useApp((state) => state.activeWorkout);
  const { erase } = useActions();
  const endSample = async (): Promise<void> => {
    const bringBack = await erase();
    clearNotices();
    offerUndo(T.home.sampleEnded, () => void bringBack().catch(() => undefined));
  };
  return (
    <div className="page page-wide">
      <HomeHeader />
      <StorageNotice />
      <section className="stack home-start">
        {active ? <StartButton /> : <Start />}
        <div className="home-engine">
          <EngineNotice />
        </div>
        <ReadinessLink />
        <TravelOffer />
        {sample && (
          <div className="notice">
            <p className="grow">{T.home.sample}</p>
            <Button className="button" onPress={endSample}>
              {T.home.sampleEnd}
            </Button>
          </div>
        )}
      </section>
      {/* What is nobody's next action comes last: it moves nothing when it arrives. */}
      <div className="home-past">
        <LastSessions />
        <NovelExercises />
      </div>
    </div>
  );
}

export function HomeHeader() {
  return (
    <header className="topbar">
      <h1 className="brand">
        <Icon name="bolt" filled />
        {T.app}
      </h1>
      <Link className="button button-icon" href={hrefTo("settings")} aria-label={T.settings.title}>
        <Icon name="gear" />
      </Link>
    </header>
  );
}

/** What is next: the program's session, else a workout of one's own. */
function Start() {
  const { today, isWaiting } = useToday();
  const follows = isWaiting || Boolean(today?.program);
  return (
    <>
      {follows && (today ? <TodayCard today={today} /> : <TodayWaiting />)}
      {/* At the same place either way: it stays the same element, and keeps the focus. */}
      <StartButton isSecond={follows} />
      {!follows && (
        <>
          <NextUp />
          <ProgramsLink />
        </>
      )}
    </>
  );
}

function StartButton({ isSecond = false }: { isSecond?: boolean }) {
  const active = useApp((state) => state.activeWorkout);
  const { start } = useActions();
  const go = (): void => {
    start();
    goTo("workout");
  };
  if (isSecond) return <StartAction label={T.today.empty} hint={null} onPress={go} />;
  return (
    <StartAction
      label={active ? T.home.resume : T.home.start}
      hint={active ? T.home.resumeHint(countSets(active)) : T.home.startHint}
      onPress={go}
    />
  );
}

interface StartActionProps {
  label: string;
  /** What is said below the biggest button of the screen; null for a lesser one. */
  hint: string | null;
  onPress(): void;
}

export function StartAction({ label, hint, onPress }: StartActionProps) {
  const className = hint === null ? "button button-wide" : "button button-primary button-big";
  return (
    <div className="stack-small">
      <Button className={className} onPress={onPress}>
        {label}
      </Button>
      {hint !== null && <p className="muted home-hint">{hint}</p>}
    </div>
  );
}

/** Where a program can be found by those who follow none. */
function ProgramsLink() {
  return (
    <Link className="card session-link" href={hrefTo("programs")}>
      <span className="grow">
        <span className="session-name">{T.today.follow}</span>
        <span className="muted">{T.today.followHint}</span>
      </span>
      <Icon name="chevron" />
    </Link>
  );
}

function LastSessions() {
  const history = useApp((state) => state.history);
  const [shown, setShown] = useState(PAGE);
  const more = Math.min(PAGE, history.length - shown);
  return (
    <section className="stack-small" aria-labelledby="last-sessions">
      <h2 id="last-sessions" className="heading">
        {T.home.last}
      </h2>
      {history.length === 0 && <p className="muted">{T.home.none}</p>}
      <ul className="stack-small">
        {history.slice(0, shown).map((session) => (
          <li key={session.id}>
            <SessionLink session={session} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button className="button button-wide" onPress={() => setShown(shown + PAGE)}>
          {T.home.more(more)}
        </Button>
      )}
    </section>
  );
}

function SessionLink({ session }: { session: WorkoutSession }) {
  const catalogue = useCatalogue();
  const groups = volumeByGroup(session, catalogue.find)
    .filter(({ group }) => group !== UNKNOWN_GROUP)
    .slice(0, 3)
    .map(({ group }) => groupName(group));
  return (
    <Link className="card session-link" href={hrefTo("session", session.id)}>
      <span className="grow">
        <span className="session-name">{session.name}</span>
        <span className="muted">
          {[dayText(session.startTime), setsText(countSets(session)), groups.join(", ")]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <Icon name="chevron" />
    </Link>
  );
}

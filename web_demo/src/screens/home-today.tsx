/** The next session of the program that is followed: one tap starts it. */
import type { TodaysSessionResponse } from "@voltlift/bridge";
import { useTodaysSession } from "@voltlift/bridge/react";
import { useEffect, useMemo, useState } from "react";
import { Button, Link } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import { useApp } from "../state/store.ts";
import { cachedToday, keepToday, placeIn, type Today } from "../state/suggestions-glimpse.ts";
import { T } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { Progress } from "../ui/progress.tsx";
import { goTo, hrefTo } from "../ui/route.ts";
import { ProgramProgress } from "./program.tsx";
import { PlannedExercises } from "./program-session.tsx";
import { usePlanReason } from "./reason-text.ts";
import "./programs.css";

/** Codes that the card says in its own words. */
const SAID: ReadonlySet<string> = new Set([
  "next_session",
  "first_session",
  "trained_today",
  "program_waits",
  "program_finished",
]);

/** An answer, and the place in the program that it was given for. */
interface Answered {
  place: string;
  data: TodaysSessionResponse;
  today: Today;
}

/** The session as last answered, at once, and then as it is now; null where there is none. */
export function useToday(): { today: Today | null; isWaiting: boolean } {
  const settings = useApp((state) => state.settings);
  const place = placeIn(settings);
  const { boot, sync } = useEngineStatus();
  const { data, status } = useTodaysSession(place === null ? null : undefined);
  const cached = useMemo(() => cachedToday(place), [place]);
  const [answered, setAnswered] = useState<Answered | null>(null);
  // While rendering, not after it: a screen that is drawn once without the session would begin
  // anew, and an answer belongs to the place it came for, however long it is shown.
  if (status === "fresh" && data && place !== null && data !== answered?.data) {
    const { meta, ...today } = data;
    setAnswered({ place, data, today });
  }
  useEffect(() => {
    if (answered) keepToday(answered.place, answered.today);
  }, [answered]);
  const today = answered?.place === place ? answered.today : cached;
  // An engine that cannot be told of a new place is not asked about it.
  const isStuck = status === "error" || boot.phase === "failed" || sync.status === "error";
  return { today, isWaiting: !today && place !== null && !isStuck };
}

export function TodaysSession() {
  const { today, isWaiting } = useToday();
  if (isWaiting) return <TodayWaiting />;
  return today?.program ? <TodayCard today={today} /> : null;
}

/** Stands for the session while it is on its way. */
export function TodayWaiting() {
  return (
    <section className="card today-waiting" aria-label={T.today.next} aria-busy>
      <Progress text={T.today.waiting} />
    </section>
  );
}

/** The session itself; without `onStart` it starts the workout. */
export function TodayCard({ today, onStart }: { today: Today; onStart?: () => void }) {
  const { program, session, done, total, missed, trainedToday, reasons, unit } = today;
  const reasonText = usePlanReason();
  if (!program) return null;
  if (!session) {
    return (
      <section className="card today" aria-label={T.today.next}>
        <p>{T.today.finished(program.name)}</p>
        <Link className="button button-primary button-big" href={hrefTo("programs")}>
          {T.today.choose}
        </Link>
      </section>
    );
  }
  const others = reasons.filter(({ code }) => !SAID.has(code));
  return (
    <section className="card today" aria-labelledby="todays-session">
      <header>
        <h2 id="todays-session" className="heading">
          {session.name}
        </h2>
        <p className="muted">
          <Link className="today-program" href={hrefTo("program", program.id)}>
            {program.name}
          </Link>
          , {T.today.of(done, total)}
        </p>
        <p className="muted">{T.today.about(session.exercises.length, session.minutes)}</p>
      </header>
      <StartSession today={today} onStart={onStart} />
      {trainedToday && <p className="muted">{T.today.trained}</p>}
      {missed > 0 && <p className="muted">{T.today.missed(missed)}</p>}
      {others.map((reason) => (
        <p key={reason.code} className="muted">
          {reasonText(reason, unit)}
        </p>
      ))}
      <Details title={T.today.show}>
        <PlannedExercises session={session} unit={unit} />
      </Details>
      <ProgramProgress done={done} total={total} />
    </section>
  );
}

function StartSession({ today, onStart }: { today: Today; onStart: (() => void) | undefined }) {
  const { session, program, trainedToday } = today;
  const active = useApp((state) => state.activeWorkout);
  if (!session || !program || active) return null;
  const className = trainedToday ? "button button-wide" : "button button-primary button-big";
  return onStart ? (
    <Button className={className} onPress={onStart}>
      {T.today.start(session.name)}
    </Button>
  ) : (
    <StartNow className={className} today={today} />
  );
}

function StartNow({ today, className }: { today: Today; className: string }) {
  const { startPlanned } = useActions();
  const { session, program } = today;
  if (!session || !program) return null;
  return (
    <Button
      className={className}
      onPress={() => {
        startPlanned(session, program);
        goTo("workout");
      }}
    >
      {T.today.start(session.name)}
    </Button>
  );
}

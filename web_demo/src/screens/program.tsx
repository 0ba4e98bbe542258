/** One program: every session of every week, fitted to the equipment; follow it, or stop. */
import type { PlannedSession, ProgramResponse } from "@voltlift/bridge";
import { useProgram } from "@voltlift/bridge/react";
import { errorText } from "@voltlift/bridge/text";
import { useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import type { Unit } from "../state/app-state.ts";
import { type ActiveProgram, readActiveProgram } from "../state/programs.ts";
import { useApp } from "../state/store.ts";
import { goalText } from "../texts/programs.ts";
import { T } from "../texts.ts";
import { OneOf } from "../ui/choice.tsx";
import { Details } from "../ui/details.tsx";
import { EngineNotice, StorageNotice } from "../ui/notices.tsx";
import { Progress } from "../ui/progress.tsx";
import { goTo } from "../ui/route.ts";
import { offerUndo } from "../ui/toasts.tsx";
import { TopBar } from "../ui/topbar.tsx";
import { PlannedExercises } from "./program-session.tsx";
import { usePlanReason } from "./reason-text.ts";
import "./programs.css";

export function ProgramScreen({ id }: { id: string }) {
  const { boot } = useEngineStatus();
  const settings = useApp((state) => state.settings);
  const active = readActiveProgram(settings);
  const mine = active?.programId === id ? active : null;
  const wished = mine?.selectedFrequency ?? null;
  const [days, setDays] = useState<number | null>(wished);
  const query = useMemo(
    () => ({ programId: id, ...(days === null ? {} : { daysPerWeek: days }) }),
    [id, days],
  );
  const { data, error } = useProgram(query);
  return (
    <div className="page page-wide">
      <TopBar title={data?.program.name ?? T.program.title} back="programs" />
      <StorageNotice />
      {!data && boot.phase !== "ready" && <EngineNotice />}
      {!data && !error && boot.phase === "ready" && <Progress text={T.program.reading} />}
      {error && boot.phase === "ready" && <p role="alert">{errorText(error)}</p>}
      {data && (
        <>
          <About data={data} mine={mine} unit={settings?.units ?? "kg"} onDays={setDays} />
          <Weeks data={data} mine={mine} unit={settings?.units ?? "kg"} />
        </>
      )}
    </div>
  );
}

interface PartProps {
  data: ProgramResponse;
  mine: ActiveProgram | null;
  unit: Unit;
}

function About({ data, mine, unit, onDays }: PartProps & { onDays(days: number): void }) {
  const { program, daysPerWeek, sessions, progression } = data;
  const { follow, stopProgram } = useActions();
  const reasonText = usePlanReason();
  const replaced = new Set(
    sessions.flatMap(({ exercises }) =>
      exercises.flatMap(({ insteadOf }) => (insteadOf ? insteadOf.id : [])),
    ),
  );
  const begin = async (): Promise<void> => {
    const takeBack = await follow(program.id, daysPerWeek).catch(() => null);
    if (!takeBack) return; // The storage notice says what is wrong.
    goTo("home");
    offerUndo(T.program.started(program.name), () => void takeBack().catch(() => undefined));
  };
  const stop = async (): Promise<void> => {
    const takeBack = await stopProgram().catch(() => null);
    if (takeBack) offerUndo(T.program.stopped, () => void takeBack().catch(() => undefined));
  };
  return (
    <div className="stack">
      <p>{program.description}</p>
      <p className="muted">
        {goalText(program.goal)} · {program.level}
        <br />
        {T.program.facts(program.weeks, program.daysPerWeek, program.minutes)}
        <br />
        {T.program.substitutions(replaced.size)}
      </p>
      {!mine && program.daysPerWeek.length > 1 && (
        <OneOf
          label={T.program.days}
          value={String(daysPerWeek)}
          options={program.daysPerWeek.map((n) => ({
            value: String(n),
            label: T.program.daysOption(n),
          }))}
          onChange={(n) => onDays(Number(n))}
        />
      )}
      {mine ? (
        <div className="stack-small">
          <ProgramProgress done={mine.currentSessionIndex} total={sessions.length} />
          <Button className="button button-wide" onPress={stop}>
            {T.program.stop}
          </Button>
        </div>
      ) : (
        <Button className="button button-primary button-big" onPress={begin}>
          {T.program.start}
        </Button>
      )}
      {progression.length > 0 && (
        <section className="stack-small">
          <h2 className="heading">{T.program.progression}</h2>
          <ul className="program-rules">
            {progression.map((reason) => (
              <li key={reason.code + JSON.stringify(reason.values)}>{reasonText(reason, unit)}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** How far the program has come, in words and as a bar. */
export function ProgramProgress({ done, total }: { done: number; total: number }) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <div className="stack-small">
      <p className="muted">{T.program.progress(Math.min(done, total), total)}</p>
      <div className="progress-track">
        <div className="progress-fill" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

function Weeks({ data: { sessions }, mine, unit }: PartProps) {
  const weeks = new Map<number, PlannedSession[]>();
  for (const session of sessions) {
    weeks.set(session.week, [...(weeks.get(session.week) ?? []), session]);
  }
  const current = mine
    ? sessions.find(({ index }) => index === mine.currentSessionIndex)?.week
    : sessions[0]?.week;
  return (
    <div className="stack-small">
      {[...weeks].map(([week, planned]) => (
        <Details key={week} title={T.program.week(week)} open={week === current}>
          <div className="stack">
            {planned.map((session) => (
              <Session key={session.index} session={session} mine={mine} unit={unit} />
            ))}
          </div>
        </Details>
      ))}
    </div>
  );
}

function Session({ session, mine, unit }: { session: PlannedSession } & Omit<PartProps, "data">) {
  const { goToSession } = useActions();
  const { index, day, name } = session;
  const mark =
    mine === null
      ? null
      : index < mine.currentSessionIndex
        ? T.program.doneMark
        : index === mine.currentSessionIndex
          ? T.program.nextMark
          : null;
  const goHere = async (): Promise<void> => {
    const before = mine?.currentSessionIndex ?? 0;
    const moved = await goToSession(index).then(
      () => true,
      () => false,
    );
    if (moved) {
      offerUndo(T.program.movedTo(name), () => void goToSession(before).catch(() => undefined));
    }
  };
  return (
    <section className="stack-small" aria-label={T.program.session(day, name)}>
      <h4 className="label spread">
        {T.program.session(day, name)}
        {mark && <span className="program-mark">{mark}</span>}
      </h4>
      <PlannedExercises session={session} unit={unit} />
      {mine && index !== mine.currentSessionIndex && (
        <Button className="button button-text program-go" onPress={goHere}>
          {T.program.goHere}
        </Button>
      )}
    </section>
  );
}

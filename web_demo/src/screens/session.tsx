/** A finished workout: the summary right after it, and the record later on. */
import type { ExerciseLog, WorkoutSession } from "@voltlift/bridge";
import { type ReactNode, useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import type { Unit } from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { formatNumber } from "../state/numbers.ts";
import { useApp } from "../state/store.ts";
import { durationMinutes, volumeByGroup } from "../state/summary.ts";
import { completedSets, countSets, logsOf } from "../state/workout.ts";
import {
  dayText,
  effortName,
  groupName,
  minutesText,
  SET_TYPES,
  setText,
  T,
  timeText,
  weightText,
} from "../texts.ts";
import { Figures } from "../ui/figures.tsx";
import { StorageNotice } from "../ui/notices.tsx";
import { goTo } from "../ui/route.ts";
import { offerUndo } from "../ui/toasts.tsx";
import { TopBar } from "../ui/topbar.tsx";
import { SessionEditor } from "./session-editor.tsx";
import { WorkoutOutcome } from "./workout-outcome.tsx";
import "./session.css";

/** How long after its end a workout can be gone on with. */
const REOPEN_MS = 3 * 60 * 60_000;

export function SessionScreen({ id }: { id: string }) {
  const session = useApp((state) => state.history.find((entry) => entry.id === id));
  const { deleteSession, restoreSession } = useActions();
  const [before, setBefore] = useState<WorkoutSession | null>(null);
  if (!session) {
    return (
      <div className="page">
        <TopBar title={T.summary.past} back="history" />
        <p>{T.summary.unknown}</p>
      </div>
    );
  }
  const remove = async (): Promise<void> => {
    const done = await deleteSession(session).then(
      () => true,
      () => false, // The storage notice says what is wrong.
    );
    if (!done) return;
    goTo("history", "", true);
    offerUndo(T.summary.deleted, () => void restoreSession(session).catch(() => undefined));
  };
  const finishEditing = (): void => {
    setBefore(null);
    if (before === null || before === session) return;
    offerUndo(T.history.changed, () => void restoreSession(before).catch(() => undefined));
  };
  return (
    <div className="page page-wide">
      <TopBar title={session.name} back="history">
        <Button
          className="button button-text"
          onPress={before ? finishEditing : () => setBefore(session)}
        >
          {before ? T.history.done : T.history.edit}
        </Button>
      </TopBar>
      <StorageNotice />
      <Facts session={session} isShort={before !== null}>
        <SessionActions session={session} onDelete={remove} />
      </Facts>
      {before ? (
        <SessionEditor session={session} />
      ) : (
        <ul className="stack-small">
          {logsOf(session).map((log) => (
            <li key={log.id}>
              <LoggedExercise log={log} unit={session.unit ?? "kg"} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface FactsProps {
  session: WorkoutSession;
  /** What can be changed below is not shown as well. */
  isShort: boolean;
  children: ReactNode;
}

/** When, how much, what was noted, and by muscle group. */
function Facts({ session, isShort, children }: FactsProps) {
  const minutes = durationMinutes(session);
  return (
    <div className="stack">
      <p className="muted">
        {dayText(session.startTime)}
        {session.timeKnown !== false && `, ${timeText(session.startTime)}`}. {T.summary.stored}
      </p>
      <Figures
        figures={[
          { label: T.summary.sets, value: formatNumber(countSets(session)) },
          { label: T.summary.exercises, value: formatNumber(logsOf(session).length) },
          ...(minutes === null ? [] : [{ label: T.summary.time, value: minutesText(minutes) }]),
        ]}
      />
      {!isShort && isRecent(session) && <WorkoutOutcome session={session} />}
      {!isShort && session.notes && <p className="session-notes">{session.notes}</p>}
      {!isShort && <Groups session={session} />}
      {children}
    </div>
  );
}

const isRecent = (session: WorkoutSession): boolean =>
  Date.now() - (session.endTime ?? 0) < REOPEN_MS;

function Groups({ session }: { session: WorkoutSession }) {
  const catalogue = useCatalogue();
  const groups = volumeByGroup(session, catalogue.find);
  const most = Math.max(1, ...groups.map(({ sets }) => sets));
  if (groups.length === 0) return null;
  return (
    <section className="card stack-small">
      <h2 className="heading">{T.summary.groups}</h2>
      <ul className="stack-small">
        {groups.map(({ group, sets, volume }) => (
          <li key={group} className="group">
            <p className="spread">
              <span>{groupName(group)}</span>
              <span className="muted number">
                {T.summary.group(
                  sets,
                  volume > 0 ? weightText(Math.round(volume), session.unit ?? "kg") : null,
                )}
              </span>
            </p>
            <span className="group-bar" style={{ width: `${(100 * sets) / most}%` }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function SessionActions({ session, onDelete }: { session: WorkoutSession; onDelete(): void }) {
  const active = useApp((state) => state.activeWorkout);
  const { reopen } = useActions();
  const canReopen = !active && isRecent(session);
  const goOn = async (): Promise<void> => {
    await reopen(session).catch(() => undefined);
    goTo("workout", "", true);
  };
  return (
    <div className="stack-small">
      {canReopen && (
        <>
          <Button className="button button-primary button-wide" onPress={() => goTo("home")}>
            {T.summary.home}
          </Button>
          <Button className="button button-wide" onPress={goOn}>
            {T.summary.reopen}
          </Button>
        </>
      )}
      <Button className="button button-text button-wide" onPress={onDelete}>
        {T.summary.delete}
      </Button>
    </div>
  );
}

function LoggedExercise({ log, unit }: { log: ExerciseLog; unit: Unit }) {
  const catalogue = useCatalogue();
  const name = catalogue.name(log.exerciseId);
  return (
    <section className="card stack-small" aria-label={name}>
      <h2 className="heading">{name}</h2>
      <ol className="logged-sets">
        {completedSets(log).map((set) => (
          <li key={set.id} className="spread">
            <span className="number">{setText(set, unit)}</span>
            <span className="muted">
              {[
                set.type && set.type !== "N" ? SET_TYPES[set.type].name : null,
                set.rpe === null || set.rpe === undefined ? null : effortName(set.rpe),
              ]
                .filter(Boolean)
                .join(", ")}
            </span>
          </li>
        ))}
      </ol>
      {log.notes && <p className="muted session-notes">{log.notes}</p>}
    </section>
  );
}

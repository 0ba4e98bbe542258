/** The workout that is going on: exercise cards, add, finish. */

import { currentSession } from "@voltlift/bridge";
import { type RecommendationQuery, useExerciseRecommendations } from "@voltlift/bridge/react";
import { useEffect, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { endRest } from "../state/rest.ts";
import { useRoutine, withRoutine } from "../state/routine.ts";
import { useApp } from "../state/store.ts";
import { volumeByGroup } from "../state/summary.ts";
import { addExercise, countSets, logsOf, setsOf } from "../state/workout.ts";
import { groupName, setsText, T, timeText } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { EngineNotice, StorageNotice } from "../ui/notices.tsx";
import { goTo } from "../ui/route.ts";
import { clearNotices, offerUndo } from "../ui/toasts.tsx";
import { TopBar } from "../ui/topbar.tsx";
import { ExerciseCard } from "./exercise-card.tsx";
import { ExercisePicker } from "./exercise-picker.tsx";
import { NoWorkout } from "./no-workout.tsx";
import { RestTimer } from "./rest-timer.tsx";
import "./workout.css";

export function WorkoutScreen() {
  const workout = useApp((state) => state.activeWorkout);
  const { change, finish } = useActions();
  const [picking, setPicking] = useState(false);
  const session = useMemo(() => currentSession(workout), [workout]);
  const routine = useRoutine();
  const query = useMemo<RecommendationQuery | null>(
    () => session && withRoutine({ limit: 5, session }, routine),
    [session, routine],
  );
  const list = useExerciseRecommendations(query);
  const { pending, apply } = list;
  useEffect(() => {
    // Nobody is looking at the list: the newer one simply takes its place.
    if (!picking && pending) apply();
  }, [picking, pending, apply]);
  if (!workout || !session || !query) return <NoWorkout />;

  const logs = logsOf(workout);
  const sets = countSets(workout);
  // While a set waits for its tick, that is the next thing to do.
  const waiting = logs.some((log) => setsOf(log).some((set) => !set.completed));

  const add = (exerciseId: string): void => {
    change((current) => addExercise(current, exerciseId));
    setPicking(false);
  };
  const finishNow = async (): Promise<void> => {
    const done = await finish().catch(() => null); // The storage notice says what is wrong.
    if (!done) return;
    clearNotices(); // What they would take back is finished.
    goTo("session", done.id, true);
  };

  return (
    <div className="page page-wide">
      <TopBar title={workout.name}>
        <Button
          className={sets > 0 ? "button button-primary" : "button"}
          isDisabled={sets === 0}
          onPress={finishNow}
        >
          {T.workout.finish}
        </Button>
      </TopBar>
      <StorageNotice />
      <div className="stack">
        {logs.map((log, index) => (
          <ExerciseCard
            key={log.id}
            log={log}
            index={index}
            unit={workout.unit ?? "kg"}
            session={session}
          />
        ))}
        {logs.length === 0 && <p className="workout-empty">{T.workout.empty}</p>}
        <Button
          className={waiting ? "button button-big" : "button button-primary button-big"}
          onPress={() => setPicking(true)}
        >
          <Icon name="add" />
          {T.workout.add}
        </Button>
      </div>
      <SoFar />
      <RestTimer />
      <ExercisePicker
        query={query}
        list={list}
        isOpen={picking}
        onAdd={add}
        onClose={() => setPicking(false)}
      />
    </div>
  );
}

/** What has been done, beside the cards on a wide screen and below them on a phone. */
function SoFar() {
  const workout = useApp((state) => state.activeWorkout);
  const catalogue = useCatalogue();
  const { discard, restore } = useActions();
  if (!workout) return null;
  const groups = volumeByGroup(workout, catalogue.find);
  const drop = async (): Promise<void> => {
    const dropped = await discard().catch(() => null);
    if (!dropped) return;
    endRest();
    goTo("home");
    offerUndo(T.workout.discarded, () => void restore(dropped).then(() => goTo("workout")));
  };
  return (
    <aside className="stack workout-aside">
      <section className="card stack-small">
        <h2 className="heading">{T.workout.soFar}</h2>
        <p className="muted">
          {T.workout.since(timeText(workout.startTime), setsText(countSets(workout)))}
        </p>
        {groups.length > 0 && (
          <ul className="stack-small">
            {groups.map(({ group, sets }) => (
              <li key={group} className="spread">
                <span>{groupName(group)}</span>
                <span className="muted number">{setsText(sets)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <EngineNotice whenReady={false} />
      <Button className="button button-text" onPress={drop}>
        {T.workout.discard}
      </Button>
    </aside>
  );
}

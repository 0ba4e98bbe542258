/** What can be done with an exercise of the workout, behind the three dots. */
import type { CurrentSession, ExerciseLog } from "@voltlift/bridge";
import { useActions, useEngineStatus } from "../app-context.ts";
import { askEngine, here } from "../engine.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { planOf } from "../state/programs.ts";
import { useApp } from "../state/store.ts";
import {
  addWarmUps,
  joinSuperset,
  leaveSuperset,
  logsOf,
  removeExercise,
  restoreExercise,
} from "../state/workout.ts";
import { T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { ActionMenu, type MenuAction } from "../ui/menu.tsx";
import { notify, offerUndo } from "../ui/toasts.tsx";
import { Substitutes } from "./substitutes.tsx";

interface CardMenuProps {
  log: ExerciseLog;
  index: number;
  session: CurrentSession;
  canWarmUp: boolean;
  swapping: boolean;
  onSwapping(open: boolean): void;
}

export function CardMenu(props: CardMenuProps) {
  const { log, index, session, canWarmUp, swapping, onSwapping } = props;
  const { change } = useActions();
  const { boot } = useEngineStatus();
  const catalogue = useCatalogue();
  const workout = useApp((state) => state.activeWorkout);
  const name = catalogue.name(log.exerciseId);

  const remove = (): void => {
    change((current) => removeExercise(current, log.id));
    offerUndo(T.workout.exerciseRemoved(name), () =>
      change((current) => restoreExercise(current, log, index)),
    );
  };

  const warmUp = async (): Promise<void> => {
    const plannedReps = planOf(log)?.sets[0]?.reps;
    const answer = await askEngine("suggestLoad", {
      ...here(),
      exerciseId: log.exerciseId,
      session,
      warmUps: true,
      ...(plannedReps ? { plannedReps } : {}),
    }).catch(() => null);
    const sets = answer?.warmUps.map(({ weight, reps }) => ({ weight, reps: reps[0] })) ?? [];
    if (sets.length === 0) {
      notify(T.card.noWarmUps);
      return;
    }
    const before = useApp.getState().activeWorkout;
    change((current) => addWarmUps(current, log.id, sets));
    offerUndo(T.card.warmUpsAdded(sets.length), () =>
      change((current) =>
        before?.id === current.id ? withSetsOf(current, before, log.id) : current,
      ),
    );
  };

  const partners = workout ? logsOf(workout).filter(({ id }) => id !== log.id) : [];
  const actions: MenuAction[] = [
    { id: "swap", label: T.card.swap, run: () => onSwapping(true) },
    ...(canWarmUp && boot.phase === "ready"
      ? [{ id: "warm-up", label: T.card.warmUps, run: () => void warmUp() }]
      : []),
    ...(log.supersetId
      ? [
          {
            id: "alone",
            label: T.card.leaveSuperset,
            run: () => change((current) => leaveSuperset(current, log.id)),
          },
        ]
      : partners.map((partner) => ({
          id: `superset-${partner.id}`,
          label: T.card.supersetWith(catalogue.name(partner.exerciseId)),
          run: () => change((current) => joinSuperset(current, log.id, partner.id)),
        }))),
    { id: "remove", label: T.workout.removeExercise, run: remove },
  ];

  return (
    <>
      <ActionMenu
        label={T.workout.exerciseMenu(name)}
        trigger={<Icon name="more" />}
        actions={actions}
      />
      <Substitutes
        log={log}
        session={session}
        isOpen={swapping}
        onClose={() => onSwapping(false)}
      />
    </>
  );
}

/** The workout with one exercise's sets as they were. */
function withSetsOf<W extends { logs?: ExerciseLog[] }>(current: W, before: W, logId: string): W {
  const sets = before.logs?.find(({ id }) => id === logId)?.sets;
  if (!sets) return current;
  return {
    ...current,
    logs: (current.logs ?? []).map((log) => (log.id === logId ? { ...log, sets } : log)),
  };
}

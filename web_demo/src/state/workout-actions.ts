/** What the lifter can do in a workout: tick sets, rest, follow a program, finish. */
import type {
  PlannedSession,
  ProgramInfo,
  RecordFeedbackRequest,
  RecordFeedbackResponse,
  SetLog,
  SuggestLoadResponse,
  WorkoutSession,
} from "@voltlift/bridge";
import { here } from "../engine.ts";
import { defaultUnit, readGoal, type Unit, type UserSettings } from "./app-state.ts";
import { createFeedback } from "./feedback.ts";
import { switchUnit } from "./load-settings.ts";
import type { Persistence, Store } from "./persistence.ts";
import { type ActiveProgram, movedOn, startPlanned, withoutPlan } from "./programs.ts";
import { afterSet, beginRest, endRest } from "./rest.ts";
import { ignoredFeedback, kept, openFeedback, type Shown, withSuggestion } from "./suggestions.ts";
import { changeSet, finishWorkout, logsOf } from "./workout.ts";

/** A set that is being ticked. */
export interface Tick {
  logId: string;
  set: SetLog;
  /** What is logged: what was typed, else the hint that was shown. */
  values: Partial<SetLog>;
  /** The suggestion that stood beside it, if it was for this set. */
  suggestion: SuggestLoadResponse | null;
  category: string | undefined;
}

export function createWorkoutActions(
  store: Store,
  persistence: Persistence,
  record: (request: RecordFeedbackRequest) => Promise<RecordFeedbackResponse>,
) {
  const feedback = createFeedback(store, persistence, record);
  /** Suggestions that were on the screen in this workout, by the exercise's place in it. */
  const shown = new Map<string, Shown>();
  const settings = (): UserSettings =>
    store.getState().settings ?? { units: defaultUnit(navigator.language) };

  /** Record the open feedback of a workout, wherever it is by then. */
  const settle = (id: string, waiting: string | null = null): Promise<void> =>
    feedback.settle(() => {
      const { activeWorkout, history } = store.getState();
      const session =
        activeWorkout?.id === id ? activeWorkout : history.find((entry) => entry.id === id);
      return session ? openFeedback(session, settings(), Date.now(), waiting) : [];
    });

  return {
    /** Take note that a suggestion was seen. */
    noteShown(logId: string, suggestion: SuggestLoadResponse): void {
      const { activeWorkout } = store.getState();
      const value = kept(suggestion, activeWorkout?.unit ?? settings().units);
      if (!value) return;
      shown.set(logId, { logId, exerciseId: suggestion.exerciseId, suggestion: value });
    },

    /** Log a set; it counts once it is stored. The rest begins by itself. */
    tick({ logId, set, values, suggestion, category }: Tick): void {
      const { activeWorkout } = store.getState();
      if (!activeWorkout) return;
      const done = { ...set, ...values };
      // A drop set says nothing about the working weight.
      const counts = done.type !== "D" && done.type !== "W";
      const value = counts ? kept(suggestion, activeWorkout.unit ?? "kg") : null;
      const beside = withSuggestion(done, value);
      persistence.saveWorkout(
        changeSet(activeWorkout, logId, set.id, { ...values, ...beside, completed: true }),
      );
      const exercise = category === undefined ? undefined : { category };
      const next = afterSet(activeWorkout, logId, done, exercise, readGoal(settings().goal?.type));
      if (next && "rest" in next) beginRest(next.rest, next.exerciseId);
      else endRest();
      void settle(activeWorkout.id, set.id);
    },

    /** Say how hard a set was; its feedback is complete then. */
    rate(logId: string, setId: string, rpe: number | null): void {
      const { activeWorkout } = store.getState();
      if (!activeWorkout) return;
      persistence.saveWorkout(changeSet(activeWorkout, logId, setId, { rpe }));
      if (rpe !== null) void settle(activeWorkout.id);
    },

    /**
     * Close the active workout; returns what was stored. A program that is followed moves on
     * in the same write.
     */
    async finish(): Promise<WorkoutSession | null> {
      const { activeWorkout } = store.getState();
      if (!activeWorkout) return null;
      const session = withoutPlan(finishWorkout(activeWorkout, Date.now()));
      const activeProgram = movedOn(store.getState().settings, session);
      await persistence.commit({
        sessions: [session],
        ...(activeProgram ? { settings: { ...settings(), activeProgram } } : {}),
      });
      endRest();
      const left = new Set(logsOf(activeWorkout).map(({ id }) => id));
      const seen = [...shown.values()].filter(({ logId }) => left.has(logId));
      shown.clear();
      void settle(session.id);
      void feedback.settle(() => ignoredFeedback(session, seen, Date.now()));
      return session;
    },

    /** Start the workout of a planned session, unless one is going on. */
    startPlanned(planned: PlannedSession, program: Pick<ProgramInfo, "id">): void {
      if (store.getState().activeWorkout) return;
      const unit = settings().units;
      persistence.saveWorkout(startPlanned(planned, program, { ...here(), unit }));
    },

    /** Follow a program from its first session. Returns what brings the one before it back. */
    async follow(programId: string, daysPerWeek: number): Promise<() => Promise<void>> {
      const before = settings().activeProgram;
      const activeProgram: ActiveProgram = {
        programId,
        currentSessionIndex: 0,
        startDate: Date.now(),
        selectedFrequency: daysPerWeek,
      };
      await persistence.commit({ settings: { ...settings(), activeProgram } });
      return () => persistence.commit({ settings: { ...settings(), activeProgram: before } });
    },

    /** Follow no program any more. Returns what takes that back. */
    async stopProgram(): Promise<() => Promise<void>> {
      const before = settings().activeProgram;
      await persistence.commit({ settings: { ...settings(), activeProgram: undefined } });
      return () => persistence.commit({ settings: { ...settings(), activeProgram: before } });
    },

    /** Go on with another session of the program than the one it waits for. */
    goToSession(index: number): Promise<void> {
      const { activeProgram, ...others } = settings();
      if (typeof activeProgram !== "object" || activeProgram === null) return Promise.resolve();
      const moved = { ...activeProgram, currentSessionIndex: index };
      return persistence.commit({ settings: { ...others, activeProgram: moved } });
    },

    /** Show and take weights in another unit from now on. */
    changeUnit: (units: Unit): Promise<void> =>
      persistence.commit({ settings: { ...settings(), ...switchUnit(settings(), units) } }),
  };
}

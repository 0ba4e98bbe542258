/**
 * The score of the rules in plain TypeScript: objects and loops, as an app would have it
 * without the engine. The benchmark fails where the two disagree.
 */
import type { ExerciseDefinition } from "@voltlift/bridge";
import rules from "../../core/src/voltlift_core/scoring/data/rules-1.json";
import {
  type Component,
  DAY_MS,
  goalOf,
  LEVELS,
  type Reason,
  type Request,
  type Settings,
  STRENGTH_GROUPS,
} from "./model.js";
import type { Summary } from "./summary.js";

const WINDOW_DAYS = 30;

type Table = Record<string, number>;

/** What is the same for all exercises of a request. */
export interface Situation {
  settings: Settings;
  summary: Summary;
  now: number;
  /** Share of training by strength group, 1 is balanced; null without training. */
  ratios: Map<string, number> | null;
  lastTrained: Map<string, number>;
  cardioSessions: number;
  today: Set<string>;
  favourites: Set<string>;
}

/** Look at the last weeks and at the workout going on. */
export function situationOf(
  settings: Settings,
  summary: Summary,
  exercises: ReadonlyMap<string, ExerciseDefinition>,
  request: Request,
): Situation {
  const { now } = request;
  const hardSets = new Map<string, number>();
  let cardioSessions = 0;
  const add = (group: string, sets: number) =>
    hardSets.set(group, (hardSets.get(group) ?? 0) + sets);
  for (const session of summary.sessions) {
    if (session.startTime <= now - WINDOW_DAYS * DAY_MS) break;
    let cardio = false;
    for (const [id, sets] of session.sets) {
      const exercise = exercises.get(id);
      if (!exercise) continue;
      add(exercise.muscleGroup, sets);
      for (const group of exercise.secondaryMuscles ?? []) add(group, sets / 2);
      cardio ||= exercise.muscleGroup === "Cardio";
    }
    if (cardio) cardioSessions += 1;
  }
  const lastTrained = new Map<string, number>();
  for (const [id, { times, last }] of summary.exercises) {
    const group = exercises.get(id)?.muscleGroup;
    if (group && times) lastTrained.set(group, Math.max(lastTrained.get(group) ?? 0, last));
  }
  const today = new Set<string>();
  for (const { exerciseId } of request.session?.logs ?? []) {
    const group = exercises.get(exerciseId)?.muscleGroup;
    if (group) today.add(group);
  }
  return {
    settings,
    summary,
    now,
    ratios: balanceRatios(hardSets, settings.experienceLevel ?? "Beginner"),
    lastTrained,
    cardioSessions,
    today,
    favourites: new Set(settings.favoriteExercises),
  };
}

function balanceRatios(hardSets: Map<string, number>, level: string): Map<string, number> | null {
  const landmarks = (rules.balance.maximumAdaptiveVolume as Record<string, Table>)[level] ?? {};
  const weeks = WINDOW_DAYS / 7;
  const shares = STRENGTH_GROUPS.map(
    (group) => (hardSets.get(group) ?? 0) / ((landmarks[group] ?? Number.NaN) * weeks),
  );
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  if (!(mean > 0)) return null;
  return new Map(STRENGTH_GROUPS.map((group, i) => [group, (shares[i] ?? 0) / mean]));
}

/** All points of an exercise, each with its reason. */
export function score(exercise: ExerciseDefinition, at: Situation): Reason[] {
  return [
    ...clamped("balance", rules.balance.max, balance(exercise, at)),
    recovery(exercise, at),
    ...clamped("preference", rules.preference.max, preference(exercise, at)),
    goal(exercise, at),
    experience(exercise, at),
    novelty(exercise, at),
  ];
}

function balance(exercise: ExerciseDefinition, at: Situation): Reason[] {
  const group = exercise.muscleGroup;
  const found: Reason[] = [];
  const give = (code: string, points: number, values: Reason["values"] = {}) =>
    found.push({ component: "balance", code, points, values });
  if (group === "Cardio") {
    const weekly = (rules.balance.cardioSessionsPerWeek as Table)[goalOf(at.settings) ?? ""] ?? 0;
    const target = weekly * (WINDOW_DAYS / 7);
    const sessions = at.cardioSessions;
    const values = { sessions, target: round(target, 1) };
    if (sessions < target) give("cardio_below_target", rules.balance.cardioMax, values);
    else give(target > 0 ? "cardio_target_met" : "cardio_not_wanted", 0, values);
  } else if (!at.ratios) {
    give("no_history", 0);
  } else {
    const ratio = at.ratios.get(group) ?? 1;
    const values = { group, ratio: round(ratio, 2) };
    const step = rules.balance.steps.find(({ below }) => ratio < below);
    if (step) give(step.code, step.points, values);
    else if (ratio > rules.balance.overtrainedAbove) {
      give("overtrained", rules.balance.overtrained, values);
    } else give("balanced", 0, values);
  }
  if (at.today.has(group)) give("trained_today", rules.balance.trainedToday, { group });
  const count = exercise.secondaryMuscles?.length ?? 0;
  if (count > 0) give("secondary_muscles", rules.balance.secondaryMuscles, { count });
  return found;
}

function recovery({ muscleGroup: group }: ExerciseDefinition, at: Situation): Reason {
  const component = "recovery";
  const optimal = (rules.recovery.optimalDays as Table)[group] ?? Number.NaN;
  const last = at.lastTrained.get(group);
  if (last === undefined) {
    const points = rules.recovery.restedLong;
    return { component, code: "never_trained", points, values: { group, optimal } };
  }
  const days = (at.now - last) / DAY_MS;
  const values = { group, optimal, days: round(days, 1) };
  const ratio = days / optimal;
  const step = rules.recovery.steps.find(({ below }) => ratio < below);
  if (step) return { component, code: step.code, points: step.points, values };
  if (ratio > rules.recovery.restedLongAbove) {
    return { component, code: "rested_long", points: rules.recovery.restedLong, values };
  }
  return { component, code: "recovered", points: rules.recovery.recovered, values };
}

function preference({ id }: ExerciseDefinition, at: Situation): Reason[] {
  const component = "preference";
  const found: Reason[] = [];
  if (at.favourites.has(id)) {
    found.push({ component, code: "favourite", points: rules.preference.favourite, values: {} });
  }
  const known = at.summary.exercises.get(id);
  if (!known?.planned) {
    found.push({ component, code: "not_done_before", points: 0, values: {} });
    return found;
  }
  const rate = known.working / known.planned;
  const values = { times: known.times, rate: round(rate, 2) };
  if (rate > rules.preference.reliableAbove) {
    found.push({ component, code: "reliable", points: rules.preference.reliable, values });
  } else if (rate < rules.preference.oftenUnfinishedBelow) {
    const points = rules.preference.oftenUnfinished;
    found.push({ component, code: "often_unfinished", points, values });
  } else {
    found.push({ component, code: "done_before", points: rules.preference.doneBefore, values });
  }
  return found;
}

function goal({ category }: ExerciseDefinition, at: Situation): Reason {
  const component = "goal";
  const wanted = goalOf(at.settings);
  if (!wanted) return { component, code: "goal_unknown", points: 0, values: {} };
  const points = (rules.goal.points as Record<string, Table>)[wanted]?.[category] ?? 0;
  return { component, code: "goal_fit", points, values: { goal: wanted, category } };
}

function experience(exercise: ExerciseDefinition, at: Situation): Reason {
  const component = "experience";
  const level = at.settings.experienceLevel;
  if (!level) return { component, code: "level_unknown", points: 0, values: {} };
  const difficulty = exercise.difficulty ?? "Intermediate";
  const values = { level, difficulty };
  const step = LEVELS.indexOf(difficulty) - LEVELS.indexOf(level);
  const { same, oneEasier, oneHarder, far } = rules.experience;
  if (step === 0) return { component, code: "same_level", points: same, values };
  if (step === -1) return { component, code: "easier", points: oneEasier, values };
  if (step === 1) return { component, code: "harder", points: oneHarder, values };
  return { component, code: "far_level", points: far, values };
}

function novelty({ id }: ExerciseDefinition, at: Situation): Reason {
  const component = "novelty";
  const known = at.summary.exercises.get(id);
  if (!known?.planned) {
    return { component, code: "new_exercise", points: rules.novelty.never, values: {} };
  }
  const days = (at.now - known.last) / DAY_MS;
  const values = { days: round(days, 1) };
  if (days > rules.novelty.longAgoAboveDays) {
    return { component, code: "long_ago", points: rules.novelty.longAgo, values };
  }
  if (days > rules.novelty.aWhileAgoAboveDays) {
    return { component, code: "a_while_ago", points: rules.novelty.aWhileAgo, values };
  }
  return { component, code: "recent", points: 0, values };
}

function clamped(component: Component, max: number, reasons: Reason[]): Reason[] {
  const sum = sumOf(reasons);
  const points = Math.min(Math.max(sum, 0), max) - sum;
  if (points !== 0) {
    reasons.push({ component, code: "clamped", points, values: { limit: points < 0 ? max : 0 } });
  }
  return reasons;
}

export function sumOf(reasons: readonly Reason[]): number {
  let sum = 0;
  for (const { points } of reasons) sum += points;
  return sum;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

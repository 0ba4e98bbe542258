/** What a log comes to, right after it was imported: the facts, and what the engine says. */
import type {
  ExerciseDefinition,
  Reason,
  SuggestLoadResponse,
  WorkoutSession,
} from "@voltlift/bridge";
import { useEffect, useMemo, useState } from "react";
import { create } from "zustand";
import { askEngine, here } from "../engine.ts";
import { useCatalogue } from "./catalogue.ts";
import { useApp } from "./store.ts";
import { completedSets, logsOf } from "./workout.ts";

interface Arrival {
  /** The import by which the log came, while it can be undone from here. */
  importId: string | null;
  /** What it brought, in words; empty where that was nothing. */
  message: string;
  /** In which unit it is kept and why, in words. */
  unit: string | null;
}

/** What the import told that the log does not; gone with the page. */
export const useArrival = create<Arrival>()(() => ({ importId: null, message: "", unit: null }));

export interface MonthSets {
  /** The first of the month. */
  month: Date;
  sets: number;
}

export interface TrainingFacts {
  /** Days with training, sets done, first and last day. */
  days: number;
  sets: number;
  first: number;
  last: number;
  /** The last two years of training, without gaps. */
  months: MonthSets[];
  /** Working sets with a weight by exercise of the last months. */
  lately: ReadonlyMap<string, number>;
}

const DAY_MS = 86_400_000;
const MONTHS = 24;
const LATELY_DAYS = 90;
const LIFTS = 3;

/** Count a log up; null where nothing has been done yet. */
export function trainingFacts(history: readonly WorkoutSession[]): TrainingFacts | null {
  const days = new Set<number>();
  const byMonth = new Map<number, number>();
  const byLift = new Map<string, number>();
  let sets = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const session of history) last = Math.max(last, session.startTime);
  for (const session of history) {
    const done = logsOf(session).map((log) => ({ log, sets: completedSets(log) }));
    const count = done.reduce((sum, entry) => sum + entry.sets.length, 0);
    if (count === 0) continue;
    sets += count;
    first = Math.min(first, session.startTime);
    // The day where the lifter was, whatever the time zone of this device.
    days.add(Math.floor(localTime(session) / DAY_MS));
    const month = monthOf(localTime(session));
    byMonth.set(month, (byMonth.get(month) ?? 0) + count);
    if (last - session.startTime > LATELY_DAYS * DAY_MS) continue;
    for (const { log, sets } of done) {
      const working = sets.filter((set) => set.type !== "W" && set.weight > 0).length;
      byLift.set(log.exerciseId, (byLift.get(log.exerciseId) ?? 0) + working);
    }
  }
  if (sets === 0) return null;
  return {
    days: days.size,
    sets,
    first,
    last,
    months: monthsUntil(Math.max(...byMonth.keys()), byMonth),
    lately: new Map([...byLift].filter(([, count]) => count > 0)),
  };
}

/**
 * The lifts that stand for a lifter's training: of those done often, the best known, and no
 * two for the same muscles.
 */
export function mainLifts(
  lately: TrainingFacts["lately"],
  find: (
    id: string,
  ) => Pick<ExerciseDefinition, "muscleGroup" | "category" | "commonness"> | undefined,
): string[] {
  const most = Math.max(0, ...lately.values());
  // Lifts of more than one joint say most; of those, everybody knows the commonest.
  const known = (id: string): number =>
    (find(id)?.category === "Compound" ? 100 : 0) + (find(id)?.commonness ?? 0);
  const often = [...lately]
    .filter(([, count]) => count >= most / 2)
    .sort(([a, x], [b, y]) => known(b) - known(a) || y - x)
    .map(([id]) => id);
  const groups = new Set<string>();
  const distinct = often.filter((id) => {
    const group = find(id)?.muscleGroup ?? id;
    return !groups.has(group) && groups.add(group);
  });
  // Somebody who trains one thing sees more of it.
  return [...new Set([...distinct, ...often])].slice(0, LIFTS);
}

const localTime = ({ startTime, utcOffsetMinutes }: WorkoutSession): number =>
  startTime + (utcOffsetMinutes ?? 0) * 60_000;

/** Months since the year 0. */
function monthOf(localTime: number): number {
  const date = new Date(localTime);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function monthsUntil(last: number, byMonth: ReadonlyMap<number, number>): MonthSets[] {
  const first = Math.max(Math.min(...byMonth.keys()), last - MONTHS + 1);
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    month: new Date(Math.floor((first + at) / 12), (first + at) % 12, 1),
    sets: byMonth.get(first + at) ?? 0,
  }));
}

export interface ArrivalAnswers {
  /** The next set of each lift. */
  loads: SuggestLoadResponse[];
  /** Muscle groups that have come up short, one reason each. */
  behind: Reason[];
}

const BEHIND: ReadonlySet<string> = new Set([
  "undertrained",
  "slightly_undertrained",
  "never_trained",
]);
/** Enough exercises that each group which is behind is among them. */
const LOOK_AT = 60;

/** The facts of the log, and the engine's answers; null while these are on their way. */
export function useArrivalAnswers(): {
  facts: TrainingFacts | null;
  answers: ArrivalAnswers | null;
} {
  const history = useApp((state) => state.history);
  const facts = useMemo(() => trainingFacts(history), [history]);
  const { all, find } = useCatalogue();
  const isKnown = all.length > 0;
  const [answers, setAnswers] = useState<ArrivalAnswers | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the catalogue only has to be there.
  useEffect(() => {
    if (!facts || !isKnown) return;
    let isGone = false;
    setAnswers(null);
    const loads = mainLifts(facts.lately, find).map((exerciseId) =>
      askEngine("suggestLoad", { exerciseId, ...here() }),
    );
    // A log that ends a year ago is behind in everything; what counts is how it ended.
    const asOf = Math.min(Date.now(), facts.last + DAY_MS);
    const list = askEngine("recommendExercises", { limit: LOOK_AT, ...here(asOf) });
    Promise.all([Promise.allSettled(loads), Promise.allSettled([list])]).then(([loads, [list]]) => {
      if (isGone) return;
      setAnswers({
        // What is not available is not shown.
        loads: loads.flatMap((load) =>
          load.status === "fulfilled" && load.value.choice ? [load.value] : [],
        ),
        behind:
          list.status === "fulfilled"
            ? groupsBehind(
                list.value.recommendations.flatMap(({ components }) =>
                  components.flatMap(({ reasons }) => reasons),
                ),
              )
            : [],
      });
    });
    return () => {
      isGone = true;
    };
  }, [facts, isKnown]);

  return { facts, answers };
}

/** One reason for each muscle group that is behind, the furthest behind first. */
export function groupsBehind(reasons: readonly Reason[]): Reason[] {
  const byGroup = new Map<string, Reason>();
  for (const reason of reasons) {
    const group = reason.values?.group;
    // Not everybody wants cardio; who has never done any hears of it elsewhere.
    if (!BEHIND.has(reason.code) || typeof group !== "string" || group === "Cardio") continue;
    const known = byGroup.get(group);
    if (!known || share(reason) < share(known)) byGroup.set(group, reason);
  }
  return [...byGroup.values()].sort((a, b) => share(a) - share(b));
}

/** How much of the average a group gets. */
const share = ({ code, values }: Reason): number =>
  code === "never_trained" ? -1 : Number(values?.ratio ?? 1);

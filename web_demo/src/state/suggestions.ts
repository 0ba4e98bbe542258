/** A suggestion beside the set that it was for: what is kept, and whether it was followed. */
import type {
  ExerciseLog,
  LoadChoice,
  RecordFeedbackRequest,
  SetLog,
  SuggestLoadResponse,
  WorkoutSession,
} from "@voltlift/bridge";
import type { Unit, UserSettings } from "./app-state.ts";
import { completedSets, logsOf, setsOf } from "./workout.ts";

/** What a set keeps of its suggestion, in the unit of its session. */
export interface KeptSuggestion {
  weight: number;
  reps: [number, number];
  confidence: SuggestLoadResponse["confidence"];
  /** The code of the first reason. */
  reasoning: string;
  version: string;
  propensity: number;
}

/** A set that was suggested. */
export interface SuggestedSet extends SetLog {
  aiSuggestion?: KeptSuggestion;
  aiSuggestionAccepted?: boolean;
}

/** What to keep of a suggestion; null where it suggests nothing, or in another unit. */
export function kept(suggestion: SuggestLoadResponse | null, unit: Unit): KeptSuggestion | null {
  if (!suggestion?.choice || suggestion.unit !== unit || suggestion.kind === "time") return null;
  const { choice, confidence, reasoning, version, propensity } = suggestion;
  return {
    weight: choice.weight,
    reps: choice.reps,
    confidence,
    reasoning: reasoning[0]?.code ?? suggestion.decision,
    version,
    propensity,
  };
}

/** True where a set was done as suggested: this weight, and reps within the range. */
export function isFollowed(
  set: Pick<SetLog, "weight" | "reps">,
  { weight, reps: [low, high] }: Pick<LoadChoice, "weight" | "reps">,
): boolean {
  return Math.abs(set.weight - weight) < 0.01 && set.reps >= low && set.reps <= high;
}

/** What ticking a set adds to it: its suggestion, and whether it was followed. */
export function withSuggestion(
  values: Pick<SetLog, "weight" | "reps">,
  suggestion: KeptSuggestion | null,
): Partial<SuggestedSet> {
  if (!suggestion) return {};
  return { aiSuggestion: suggestion, aiSuggestionAccepted: isFollowed(values, suggestion) };
}

/** The set that the next suggestion is for: the first one that is not done, past warm-ups. */
export function suggestedSet(log: ExerciseLog): SetLog | undefined {
  return setsOf(log).find((set) => !set.completed && set.type !== "W");
}

/** What was suggested for an exercise that was then not done at all. */
export interface Shown {
  logId: string;
  exerciseId: string;
  suggestion: KeptSuggestion;
}

interface StoredFeedback {
  exerciseId?: unknown;
  sessionId?: unknown;
  setIndex?: unknown;
  actualWeight?: unknown;
  actualReps?: unknown;
  rpe?: unknown;
}

/** Where a record of feedback belongs. */
const placeOf = ({ exerciseId, sessionId, setIndex }: StoredFeedback): string =>
  `${String(sessionId)}/${String(exerciseId)}/${String(setIndex)}`;

/** Feedback that the settings hold already, by place. */
function knownFeedback(settings: UserSettings | null): ReadonlyMap<string, StoredFeedback> {
  const history = settings?.suggestionHistory;
  const records = Array.isArray(history) ? (history as Array<StoredFeedback | null>) : [];
  return new Map(records.flatMap((item) => (item?.sessionId ? [[placeOf(item), item]] : [])));
}

/** True where this is recorded; a set that was changed since is recorded again. */
function isRecorded(record: StoredFeedback | undefined, request: RecordFeedbackRequest): boolean {
  return (
    record !== undefined &&
    record.actualWeight === request.actualWeight &&
    record.actualReps === request.actualReps &&
    (record.rpe ?? null) === (request.rpe ?? null)
  );
}

/**
 * The feedback that a workout has to give and the settings do not hold yet.
 *
 * @param waiting a set that was done just now: its effort may follow, so it waits.
 */
export function openFeedback(
  session: WorkoutSession,
  settings: UserSettings | null,
  now: number,
  waiting: string | null = null,
): RecordFeedbackRequest[] {
  const known = knownFeedback(settings);
  const unit = session.unit ?? settings?.units ?? "kg";
  return logsOf(session).flatMap((log) =>
    completedSets(log)
      .filter((set) => set.type !== "W" && set.type !== "D")
      .flatMap((set: SuggestedSet, setIndex): RecordFeedbackRequest[] => {
        const { aiSuggestion: suggestion } = set;
        if (!suggestion || set.id === waiting) return [];
        const request: RecordFeedbackRequest = {
          now,
          exerciseId: log.exerciseId,
          outcome: isFollowed(set, suggestion) ? "accepted" : "modified",
          unit,
          suggestedWeight: suggestion.weight,
          suggestedReps: suggestion.reps,
          confidence: suggestion.confidence,
          actualWeight: set.weight,
          actualReps: set.reps,
          rpe: set.rpe ?? null,
          propensity: suggestion.propensity,
          version: suggestion.version,
          sessionId: session.id,
          setIndex,
        };
        return isRecorded(known.get(placeOf(request)), request) ? [] : [request];
      }),
  );
}

/** The feedback for suggestions that were seen, of exercises that were then left out. */
export function ignoredFeedback(
  session: WorkoutSession,
  shown: readonly Shown[],
  now: number,
): RecordFeedbackRequest[] {
  const done = new Set(logsOf(session).flatMap((log) => (hasDone(log) ? log.exerciseId : [])));
  return shown
    .filter(({ exerciseId }) => !done.has(exerciseId))
    .map(({ exerciseId, suggestion }) => ({
      now,
      exerciseId,
      outcome: "ignored",
      unit: session.unit ?? "kg",
      suggestedWeight: suggestion.weight,
      suggestedReps: suggestion.reps,
      confidence: suggestion.confidence,
      propensity: suggestion.propensity,
      version: suggestion.version,
      sessionId: session.id,
      setIndex: 0,
    }));
}

function hasDone(log: ExerciseLog): boolean {
  return completedSets(log).some((set) => set.type !== "W");
}

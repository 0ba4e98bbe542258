/** Filter, order and diversity over the plain score. */
import type { ExerciseDefinition } from "@voltlift/bridge";
import rules from "../../core/src/voltlift_core/scoring/data/rules-1.json";
import { type Recommendation, type Request, type Settings, usableEquipment } from "./model.js";
import { score, situationOf, sumOf } from "./score.js";
import type { Summary } from "./summary.js";

interface Scored extends Recommendation {
  times: number;
}

/** The top exercises for a request, best first. */
export function recommend(
  exercises: ReadonlyMap<string, ExerciseDefinition>,
  settings: Settings,
  summary: Summary,
  request: Request,
): Recommendation[] {
  const equipment = usableEquipment(settings);
  const inSession = new Set(request.session?.logs?.map((log) => log.exerciseId));
  const situation = situationOf(settings, summary, exercises, request);
  const candidates: Scored[] = [];
  for (const exercise of exercises.values()) {
    if (inSession.has(exercise.id) || (equipment && !equipment.has(exercise.equipment))) continue;
    const reasons = score(exercise, situation);
    const times = summary.exercises.get(exercise.id)?.times ?? 0;
    candidates.push({ exercise, reasons, score: sumOf(reasons), times });
  }
  candidates.sort(byScore);
  return diversified(candidates, request.limit ?? 5);
}

function byScore(a: Scored, b: Scored): number {
  return (
    b.score - a.score ||
    b.times - a.times ||
    (b.exercise.commonness ?? 1) - (a.exercise.commonness ?? 1) ||
    (a.exercise.id < b.exercise.id ? -1 : 1)
  );
}

/** Take the best one again and again; each pick lowers those of the same group. */
function diversified(candidates: readonly Scored[], limit: number): Recommendation[] {
  const perPick = rules.diversity.sameGroupListed;
  const counts = new Map<string, number>();
  const picked = new Set<Scored>();
  const list: Recommendation[] = [];
  while (list.length < limit) {
    let best: Scored | null = null;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const candidate of candidates) {
      if (picked.has(candidate)) continue;
      const earlier = counts.get(candidate.exercise.muscleGroup) ?? 0;
      const shown = Math.max(candidate.score + perPick * earlier, 0);
      if (shown > bestScore) [best, bestScore] = [candidate, shown];
    }
    if (!best) break;
    picked.add(best);
    list.push(listed(best, bestScore, counts.get(best.exercise.muscleGroup) ?? 0, perPick));
    counts.set(best.exercise.muscleGroup, (counts.get(best.exercise.muscleGroup) ?? 0) + 1);
  }
  return list;
}

function listed(pick: Scored, shown: number, earlier: number, perPick: number): Recommendation {
  const { exercise } = pick;
  const reasons = [...pick.reasons];
  const points = perPick * earlier;
  if (earlier > 0) {
    const values = { group: exercise.muscleGroup, count: earlier };
    reasons.push({ component: "diversity", code: "same_group_listed", points, values });
  }
  const clamp = shown - (pick.score + points);
  if (clamp !== 0) {
    reasons.push({ component: "total", code: "clamped", points: clamp, values: { limit: 0 } });
  }
  return { exercise, score: shown, reasons };
}

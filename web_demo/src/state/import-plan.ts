/** What keeping a preview stores: pure, so that what is shown is what is done. */
import type { ImportPreview, PreviewedSession, WorkoutSession } from "@voltlift/bridge";
import { mergeAdditions } from "@voltlift/bridge";

/** Workouts that the lifter wants otherwise than usual, by id. */
export type Wishes = ReadonlyMap<string, boolean>;

/** New workouts and new sets are taken, workouts that are there twice are not. */
export function isTaken({ id, outlook }: PreviewedSession, wishes: Wishes): boolean {
  if (outlook === "known") return false;
  return wishes.get(id) ?? outlook !== "duplicate";
}

export interface ImportPlan {
  /** Records to write: new ones, and stored ones with what the file has beyond them. */
  sessions: WorkoutSession[];
  added: number;
  extended: number;
}

/** The records that storing `preview` into a log of `stored` writes. */
export function planImport(
  { sessions, outlooks }: Pick<ImportPreview, "sessions" | "outlooks">,
  stored: readonly WorkoutSession[],
  wishes: Wishes = new Map(),
): ImportPlan {
  const known = new Map(stored.map((session) => [session.id, session]));
  const plan: ImportPlan = { sessions: [], added: 0, extended: 0 };
  outlooks.forEach((outlook, at) => {
    const session = sessions[at];
    if (!session || !isTaken(outlook, wishes)) return;
    const before = known.get(session.id);
    if (!before) {
      plan.sessions.push(session);
      plan.added += 1;
    } else if (outlook.outlook === "changed") {
      plan.sessions.push(mergeAdditions(before, outlook.additions ?? []));
      plan.extended += 1;
    }
  });
  return plan;
}

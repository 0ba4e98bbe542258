/** Texts of what is alike, of what is new to the lifter, and of the way to the replay. */
import type { SimilarExercise } from "@voltlift/bridge";
import { count } from "../wording.ts";

export const SIMILAR_TEXTS = {
  kinds: {
    lifters: "Often done by the same lifters",
    content: "Alike by muscles and movement",
  } as Readonly<Record<SimilarExercise["likeness"], string>>,
  /** Before a name, for those who hear it. */
  take: "Do instead:",
  times: (n: number) =>
    n === 0 ? "New to you" : `You did it in ${count(n, "workout", "workouts")}`,
  notLoaded: "What other lifters do in its place is not shown: no model of likeness is in use.",
  models: "See the models",
} as const;

export const NOVEL_TEXTS = {
  title: "New for you",
  hint: "What lifters with a log like yours do, and you never did.",
  startWith: "Start a workout with",
} as const;

/** Apart from the replay's own texts, which come with its screen. */
export const REPLAY_LINK_TEXTS = {
  link: "How good are these suggestions for me?",
  hint: "Tried on your own training, beside simply repeating.",
} as const;

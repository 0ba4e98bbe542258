/** Why an exercise that is new to the lifter is shown, in words. */
import type { Reason } from "../contract/contract.js";
import { fill, humaniseWith } from "./format.js";

/** By reason code; `exercise` is a name, as the catalogue gives it. */
export const NOVEL_REASON_TEXTS: { readonly [code: string]: string } = {
  novel_popular: "Many lifters do it",
  novel_with: "Goes with {exercise}, which you do today",
  novel_like_yours: "Lifters who do {exercise} as you do often do it",
};

/** A reason of `novelExercises` in words. */
export function novelReasonText(reason: Pick<Reason, "code" | "values">): string {
  const template = NOVEL_REASON_TEXTS[reason.code];
  return template === undefined
    ? humaniseWith(reason.code, reason.values)
    : fill(template, reason.values);
}

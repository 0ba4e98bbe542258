/** Reasons in words, with exercises by the names that this page has for them. */
import type { Reason, SuggestLoadResponse } from "@voltlift/bridge";
import { loadPointsText, loadReasonText, planReasonText } from "@voltlift/bridge/text";
import type { Unit } from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";

type Say = (reason: Reason, unit: Unit) => string;

/** Why a load is suggested. */
export function useLoadReason(): Say {
  const { name } = useCatalogue();
  return (reason, unit) => loadReasonText(reason, unit, name);
}

/** Why a load is suggested, in one line: the first reason, and what changes. */
export function useReasonLine(): (suggestion: SuggestLoadResponse) => string {
  const say = useLoadReason();
  return ({ reasoning, unit }) => {
    const [first] = reasoning;
    if (!first) return "";
    const points = reasoning.reduce((sum, reason) => sum + reason.points, 0);
    const change = loadPointsText({ code: first.code, points }, unit);
    const reps = reasoning.find(({ code }) => code === "volume_progression" && first.code !== code);
    const what = change || (reps ? lowerFirst(say(reps, unit)) : "");
    return [say(first, unit), what].filter(Boolean).join(", ");
  };
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Why a plan is as it is. */
export function usePlanReason(): Say {
  const { name } = useCatalogue();
  return (reason, unit) => planReasonText(reason, unit, name);
}

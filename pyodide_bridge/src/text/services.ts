/** Reasons of loads, programs and substitutes in words. */
import type { ProgramComponent, Reason } from "../contract/contract.js";
import { fill, humanise, humaniseWith, type Values } from "./format.js";
import { LOAD_REASON_TEXTS, RECOVERY_CODES } from "./loads.js";
import { PLAN_REASON_TEXTS, PROGRAM_COMPONENT_TEXTS, PROGRAM_REASON_TEXTS } from "./programs.js";
import { PATTERN_TEXTS, SUBSTITUTE_REASON_TEXTS } from "./substitutes.js";

type Table = { readonly [code: string]: string };
type Given = Pick<Reason, "code" | "values">;
type Unit = "kg" | "lbs";
type NameOf = (exerciseId: string) => string;

interface Context {
  unit?: Unit;
  nameOf?: NameOf | undefined;
}

/**
 * Why a load is suggested; weights among the values are in `unit`, that of the answer.
 *
 * @param nameOf the name of an exercise by its id, as the page shows it.
 */
export function loadReasonText(reason: Given, unit: Unit, nameOf?: NameOf): string {
  return say([LOAD_REASON_TEXTS], reason, { unit, nameOf });
}

/** What a reason adds to the weight: "+2.5 kg"; empty where it adds nothing by itself. */
export function loadPointsText(reason: Pick<Reason, "code" | "points">, unit: Unit): string {
  const amount = Math.round(Math.abs(reason.points) * 100) / 100;
  if (amount === 0 || RECOVERY_CODES.has(reason.code)) return "";
  return `${reason.points < 0 ? "−" : "+"}${amount}\u00a0${unit === "kg" ? "kg" : "lb"}`;
}

/** Name of a part of a program's score. */
export function programComponentName(component: ProgramComponent["component"]): string {
  return PROGRAM_COMPONENT_TEXTS[component] ?? humanise(component);
}

/** Why a program has these points. */
export function programReasonText(reason: Given, component: ProgramComponent["component"]): string {
  return say([PROGRAM_REASON_TEXTS[component] ?? {}], reason);
}

/** How a program moves on, why its next session is this one, and why an exercise is in it. */
export function planReasonText(reason: Given, unit: Unit, nameOf?: NameOf): string {
  const tables = [PLAN_REASON_TEXTS, LOAD_REASON_TEXTS, SUBSTITUTE_REASON_TEXTS];
  return say(tables, reason, { unit, nameOf });
}

/** Why an exercise can stand in for another one. */
export function substituteReasonText(reason: Given): string {
  return say([SUBSTITUTE_REASON_TEXTS], reason);
}

function say(tables: readonly Table[], reason: Given, context: Context = {}): string {
  const template = tables
    .flatMap((table) => (Object.hasOwn(table, reason.code) ? table[reason.code] : []))
    .at(0);
  const values = inWords(reason.values, context);
  if (template === undefined) return humaniseWith(reason.code, values);
  const { unit } = context;
  const text = fill(template, unit ? { ...values, unit: unit === "kg" ? "kg" : "lb" } : values);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Codes among the values become what a reader calls them. */
function inWords(values: Values, { nameOf }: Context): Values {
  const { pattern, exercise, change } = values;
  return {
    ...values,
    ...(typeof pattern === "string"
      ? { pattern: PATTERN_TEXTS[pattern] ?? pattern.replaceAll("_", " ") }
      : {}),
    ...(typeof exercise === "string" ? { exercise: nameOf?.(exercise) ?? humanise(exercise) } : {}),
    ...(typeof change === "number" ? { change: signedPercent(change) } : {}),
  };
}

const signedPercent = (share: number): string =>
  `${share < 0 ? "−" : "+"}${Math.round(Math.abs(share) * 100)}\u00a0%`;

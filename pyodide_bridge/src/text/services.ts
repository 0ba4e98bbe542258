/** Reasons of loads, programs and substitutes in words. */
import type { ProgramComponent, Reason } from "../contract/contract.js";
import { fill, humanise, humaniseWith, type Values } from "./format.js";
import { LOAD_REASON_TEXTS } from "./loads.js";
import { PLAN_REASON_TEXTS, PROGRAM_COMPONENT_TEXTS, PROGRAM_REASON_TEXTS } from "./programs.js";
import { PATTERN_TEXTS, SUBSTITUTE_REASON_TEXTS } from "./substitutes.js";

type Table = { readonly [code: string]: string };
type Given = Pick<Reason, "code" | "values">;
type Unit = "kg" | "lbs";

/** Why a load is suggested; weights among the values are in `unit`, that of the answer. */
export function loadReasonText(reason: Given, unit: Unit): string {
  return say([LOAD_REASON_TEXTS], reason, unit);
}

/** What a reason adds to the weight: "+2.5 kg"; empty where it adds nothing by itself. */
export function loadPointsText(reason: Pick<Reason, "points">, unit: Unit): string {
  const amount = Math.round(Math.abs(reason.points) * 100) / 100;
  if (amount === 0) return "";
  return `${reason.points < 0 ? "−" : "+"}${amount}\u00a0${unit === "kg" ? "kg" : "lb"}`;
}

/** Name of a part of a program's score. */
export function programComponentName(component: ProgramComponent["component"]): string {
  return PROGRAM_COMPONENT_TEXTS[component] ?? humanise(component);
}

/** Why a program has these points. */
export function programReasonText(reason: Given, component: ProgramComponent["component"]): string {
  return say([PROGRAM_REASON_TEXTS[component]], reason);
}

/** How a program moves on, why its next session is this one, and why an exercise is in it. */
export function planReasonText(reason: Given, unit: Unit): string {
  return say([PLAN_REASON_TEXTS, LOAD_REASON_TEXTS, SUBSTITUTE_REASON_TEXTS], reason, unit);
}

/** Why an exercise can stand in for another one. */
export function substituteReasonText(reason: Given): string {
  return say([SUBSTITUTE_REASON_TEXTS], reason);
}

function say(tables: readonly (Table | undefined)[], reason: Given, unit?: Unit): string {
  const template = tables
    .flatMap((table) => (table && Object.hasOwn(table, reason.code) ? table[reason.code] : []))
    .at(0);
  const values = inWords(reason.values);
  if (template === undefined) return humaniseWith(reason.code, values);
  const text = fill(template, unit ? { ...values, unit: unit === "kg" ? "kg" : "lb" } : values);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function inWords(values: Values): Values {
  const { pattern } = values;
  if (typeof pattern !== "string") return values;
  return { ...values, pattern: PATTERN_TEXTS[pattern] ?? pattern.replaceAll("_", " ") };
}

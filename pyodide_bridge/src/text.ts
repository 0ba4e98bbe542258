/** Codes of the contract in words. Text is made here, at the edge, and nowhere else. */
import type { BootState } from "./client.js";
import type { Change, ComponentScore, Issue, Reason, RejectedRow } from "./contract/contract.js";
import { EngineError } from "./errors.js";
import { fill, humanise, humaniseWith, type Values } from "./text/format.js";
import { LEFT_OUT, LEFT_OUT_TEXTS, MODEL_FAILURE_TEXTS, MODEL_NAMES } from "./text/models.js";
import {
  BOOT_TEXTS,
  CHANGE_TEXTS,
  COMPONENT_TEXTS,
  ERROR_TEXTS,
  ISSUE_TEXTS,
  PROBLEM_ENDINGS,
  PROBLEM_TEXTS,
  REASON_TEXTS,
  STORAGE_TEXTS,
} from "./text/table.js";

export { novelReasonText } from "./text/discovery.js";
export { insightReasonText, readinessReasonText } from "./text/insights.js";
export {
  loadPointsText,
  loadReasonText,
  planReasonText,
  programComponentName,
  programReasonText,
  substituteReasonText,
} from "./text/services.js";
export { REASON_TEXTS } from "./text/table.js";

type Component = ComponentScore["component"];
type Table = { readonly [code: string]: string };

/** Name of a part of the score. */
export function componentName(component: Component | (string & {})): string {
  return lookUp(COMPONENT_TEXTS, component) ?? humanise(component);
}

/**
 * A reason in words. Give the component it stands under where it is known: a few codes
 * (`clamped`) are used by several.
 */
export function reasonText(reason: Pick<Reason, "code" | "values">, component?: Component): string {
  const tables: readonly Table[] = component
    ? [REASON_TEXTS[component], ...Object.values(REASON_TEXTS)]
    : Object.values(REASON_TEXTS);
  for (const table of tables) {
    const template = lookUp(table, reason.code);
    if (template !== undefined) return upperFirst(fill(template, reason.values));
  }
  return humaniseWith(reason.code, reason.values);
}

/** What would change the score: "Wait 2 days". */
export function changeText(change: Pick<Change, "code" | "values">): string {
  const template = lookUp(CHANGE_TEXTS, change.code);
  return template ? fill(template, change.values) : humaniseWith(change.code, change.values);
}

/** What went wrong and what to do, in one or two sentences; anything may be given. */
export function errorText(error: unknown): string {
  const failure = EngineError.from(error);
  const text = lookUp(ERROR_TEXTS, failure.code) ?? ERROR_TEXTS.internal;
  const { reason, remedy } = failure.details;
  const advice = (reason && lookUp(STORAGE_TEXTS, reason)) ?? (remedy && sentence(remedy));
  return advice ? `${text} ${advice}` : text;
}

/** Why nothing is stored durably, and what to do. */
export function storageText(reason: string): string {
  return lookUp(STORAGE_TEXTS, reason) ?? STORAGE_TEXTS.failed;
}

/** What a model is called: "Next weight". */
export function modelName(model: string): string {
  return lookUp(MODEL_NAMES, model) ?? humanise(model);
}

/** Why an update came to nothing, or brought a model not in, and what to do, by its code. */
export function modelFailureText(code: string): string {
  return lookUp(MODEL_FAILURE_TEXTS, code) ?? MODEL_FAILURE_TEXTS.internal;
}

/** Why the engine leaves an active model out, and what to do, by the code of its error. */
export function leftOutText(code: string): string {
  return lookUp(LEFT_OUT_TEXTS, code) ?? LEFT_OUT;
}

/** Where the engine is: "Loading suggestions, 40 %". */
export function bootText(state: Pick<BootState, "phase" | "progress" | "error">): string {
  if (state.phase === "failed" && state.error) {
    return `${BOOT_TEXTS.failed} ${state.error.details.remedy ?? ""}`.trim();
  }
  const percent = state.progress === null ? "" : `, ${Math.round(state.progress * 100)}\u00a0%`;
  return `${BOOT_TEXTS[state.phase]}${state.phase === "ready" ? "" : percent}`;
}

/** Something repaired, left out or doubted: "Corrected: weight was written as text (3 times)". */
export function issueText(issue: Issue): string {
  const count = issue.count ?? 1;
  const detail = count > 1 ? ` (${count} times)` : issue.received ? `, ${issue.received}` : "";
  return `${ISSUE_TEXTS[issue.severity]}: ${problemText(issue.code)}${detail}`;
}

/** A row that was not taken: "Line 12: date could not be read (Date): yesterday". */
export function rejectedRowText(row: RejectedRow): string {
  const column = row.column ? ` (${row.column})` : "";
  const received = row.received ? `: ${row.received}` : "";
  return `Line ${row.line}: ${problemText(row.code)}${column}${received}`;
}

/** The code of an issue or a row in words: its own text, or subject and ending. */
function problemText(code: string): string {
  const text = lookUp(PROBLEM_TEXTS, code);
  if (text !== undefined) return text;
  for (const [ending, template] of Object.entries(PROBLEM_ENDINGS)) {
    if (!code.endsWith(`_${ending}`)) continue;
    const subject = code.slice(0, -ending.length - 1).replaceAll("_", " ");
    return fill(template, { subject });
  }
  return code.replaceAll("_", " ");
}

function lookUp(table: Table, code: string): string | undefined {
  // Own members only: a code "constructor" has no text.
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export type { Values };

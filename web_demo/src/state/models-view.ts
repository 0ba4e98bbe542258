/** What is known of models, put in order for the page: one entry a model. */
import type { LoadedModel } from "@voltlift/bridge";
import {
  type InstalledModel,
  type ModelFailure,
  type ModelsState,
  type ReleasedModel,
  usedModels,
} from "@voltlift/bridge/models";

/**
 * `used`: takes part in answers. `waiting`: will, once it is loaded. `left_out`: active, and the
 * engine cannot use it. `failed`: could be used, until it gave no answer. `unused`: installed, and
 * the lifter does without it. `offered`: in the release, not on this device.
 */
export type ModelStatus = "used" | "waiting" | "left_out" | "failed" | "unused" | "offered";

export interface ModelView {
  name: string;
  status: ModelStatus;
  /** The version that is spoken of: the active one, else the one to use or to add. */
  version: string;
  bytes: number;
  /** Null where it is not installed. */
  current: InstalledModel | null;
  /** What runs it, where it takes part. */
  used: LoadedModel | null;
  /** Why the engine does not use it, by code. */
  problem: { code: string } | null;
  /** The version that worked before this one. */
  lastGood: InstalledModel | null;
  /** Versions that are on the device and neither used nor the one spoken of. */
  others: InstalledModel[];
  pinned: boolean;
  /** A newer version that the release holds for this device, which is not installed. */
  newer: ReleasedModel | null;
}

const FAILED = { code: "failed" };

/** The models that are used unasked, in the order of what a workout asks; then the others. */
const ORDER = ["ranker", "collaborative-filter", "load", "exercise-net"];

export function modelViews(state: ModelsState): ModelView[] {
  const names = new Set([
    ...state.installed.map(({ name }) => name),
    ...state.offered.map(({ model }) => model),
  ]);
  const place = (name: string): number => {
    const at = ORDER.indexOf(name);
    return at < 0 ? ORDER.length : at;
  };
  return [...names]
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b))
    .flatMap((name) => viewOf(name, state) ?? []);
}

function viewOf(name: string, state: ModelsState): ModelView | null {
  const versions = state.installed
    .filter((other) => other.name === name)
    .sort((a, b) => b.installed - a.installed);
  const released = state.released.find(({ model }) => model === name) ?? null;
  const offered = state.offered.find(({ model }) => model === name);
  const active = versions.find((version) => version.active) ?? null;
  const lastGood = versions.find((version) => version.lastGood && !version.active) ?? null;
  const current = active ?? lastGood ?? versions[0] ?? null;
  const spoken = current ?? offered;
  if (!spoken) return null;
  const isThis = (model: { name: string }) => model.name === name;
  const used = active ? (usedModels(state).find(isThis) ?? null) : null;
  const isFailed = state.failed.some(isThis);
  const problem = isFailed ? FAILED : (state.leftOut.find(isThis) ?? null);
  const isAtRest = state.phase === "idle" || state.phase === "off";
  const isKnown = versions.some(({ version }) => version === released?.version);
  const isForHere = state.left.every(({ model }) => model !== name);
  return {
    name,
    status: statusOf({
      current,
      active,
      used,
      isFailed,
      isLeftOut: problem !== null || (isAtRest && state.error !== null),
    }),
    version: spoken.version,
    bytes: spoken.bytes,
    current,
    used,
    problem: active && !used ? problem : null,
    lastGood: active ? lastGood : null,
    others: versions.filter((version) => version !== current),
    pinned: versions.some(({ pinned }) => pinned),
    newer: current && released && !isKnown && isForHere ? released : null,
  };
}

function statusOf(of: {
  current: InstalledModel | null;
  active: InstalledModel | null;
  used: LoadedModel | null;
  isFailed: boolean;
  isLeftOut: boolean;
}): ModelStatus {
  if (of.used) return "used";
  if (of.active && of.isFailed) return "failed";
  if (of.active) return of.isLeftOut ? "left_out" : "waiting";
  return of.current ? "unused" : "offered";
}

export interface WorkView {
  phase: Work;
  progress: number | null;
  /** An update can be stopped; loading what is here cannot. */
  canStop: boolean;
}

/** What is going on now that a bar can show; null at rest. */
export function workOf({ phase, progress }: ModelsState): WorkView | null {
  const isWork = (WORK as readonly string[]).includes(phase);
  return isWork ? { phase: phase as Work, progress, canStop: phase !== "loading" } : null;
}

const WORK = ["loading", "checking", "downloading", "trying", "installing"] as const;
export type Work = (typeof WORK)[number];

/**
 * The last failure, where no server had an answer since, and those that are past. What an update
 * left out for this device is neither: it is told by itself for as long as it holds.
 */
export function splitFailures(state: Pick<ModelsState, "failures" | "checked" | "left">): {
  now: ModelFailure | null;
  past: readonly ModelFailure[];
} {
  const { checked, left } = state;
  const failures = state.failures.filter(({ code, message }) =>
    left.every((other) => other.code !== code || other.message !== message),
  );
  const [last, ...earlier] = failures;
  const holds = last !== undefined && (checked === null || last.at >= checked);
  return holds ? { now: last, past: earlier } : { now: null, past: failures };
}

/** For so long nobody is expected to have been without a network, or without a server. */
export const STALE_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Since when it is not known whether there are newer models. `unseen`: no server had an answer,
 * for long or since another release was due. `expired`: it was due by then, and no server has it.
 */
export interface Doubt {
  reason: "unseen" | "expired";
  since: number;
}

/** Whether what is here may not be the newest; null where that is known, or being looked up. */
export function doubtOf(
  { phase, checked, expires }: Pick<ModelsState, "phase" | "checked" | "expires">,
  now: number,
): Doubt | null {
  if (phase !== "idle" || checked === null) return null;
  const isDue = expires !== null && now > expires;
  if (now - checked > STALE_AFTER_MS || (isDue && checked <= expires)) {
    return { reason: "unseen", since: checked };
  }
  return isDue ? { reason: "expired", since: expires } : null;
}

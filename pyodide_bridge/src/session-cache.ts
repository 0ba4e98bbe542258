/** The last answers per context in localStorage, so that a list is there before the engine. */
import type { RecommendExercisesRequest, RecommendExercisesResponse } from "./contract/contract.js";
import { pack, unpack } from "./pack.js";
import { hashText } from "./storage/hash.js";

/** Most bytes the cache takes, keys included. */
export const SESSION_CACHE_BYTES = 10_000;

/** The number changes with the format. */
const KEY = "voltlift-top/2";
/** Length of the hash before the text: an answer that was damaged is none. */
const HASH_LENGTH = hashText("").length;
const MOST_SHOWN = 5;

export interface CachedAnswer {
  /** Epoch milliseconds at which it was made. */
  savedAt: number;
  /** Log revision and engine version it was made with. */
  revision: number;
  engineVersion: string;
  response: RecommendExercisesResponse;
}

export interface SessionCache {
  get(context: string): CachedAnswer | null;
  /** Keep an answer (its top 5), dropping the oldest ones that no longer fit. */
  put(context: string, response: RecommendExercisesResponse, savedAt?: number): void;
  clear(): void;
}

/** What of a request makes a list another list: the session's exercises, filters and routine. */
export function contextKey(request: Omit<RecommendExercisesRequest, "now">): string {
  const exercises = (request.session?.logs ?? []).map((log) => log.exerciseId);
  const sorted = (ids: readonly string[] | null | undefined) => [...(ids ?? [])].sort().join(",");
  const equipment = request.equipment ? sorted(request.equipment) : "*";
  const { limit, routine } = request;
  const numbers = [limit ?? MOST_SHOWN, ...(routine == null ? [] : [routine])];
  return [sorted(exercises), sorted(request.exclude), equipment, ...numbers].join("|");
}

interface StoredAnswer {
  context: string;
  at: number;
  response: RecommendExercisesResponse;
}

/**
 * Return a cache over `storage` (default localStorage). It never throws: where the storage
 * is missing, full or holds garbage, there is simply no cached answer.
 *
 * All answers are packed together into one item: lists of one lifter share most of their
 * exercises and reasons, so that ten of them take less than thrice as much as one.
 */
export function createSessionCache(
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null = local(),
  budget: number = SESSION_CACHE_BYTES,
): SessionCache {
  /** What is kept, oldest first. */
  const read = (): StoredAnswer[] => {
    try {
      const stored = storage?.getItem(KEY) ?? "";
      const text = stored.slice(HASH_LENGTH);
      if (stored.slice(0, HASH_LENGTH) !== hashText(text)) return [];
      return unpack(JSON.parse(text)) as StoredAnswer[];
    } catch {
      return [];
    }
  };
  const write = (answers: readonly StoredAnswer[]): boolean => {
    const text = JSON.stringify(pack(answers));
    const stored = hashText(text) + text;
    if (byteLength(KEY) + byteLength(stored) > budget) return false;
    try {
      storage?.setItem(KEY, stored);
      return true;
    } catch {
      return false;
    }
  };
  const clear = () => {
    try {
      storage?.removeItem(KEY);
    } catch {
      // What cannot be reached cannot be cleared.
    }
  };

  return {
    get(context) {
      const found = read().find((answer) => answer.context === context);
      if (!found) return null;
      const { at: savedAt, response } = found;
      const { revision, engineVersion } = response.meta;
      return { savedAt, revision, engineVersion, response };
    },
    put(context, response, savedAt = Date.now()) {
      const { engineVersion } = response.meta;
      const models = modelsOf(response);
      const answers = read().filter(
        (other) =>
          other.context !== context &&
          other.response.meta.engineVersion === engineVersion &&
          modelsOf(other.response) === models,
      );
      answers.push({ context, at: savedAt, response: lean(response) });
      clear(); // Its room is needed where the storage is nearly full.
      while (answers.length > 0 && !write(answers)) answers.shift();
    },
    clear,
  };
}

/** Which versions of which models an answer was made with; lists of others do not go with it. */
export function modelsOf({ meta }: RecommendExercisesResponse): string {
  const models = meta.scorers.filter(
    ({ part, status }) => part === "habit" && status !== "missing",
  );
  return models.map(({ name, version }) => `${name} ${version}`).join();
}

/** What is worth keeping: the exercises that are shown, and not how long it took. */
function lean(response: RecommendExercisesResponse): RecommendExercisesResponse {
  const stages = { features: 0, scoring: 0, ranking: 0, inference: null };
  return {
    ...response,
    recommendations: response.recommendations.slice(0, MOST_SHOWN),
    meta: { ...response.meta, cached: true, durationMs: 0, stages },
  };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function local(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null; // Reading the property itself throws where site data is blocked.
  }
}

/** The last answers per context in localStorage, so that a list is there before the engine. */
import type { RecommendExercisesRequest, RecommendExercisesResponse } from "./contract/contract.js";
import { pack, unpack } from "./pack.js";

/** Most bytes the cache takes, keys included. */
export const SESSION_CACHE_BYTES = 10_000;

const PREFIX = "voltlift-top/1/";
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

/** What of a request makes a list another list: the session's exercises and the filters. */
export function contextKey(request: Omit<RecommendExercisesRequest, "now">): string {
  const exercises = (request.session?.logs ?? []).map((log) => log.exerciseId);
  const sorted = (ids: readonly string[] | null | undefined) => [...(ids ?? [])].sort().join(",");
  const equipment = request.equipment ? sorted(request.equipment) : "*";
  return [sorted(exercises), sorted(request.exclude), equipment, request.limit ?? MOST_SHOWN].join(
    "|",
  );
}

interface StoredAnswer {
  at: number;
  revision: number;
  engine: string;
  packed: unknown;
}

/**
 * Return a cache over `storage` (default localStorage). It never throws: where the storage
 * is missing, full or holds garbage, there is simply no cached answer.
 */
export function createSessionCache(
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length"> | null = local(),
  budget: number = SESSION_CACHE_BYTES,
): SessionCache {
  const read = (key: string): StoredAnswer | null => {
    try {
      const value: unknown = JSON.parse(storage?.getItem(key) ?? "null");
      return isStoredAnswer(value) ? value : null;
    } catch {
      return null;
    }
  };
  const quietly = (action: () => void): boolean => {
    try {
      action();
      return true;
    } catch {
      return false;
    }
  };
  const ownKeys = (): string[] => {
    const keys: string[] = [];
    quietly(() => {
      for (let i = 0; i < (storage?.length ?? 0); i++) {
        const key = storage?.key(i);
        if (key?.startsWith(PREFIX)) keys.push(key);
      }
    });
    return keys;
  };
  const remove = (key: string) => quietly(() => storage?.removeItem(key));
  const size = (key: string): number => {
    let bytes = 0;
    quietly(() => {
      bytes = byteLength(key) + byteLength(storage?.getItem(key) ?? "");
    });
    return bytes;
  };

  return {
    get(context) {
      const stored = read(PREFIX + context);
      if (!stored) return null;
      try {
        const response = unpack(stored.packed) as RecommendExercisesResponse;
        if (!Array.isArray(response.recommendations)) return null;
        return {
          savedAt: stored.at,
          revision: stored.revision,
          engineVersion: stored.engine,
          response,
        };
      } catch {
        return null;
      }
    },
    put(context, response, savedAt = Date.now()) {
      const key = PREFIX + context;
      const top = { ...response, recommendations: response.recommendations.slice(0, MOST_SHOWN) };
      const { revision, engineVersion: engine } = response.meta;
      const stored: StoredAnswer = { at: savedAt, revision, engine, packed: pack(top) };
      const text = JSON.stringify(stored);
      const needed = byteLength(key) + byteLength(text);
      remove(key);
      // Answers of another engine version, and garbage, go first; then the oldest.
      const others = ownKeys()
        .map((other) => ({ key: other, stored: read(other), size: size(other) }))
        .sort((a, b) => rank(a.stored, engine) - rank(b.stored, engine));
      let used = others.reduce((sum, other) => sum + other.size, 0);
      const dropOldest = () => {
        const oldest = others.shift();
        if (!oldest) return false;
        remove(oldest.key);
        used -= oldest.size;
        return true;
      };
      while (others[0] && rank(others[0].stored, engine) < 0) dropOldest();
      if (needed > budget) return;
      while (used + needed > budget && dropOldest());
      while (!quietly(() => storage?.setItem(key, text)) && dropOldest());
    },
    clear() {
      for (const key of ownKeys()) remove(key);
    },
  };
}

function rank(stored: StoredAnswer | null, engine: string): number {
  return stored && stored.engine === engine ? stored.at : -1;
}

function isStoredAnswer(value: unknown): value is StoredAnswer {
  if (typeof value !== "object" || value === null) return false;
  const { at, revision, engine } = value as Partial<StoredAnswer>;
  return typeof at === "number" && typeof revision === "number" && typeof engine === "string";
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

import { useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import { RecommendationList } from "../recommendation-list.js";
import { createSessionCache, type SessionCache } from "../session-cache.js";
import { asOf } from "./answer.js";
import { useEngineContext } from "./context.js";
import type { RecommendationOptions, RecommendationQuery, RecommendationState } from "./types.js";

let defaultCache: SessionCache | undefined;

/**
 * The top exercises for a query; null while no list is open.
 *
 * An earlier answer is shown at once, with its time. The fresh one replaces it where the
 * order stays, and waits as `pending` where it does not, until `apply()` or the next opening.
 * A query that is equal but for `now` is the same query, so it may be built on each render.
 * Below a provider that looks back, each moment's list replaces the one before and none is kept.
 */
export function useExerciseRecommendations(
  query: RecommendationQuery | null,
  options: RecommendationOptions = {},
): RecommendationState {
  const { client, connection, models, now } = useEngineContext();
  const cache = now === null ? resolveCache(options.cache) : null;
  const list = useMemo(
    () => new RecommendationList(client, connection, cache, models),
    [client, connection, cache, models],
  );
  const key = queryKey(query);
  // Before paint, so that a cached list never follows an empty frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is what the query means; the query itself may be a new object on each render.
  useLayoutEffect(() => {
    if (query) list.show(asOf(query, now), now !== null);
    else list.clear();
    return () => list.hide();
  }, [list, key, now]);
  const state = useSyncExternalStore(list.state.subscribe, list.state.get, list.state.get);
  return useMemo(() => ({ ...state, apply: list.apply, refresh: list.refresh }), [state, list]);
}

/** Text that is equal for queries that want the same answer. */
export function queryKey(query: object | null): string | null {
  if (!query) return null;
  return JSON.stringify({ ...query, now: undefined, utcOffsetMinutes: undefined });
}

function resolveCache(cache: SessionCache | false | undefined): SessionCache | null {
  if (cache === false) return null;
  if (cache) return cache;
  defaultCache ??= createSessionCache();
  return defaultCache;
}

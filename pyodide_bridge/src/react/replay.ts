import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { type ModelConnection, usedModels } from "../models/state.js";
import { type ReplayQuery, type ReplayRunState, replayRunOf } from "../replay-run.js";
import { asOf } from "./answer.js";
import { useEngineContext } from "./context.js";

export type { ReplayQuery } from "../replay-run.js";

export interface ReplayState extends Omit<ReplayRunState, "basis"> {
  /** The log, the models or the query are no longer those that the result was made with. */
  isOlder: boolean;
  /** Ask; nothing happens by itself. */
  start(): void;
  /** Give up what is being asked; an earlier result stays. */
  cancel(): void;
}

const nothing = () => () => undefined;
const unknown = () => null;

/**
 * How suggestions would have predicted the lifter's own training: started by a tap, with
 * progress, and given up when the screen that asks is left. The result stays for as long as the
 * client, so that coming back shows it at once.
 *
 * @example
 * const { status, data, progress, start, cancel } = useReplay({ questions: 100 });
 */
export function useReplay(query: ReplayQuery = {}): ReplayState {
  const { client, connection, models, now } = useEngineContext();
  const run = replayRunOf(client);
  const state = useSyncExternalStore(run.state.subscribe, run.state.get, run.state.get);
  const revision = useSyncExternalStore(
    connection?.revision.subscribe ?? nothing,
    connection?.revision.get ?? unknown,
    connection?.revision.get ?? unknown,
  );
  const loaded = useLoaded(models);
  // Of no use to somebody who left, and a phone would grow warm for it.
  useEffect(() => run.cancel, [run]);
  const asked = JSON.stringify(asOf(query, now));
  const start = useCallback(() => {
    const wanted = JSON.parse(asked) as ReplayQuery;
    void run.start(client, connection, wanted, `${asked} ${loaded}`);
  }, [run, client, connection, asked, loaded]);
  const { data, basis, status, progress, error } = state;
  const isOlder =
    data !== null &&
    ((revision !== null && data.meta.revision !== revision) ||
      // Until an engine that is new has its models, nothing can be said of them.
      (loaded !== null && basis !== `${asked} ${loaded}`));
  return useMemo(
    () => ({ data, status, progress, error, isOlder, start, cancel: run.cancel }),
    [data, status, progress, error, isOlder, start, run],
  );
}

/** Names and versions of the models in use as a text; null while they are being loaded. */
function useLoaded(models: ModelConnection | null): string | null {
  const read = useCallback(() => {
    if (!models) return "";
    if (!models.settled.get()) return null;
    return usedModels(models.state.get())
      .map(({ name, version }) => `${name}@${version}`)
      .sort()
      .join(" ");
  }, [models]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = [models?.settled.subscribe(listener), models?.state.subscribe(listener)];
      return () => {
        for (const end of ends) end?.();
      };
    },
    [models],
  );
  return useSyncExternalStore(subscribe, read, read);
}

import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { type ReplayQuery, type ReplayRunState, replayRunOf } from "../replay-run.js";
import { asOf } from "./answer.js";
import { useEngineContext } from "./context.js";

export type { ReplayQuery } from "../replay-run.js";

export interface ReplayState extends ReplayRunState {
  /** The log has changed since the result was made. */
  isOlder: boolean;
  /** Ask; nothing happens by itself. */
  start(): void;
  /** Give up what is being asked; an earlier result stays. */
  cancel(): void;
}

const nothing = () => () => undefined;

/**
 * How suggestions would have predicted the lifter's own training: started by a tap, with
 * progress, and given up when the screen that asks is left. The result stays for as long as the
 * client, so that coming back shows it at once.
 *
 * @example
 * const { status, data, progress, start, cancel } = useReplay({ questions: 100 });
 */
export function useReplay(query: ReplayQuery = {}): ReplayState {
  const { client, connection, now } = useEngineContext();
  const run = replayRunOf(client);
  const state = useSyncExternalStore(run.state.subscribe, run.state.get, run.state.get);
  const revision = useSyncExternalStore(
    connection?.revision.subscribe ?? nothing,
    connection?.revision.get ?? (() => null),
    connection?.revision.get ?? (() => null),
  );
  // An engine that answers somebody who left keeps all others waiting.
  useEffect(() => run.cancel, [run]);
  const asked = JSON.stringify(asOf(query, now));
  const start = useCallback(
    () => void run.start(client, connection, JSON.parse(asked) as ReplayQuery),
    [run, client, connection, asked],
  );
  const { data } = state;
  const isOlder = data !== null && revision !== null && data.meta.revision !== revision;
  return useMemo(
    () => ({ ...state, isOlder, start, cancel: run.cancel }),
    [state, isOlder, start, run],
  );
}

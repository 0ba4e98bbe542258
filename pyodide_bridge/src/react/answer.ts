import { useCallback, useEffect, useState } from "react";
import type { MethodName, Methods } from "../contract/contract.js";
import { EngineError } from "../errors.js";
import { askSynced, moment, onNewEngine } from "../sync/ask.js";
import { useEngineContext } from "./context.js";

/** What models take part in; all else stays as it is when these change. */
const ASK_MODELS: ReadonlySet<MethodName> = new Set([
  "recommendExercises",
  "explain",
  "suggestLoad",
  "similarExercises",
  "novelExercises",
]);

/** A request of which the hook fills in when and where it is made, unless it says so itself. */
export type Query<M extends MethodName> = Omit<Methods[M]["request"], "now"> & { now?: number };

export interface AnswerState<R> {
  data: R | null;
  /** `loading` with data: an earlier answer about the same subject, until the new one is there. */
  status: "idle" | "loading" | "fresh" | "error";
  error: EngineError | null;
  /** Ask again. */
  refresh(): void;
}

/** An answer, and the question it belongs to. */
interface Held<R> extends Omit<AnswerState<R>, "refresh"> {
  key: string | null;
  subject: string | null;
}

/**
 * The engine's answer to a request, kept up to date with the log; idle while `given` is null.
 *
 * @param subject what the request is about. Where the request changes and this stays, the
 * earlier answer is shown until the new one arrives; without it, it is never shown.
 */
export function useAnswer<M extends MethodName>(
  method: M,
  given: Query<M> | null,
  subject: string | null = null,
): AnswerState<Methods[M]["response"]> {
  type Response = Methods[M]["response"];
  const { client, connection, models, now } = useEngineContext();
  const query = given === null ? null : asOf(given, now);
  const key = query === null ? null : JSON.stringify({ method, query });
  const [state, setState] = useState<Held<Response>>(() => waiting(null, null));
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is what method and query mean; `round` asks again.
  useEffect(() => {
    if (query === null || key === null) {
      setState(waiting(null, null));
      return;
    }
    const following = ASK_MODELS.has(method) ? models : null;
    let request = new AbortController();
    let failed = false;
    const ask = async () => {
      request.abort();
      request = new AbortController();
      const { signal } = request;
      const wanted = () => ({ ...query, ...moment(query) }) as Methods[M]["request"];
      const options = { models: following };
      try {
        const data = await askSynced(client, connection, method, wanted, signal, options);
        if (signal.aborted) return;
        failed = false;
        setState({ key, subject, data, status: "fresh", error: null });
      } catch (error) {
        if (signal.aborted) return;
        failed = true;
        const failure = EngineError.from(error);
        setState({ key, subject, data: null, status: "error", error: failure });
      }
    };
    setState((before) => waiting(key, subject, before));
    void ask();
    const endRevisions = connection?.revision.subscribe(() => void ask());
    const endModels = following?.revision.subscribe(() => void ask());
    const endEngines = onNewEngine(client, () => {
      if (failed) void ask();
    });
    return () => {
      endRevisions?.();
      endModels?.();
      endEngines();
      request.abort();
    };
  }, [client, connection, models, key, round]);

  const refresh = useCallback(() => setRound((count) => count + 1), []);
  // The answer to another question must not be seen under this one, not even for a frame.
  const shown = state.key === key ? state : waiting(key, subject, state);
  return { data: shown.data, status: shown.status, error: shown.error, refresh };
}

/** The query with the moment that everything is asked about, where it has none of its own. */
export function asOf<Q extends { now?: number }>(query: Q, now: number | null): Q {
  return now === null || query.now !== undefined ? query : { ...query, now };
}

function waiting<R>(key: string | null, subject: string | null, before?: Held<R>): Held<R> {
  const isSame = key !== null && subject !== null && before?.subject === subject;
  const data = isSame ? before.data : null;
  return { key, subject, data, status: key === null ? "idle" : "loading", error: null };
}

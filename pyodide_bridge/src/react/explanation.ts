import { useCallback, useEffect, useState } from "react";
import { EngineError } from "../errors.js";
import { askSynced, moment, onNewEngine } from "../sync/ask.js";
import { useEngineContext } from "./context.js";
import { queryKey } from "./recommendations.js";
import type { ExplanationContext, ExplanationState } from "./types.js";

/** An answer, and the question it belongs to. */
type State = Omit<ExplanationState, "refresh"> & { key: string | null };

/**
 * Why an exercise is, or is not, in the list of this context; null while nobody asks.
 * The answer follows the log's revisions.
 */
export function useExplanation(
  exerciseId: string | null,
  context: ExplanationContext = {},
): ExplanationState {
  const { client, connection } = useEngineContext();
  const [state, setState] = useState<State>(waiting(null));
  const [round, setRound] = useState(0);
  const key = exerciseId === null ? null : queryKey({ ...context, exerciseId });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is what exerciseId and context mean; `round` asks again.
  useEffect(() => {
    if (exerciseId === null || key === null) {
      setState(waiting(null));
      return;
    }
    let request = new AbortController();
    let failed = false;
    const ask = async () => {
      request.abort();
      request = new AbortController();
      const { signal } = request;
      const wanted = () => ({ ...context, exerciseId, ...moment(context) });
      try {
        const data = await askSynced(client, connection, "explain", wanted, signal);
        if (signal.aborted) return;
        failed = false;
        setState({ key, data, status: "fresh", error: null });
      } catch (error) {
        if (signal.aborted) return;
        failed = true;
        setState({ key, data: null, status: "error", error: EngineError.from(error) });
      }
    };
    setState(waiting(key));
    void ask();
    const endRevisions = connection?.revision.subscribe(() => void ask());
    const endEngines = onNewEngine(client, () => {
      if (failed) void ask();
    });
    return () => {
      endRevisions?.();
      endEngines();
      request.abort();
    };
  }, [client, connection, key, round]);

  const refresh = useCallback(() => setRound((count) => count + 1), []);
  // The answer to another question must not be seen under this one, not even for a frame.
  const { data, status, error } = state.key === key ? state : waiting(key);
  return { data, status, error, refresh };
}

function waiting(key: string | null): State {
  return { key, data: null, status: key === null ? "idle" : "loading", error: null };
}

/** The engine and its connection to the store: all that an app needs to have suggestions. */
import {
  createWorkerClient,
  type EngineClient,
  type MethodName,
  type Methods,
} from "@voltlift/bridge";
import { type Connection, connectStore } from "@voltlift/bridge/zustand";
import { useApp } from "./state/store.ts";

/** Where Python and the engine are, beside the page. */
export const RUNTIME_URL = "runtime/";

/** How long a ready engine may be asked for no list. */
const NO_LIST_MS = 5_000;

let painted: () => void;
const firstPaint = new Promise<void>((resolve) => {
  painted = resolve;
  // Whatever keeps the first paint: a page in the background is not painted at all.
  setTimeout(resolve, 2_000);
});

/** Tell that the first screen has been rendered: the engine starts when it is painted. */
export function startAfterPaint(): void {
  requestAnimationFrame(() => setTimeout(painted));
}

/** Runs in a worker. It starts behind the first paint, which shows the suggestions of last time. */
const worker = createWorkerClient({
  runtimeUrl: RUNTIME_URL,
  // The page keeps its log in the bridge's log store, so the engine can read it by itself.
  ownLog: true,
  startAfter: firstPaint,
  // A list is wanted between two sets: look after a silent engine sooner than by default.
  timeoutMs: 10_000,
});

let listed: () => void;
/**
 * Settles when the first list of exercises is there, or where none is asked for: nothing of
 * models is done before, as a lifter waits for the list and not for them.
 */
export const firstList = new Promise<void>((resolve) => {
  listed = resolve;
});
const unsubscribe = worker.boot.subscribe(() => {
  if (worker.boot.get().phase !== "ready") return;
  unsubscribe();
  setTimeout(listed, NO_LIST_MS);
});

/** The engine's client, which notes the first list on its way. */
export const client: EngineClient = {
  boot: worker.boot,
  restart: () => worker.restart(),
  dispose: () => worker.dispose(),
  async call(method, request, options) {
    const answer = await worker.call(method, request, options);
    if (method === "recommendExercises") listed();
    return answer;
  },
};

let connection: Connection | null = null;

/** Connect once the stored log has been read; an empty log would be sent as the truth. */
export function connectEngine(): Connection {
  connection = connectStore(
    client,
    useApp,
    ({ history, settings, dailyLogs, customExercises }) => ({
      history,
      settings,
      dailyLogs,
      customExercises,
    }),
  );
  return connection;
}

/** Ask the engine once it knows log and settings as they are stored now. */
export async function askEngine<M extends MethodName>(
  method: M,
  request: Methods[M]["request"],
): Promise<Methods[M]["response"]> {
  await connection?.synced();
  return client.call(method, request);
}

/** What a request says about where and when it is made. */
export function here(now: number = Date.now()): { now: number; utcOffsetMinutes: number } {
  return { now, utcOffsetMinutes: -new Date(now).getTimezoneOffset() };
}

/** Files and made-up logs take longer than anything else that is asked. */
export const LONG_CALL = { timeoutMs: 120_000 } as const;

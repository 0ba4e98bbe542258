import type { CallOptions, EngineClient } from "../client.js";
import type { MethodName, Methods, ResponseMeta } from "../contract/contract.js";
import { EngineError } from "../errors.js";
import type { Connection, ModelsInUse } from "./connection.js";

export interface AskOptions extends Omit<CallOptions, "signal"> {
  /** Told what the answer says of the models that took part in it. */
  models?: ModelsInUse | null;
}

/**
 * Ask the engine once it knows the log as it is now. The answer of an engine that took over
 * meanwhile does not count: a request that is retried reaches it before the log does.
 *
 * @param request makes the request when its turn has come.
 * @param options who is told of models; of a long request how far it is, and how long it may be
 * silent.
 */
export async function askSynced<M extends MethodName>(
  client: EngineClient,
  connection: Connection | null,
  method: M,
  request: () => Methods[M]["request"],
  signal: AbortSignal,
  { models, ...options }: AskOptions = {},
): Promise<Methods[M]["response"]> {
  for (;;) {
    // Where syncing fails the connection says so itself; the engine answers what it can.
    await connection?.synced().catch(() => undefined);
    if (signal.aborted) throw new EngineError("aborted", "the request was given up");
    const { generation } = client.boot.get();
    const response = await client.call(method, request(), { ...options, signal });
    if (connection && client.boot.get().generation !== generation) continue;
    if (models && "meta" in response) models.heard(response.meta as ResponseMeta);
    return response;
  }
}

/** Run `action` whenever another engine has taken over. */
export function onNewEngine(client: EngineClient, action: () => void): () => void {
  let { generation } = client.boot.get();
  return client.boot.subscribe(() => {
    const before = generation;
    ({ generation } = client.boot.get());
    if (generation !== before) action();
  });
}

/** When and where a request is made, unless it says so itself. */
export function moment(given: { now?: number; utcOffsetMinutes?: number }): {
  now: number;
  utcOffsetMinutes: number;
} {
  const { now = Date.now() } = given;
  const { utcOffsetMinutes = -new Date(now).getTimezoneOffset() } = given;
  return { now, utcOffsetMinutes };
}

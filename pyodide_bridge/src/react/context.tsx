import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import type { BootState, EngineClient } from "../client.js";
import type { ModelConnection } from "../models/state.js";
import type { Connection } from "../sync/connection.js";

interface Engine {
  client: EngineClient;
  connection: Connection | null;
  models: ModelConnection | null;
  /** The moment that the hooks ask about; null for that of each request. */
  now: number | null;
}

const EngineContext = createContext<Engine | null>(null);

export interface VoltLiftProviderProps {
  client: EngineClient;
  /** From `connectStore`: answers then wait for the log and follow its revisions. */
  connection?: Connection | undefined;
  /** From `connectModels`: answers then follow what is loaded. */
  models?: ModelConnection | null | undefined;
  /**
   * Epoch milliseconds as of which every hook below asks, for looking back; null or missing for
   * the present. A query that gives its own `now` keeps it.
   */
  now?: number | null | undefined;
  children: ReactNode;
}

/** Gives the hooks below it their engine. It starts and ends nothing: the app owns the client. */
export function VoltLiftProvider(props: VoltLiftProviderProps) {
  const { client, connection = null, models = null, now = null, children } = props;
  const value = useMemo(
    () => ({ client, connection, models, now }),
    [client, connection, models, now],
  );
  return <EngineContext.Provider value={value}>{children}</EngineContext.Provider>;
}

/** Client, connections and moment. @throws {Error} outside of a `VoltLiftProvider`. */
export function useEngineContext(): Engine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error("VoltLift hooks need a <VoltLiftProvider> above them");
  return engine;
}

/** The engine's client. */
export function useEngine(): EngineClient {
  return useEngineContext().client;
}

/** Where the engine is on its way. */
export function useBootState(): BootState {
  const { boot } = useEngine();
  return useSyncExternalStore(boot.subscribe, boot.get, boot.get);
}

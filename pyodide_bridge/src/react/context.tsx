import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import type { BootState, EngineClient } from "../client.js";
import type { Connection } from "../sync/connection.js";

interface Engine {
  client: EngineClient;
  connection: Connection | null;
}

const EngineContext = createContext<Engine | null>(null);

export interface VoltLiftProviderProps {
  client: EngineClient;
  /** From `connectStore`: answers then wait for the log and follow its revisions. */
  connection?: Connection | undefined;
  children: ReactNode;
}

/** Gives the hooks below it their engine. It starts and ends nothing: the app owns the client. */
export function VoltLiftProvider({ client, connection, children }: VoltLiftProviderProps) {
  const value = useMemo(() => ({ client, connection: connection ?? null }), [client, connection]);
  return <EngineContext.Provider value={value}>{children}</EngineContext.Provider>;
}

/** Client and connection. @throws {Error} outside of a `VoltLiftProvider`. */
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

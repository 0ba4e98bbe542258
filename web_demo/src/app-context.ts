import type { BootState } from "@voltlift/bridge";
import { useBootState } from "@voltlift/bridge/react";
import type { Connection, SyncState } from "@voltlift/bridge/zustand";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Actions } from "./state/actions.ts";

interface AppContextValue {
  actions: Actions;
  connection: Connection;
}

export const AppContext = createContext<AppContextValue | null>(null);

function useAppContext(): AppContextValue {
  const value = useContext(AppContext);
  if (!value) throw new Error("the screens need an AppContext above them");
  return value;
}

/** What the lifter can do (see `state/actions.ts`). */
export const useActions = (): Actions => useAppContext().actions;

/** What keeps the engine in step with the log. */
export const useConnection = (): Connection => useAppContext().connection;

/** Where the engine is, and how far it has taken the log in. */
export function useEngineStatus(): { boot: BootState; sync: SyncState; resync(): void } {
  const { connection } = useAppContext();
  const boot = useBootState();
  const sync = useSyncExternalStore(connection.state.subscribe, connection.state.get);
  return { boot, sync, resync: () => connection.resync() };
}

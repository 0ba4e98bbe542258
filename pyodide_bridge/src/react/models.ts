import { useSyncExternalStore } from "react";
import { type ModelConnection, type ModelsState, UNKNOWN_MODELS } from "../models/state.js";
import { useEngineContext } from "./context.js";

const OFF: ModelsState = { ...UNKNOWN_MODELS, phase: "off" };
const nothing = () => () => undefined;
const off = () => OFF;

/** What is known of models on this device; `off` where the provider has none. */
export function useModels(): ModelsState {
  const state = useEngineContext().models?.state;
  const get = state?.get ?? off;
  return useSyncExternalStore(state?.subscribe ?? nothing, get, get);
}

/** What can be done about models; null where the provider has none. */
export function useModelConnection(): ModelConnection | null {
  return useEngineContext().models;
}

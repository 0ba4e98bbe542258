/** The app's store. The engine hears of it through `connectStore` (see `engine.ts`). */
import { create } from "zustand";
import type { AppState } from "./app-state.ts";
import { EMPTY_STATE } from "./app-state.ts";

export const useApp = create<AppState>()(() => EMPTY_STATE);

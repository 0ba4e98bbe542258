/**
 * What the first screen shows before the log has been read: small, in localStorage, and never
 * the truth. Only what was on this screen last time is kept.
 */
import type { TodaysSessionResponse } from "@voltlift/bridge";
import type { AppState, UserSettings } from "./app-state.ts";
import { readActiveProgram } from "./programs.ts";
import { readRoutine } from "./routine.ts";

/** The next session of the program, as it was answered last. */
export type Today = Omit<TodaysSessionResponse, "meta">;

export interface Glimpse {
  /** True while a workout is going on. */
  active: boolean;
  /** The program and place in it that `today` was answered for; null without a program. */
  place: string | null;
  today: Today | null;
  /** Where the dial between balance and routine stands; null where it was not turned. */
  routine: number | null;
}

const KEY = "voltlift-glimpse/1";
/** A session that takes more than this is not worth keeping. */
const MOST_BYTES = 20_000;

/** Where in which program the lifter is; an answer for another place is another answer. */
export function placeIn(settings: UserSettings | null): string | null {
  const active = readActiveProgram(settings);
  if (!active || !settings) return null;
  const { programId, currentSessionIndex, selectedFrequency = 0 } = active;
  const equipment = [...(settings.availableEquipment ?? [])].sort().join(",");
  return [programId, currentSessionIndex, selectedFrequency, settings.units, equipment].join("|");
}

/** What was kept; null on a first visit, and where it cannot be read. */
export function readGlimpse(): Glimpse | null {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? "null") as Partial<Glimpse> | null;
    if (!value || typeof value.active !== "boolean") return null;
    const { active, place, today } = value;
    const routine = readRoutine({ units: "kg", routine: value.routine });
    // Without a session the program is finished, or one that the engine does not know.
    const isWhole =
      typeof place === "string" &&
      typeof today === "object" &&
      today !== null &&
      (today.session === null || Array.isArray(today.session?.exercises));
    return { active, routine, ...(isWhole ? { place, today } : { place: null, today: null }) };
  } catch {
    return null;
  }
}

/** The session that was answered for this place, if it is the one that was kept. */
export function cachedToday(place: string | null): Today | null {
  const glimpse = place === null ? null : readGlimpse();
  return glimpse?.place === place ? glimpse.today : null;
}

/** Keep the session that is shown for this place. */
export function keepToday(place: string, today: Today): void {
  const { active = false, routine = null } = readGlimpse() ?? {};
  write({ active, place, today, routine });
}

/** Keep the rest of it in step with the log; call once the log has been read. */
export function followGlimpse(store: {
  getState(): AppState;
  subscribe(listener: (state: AppState) => void): () => void;
}): () => void {
  let last = "";
  const follow = (state: AppState): void => {
    const isStarted = state.settings !== null || state.history.length > 0;
    const active = state.activeWorkout !== null;
    const place = placeIn(state.settings);
    const routine = readRoutine(state.settings);
    const now = `${isStarted}/${active}/${place}/${routine}`;
    if (now === last) return;
    last = now;
    if (isStarted) write({ active, place, today: cachedToday(place), routine });
    else remove();
  };
  follow(store.getState());
  return store.subscribe(follow);
}

function write(glimpse: Glimpse): void {
  try {
    const text = JSON.stringify(glimpse);
    const kept = text.length > MOST_BYTES ? JSON.stringify({ ...glimpse, today: null }) : text;
    localStorage.setItem(KEY, kept);
  } catch {
    // Without storage the first screen waits for the log.
  }
}

function remove(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // What cannot be reached cannot be removed.
  }
}

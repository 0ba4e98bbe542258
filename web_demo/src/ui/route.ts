/** Where the page is, kept in the address so that "back" works: `#/workout`. */
import { useSyncExternalStore } from "react";

export type Screen =
  | "home"
  | "workout"
  | "session"
  | "import"
  | "arrived"
  | "history"
  | "onboarding"
  | "program"
  | "programs"
  | "data"
  | "models"
  | "insights"
  | "readiness"
  | "replay"
  | "settings";

export interface Route {
  screen: Screen;
  /** The session that `session` shows, or the program that `program` shows. */
  id: string;
}

const SCREENS: readonly string[] = [
  "workout",
  "session",
  "import",
  "arrived",
  "history",
  "onboarding",
  "program",
  "programs",
  "data",
  "models",
  "insights",
  "readiness",
  "replay",
  "settings",
];

/** Read a route; whatever is not one is home. */
export function parseRoute(hash: string): Route {
  const [, screen = "", id = ""] = hash.replace(/^#/, "").split("/");
  if (!SCREENS.includes(screen)) return { screen: "home", id: "" };
  try {
    return { screen: screen as Screen, id: decodeURIComponent(id) };
  } catch {
    return { screen: "home", id: "" };
  }
}

/** The address of a screen. */
export function hrefTo(screen: Screen, id = ""): string {
  if (screen === "home") return "#/";
  return id ? `#/${screen}/${encodeURIComponent(id)}` : `#/${screen}`;
}

/** Go to a screen; `replace` leaves no way back to where we are. */
export function goTo(screen: Screen, id = "", replace = false): void {
  if (replace) {
    history.replaceState(null, "", hrefTo(screen, id));
    dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    location.hash = hrefTo(screen, id);
  }
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(
    (listener) => {
      addEventListener("hashchange", listener);
      return () => removeEventListener("hashchange", listener);
    },
    () => location.hash,
  );
  return parseRoute(hash);
}

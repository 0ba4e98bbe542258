import { Link } from "react-aria-components";
import { NAV_TEXTS } from "../texts/nav.ts";
import { Icon, type IconName } from "./icons.tsx";
import { hrefTo, type Screen } from "./route.ts";
import "./nav.css";

interface Place {
  screen: Screen;
  icon: IconName;
  /** Screens that are reached through this one. */
  below?: readonly Screen[];
}

const PLACES: readonly Place[] = [
  { screen: "home", icon: "bolt", below: ["settings", "data", "models"] },
  { screen: "programs", icon: "list", below: ["program"] },
  { screen: "insights", icon: "chart", below: ["readiness", "replay"] },
  { screen: "history", icon: "clock", below: ["session"] },
];

/** The places of the app, under the thumb; not where it would be in the way of an action. */
export function Nav({ current }: { current: Screen }) {
  const place = PLACES.find(({ screen, below }) => screen === current || below?.includes(current));
  if (!place) return null;
  return (
    <nav className="nav" aria-label={NAV_TEXTS.label}>
      {PLACES.map(({ screen, icon }) => (
        <Link
          key={screen}
          className="nav-place"
          href={hrefTo(screen)}
          {...(screen === place.screen ? { "aria-current": "page" } : {})}
        >
          <Icon name={icon} />
          <span>{NAV_TEXTS.places[screen as keyof typeof NAV_TEXTS.places]}</span>
        </Link>
      ))}
    </nav>
  );
}

/** The way from the first screen to readiness, and to other days. */
import { Link } from "react-aria-components";
import { isCheckedIn } from "../state/readiness.ts";
import { useApp } from "../state/store.ts";
import { READINESS_TEXTS } from "../texts/readiness.ts";
import { Icon } from "../ui/icons.tsx";
import { hrefTo } from "../ui/route.ts";

export function ReadinessLink() {
  const isDone = useApp((state) => isCheckedIn(state.dailyLogs, Date.now()));
  return (
    <Link className="card session-link" href={hrefTo("readiness")}>
      <span className="grow">
        <span className="session-name">{READINESS_TEXTS.link}</span>
        <span className="muted">
          {isDone ? READINESS_TEXTS.linkDone : READINESS_TEXTS.linkHint}
        </span>
      </span>
      <Icon name={isDone ? "check" : "chevron"} />
    </Link>
  );
}

/** The way to the replay: how good the suggestions are, on the lifter's own training. */
import { Link } from "react-aria-components";
import { REPLAY_TEXTS } from "../texts/replay.ts";
import { Icon } from "../ui/icons.tsx";
import { hrefTo } from "../ui/route.ts";

export function ReplayLink() {
  return (
    <Link className="card session-link" href={hrefTo("replay")}>
      <span className="grow">
        <span className="session-name">{REPLAY_TEXTS.link}</span>
        <span className="muted">{REPLAY_TEXTS.linkHint}</span>
      </span>
      <Icon name="chevron" />
    </Link>
  );
}

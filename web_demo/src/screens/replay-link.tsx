/** The way to the replay: how good the suggestions are, on the lifter's own training. */
import { Link } from "react-aria-components";
import { REPLAY_LINK_TEXTS } from "../texts/discovery.ts";
import { Icon } from "../ui/icons.tsx";
import { hrefTo } from "../ui/route.ts";

export function ReplayLink() {
  return (
    <Link className="card session-link" href={hrefTo("replay")}>
      <span className="grow">
        <span className="session-name">{REPLAY_LINK_TEXTS.link}</span>
        <span className="muted">{REPLAY_LINK_TEXTS.hint}</span>
      </span>
      <Icon name="chevron" />
    </Link>
  );
}

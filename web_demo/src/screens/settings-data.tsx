/** The way from the settings to everything about the stored data. */
import { Link } from "react-aria-components";
import { useApp } from "../state/store.ts";
import { countSets } from "../state/workout.ts";
import { T } from "../texts.ts";
import { FileButton } from "../ui/file-drop.tsx";
import { hrefTo } from "../ui/route.ts";

export function DataSection() {
  const history = useApp((state) => state.history);
  const sets = history.reduce((sum, session) => sum + countSets(session), 0);
  return (
    <section className="card stack-small">
      <h2 className="heading">{T.settings.data}</h2>
      <p className="muted">{T.settings.dataText(history.length, sets)}</p>
      <Link className="button button-wide" href={hrefTo("data")}>
        {T.data.open}
      </Link>
      <FileButton label={T.settings.importMore} />
    </section>
  );
}

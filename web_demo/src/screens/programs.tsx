/** Programs: the one that is followed, the three that fit best with their points, and all. */
import type { RecommendedProgram } from "@voltlift/bridge";
import { usePrograms } from "@voltlift/bridge/react";
import { errorText, programComponentName, programReasonText } from "@voltlift/bridge/text";
import { useId, useState } from "react";
import { Button, Link } from "react-aria-components";
import { useEngineStatus } from "../app-context.ts";
import { readActiveProgram } from "../state/programs.ts";
import { useApp } from "../state/store.ts";
import { goalText, pointsOf } from "../texts/programs.ts";
import { pointsText, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { EngineNotice } from "../ui/notices.tsx";
import { Progress } from "../ui/progress.tsx";
import { hrefTo } from "../ui/route.ts";
import { TopBar } from "../ui/topbar.tsx";
import { TodaysSession } from "./home-today.tsx";
import "./picker.css";
import "./programs.css";

const BEST = 3;
/** More than there are: the list is all of them. */
const ALL = { limit: 100 };

export function ProgramsScreen() {
  const { boot } = useEngineStatus();
  const settings = useApp((state) => state.settings);
  const { data, status, error, refresh } = usePrograms(ALL);
  const followed = readActiveProgram(settings)?.programId ?? null;
  const [everything, setEverything] = useState(false);
  const items = data?.recommendations ?? [];
  return (
    <div className="page page-wide">
      <TopBar title={T.program.title} />
      <div className="stack">
        {followed ? <TodaysSession /> : <p className="lead">{T.program.lead}</p>}
        <section className="stack-small" aria-labelledby="best-programs">
          <h2 id="best-programs" className="heading">
            {T.program.best}
          </h2>
          {boot.phase !== "ready" && !data && <EngineNotice />}
          {boot.phase === "ready" && status === "loading" && !data && (
            <Progress text={T.program.loading} />
          )}
          {error && error.code !== "not_available" && boot.phase === "ready" && (
            <div className="notice" role="alert">
              <p className="grow">{errorText(error)}</p>
              <Button className="button" onPress={refresh}>
                {T.retry}
              </Button>
            </div>
          )}
          {data && items.length === 0 && <p className="muted">{T.program.none}</p>}
          <ol className="stack-small">
            {items.slice(0, BEST).map((item) => (
              <li key={item.program.id}>
                <Recommended item={item} isFollowed={item.program.id === followed} />
              </li>
            ))}
          </ol>
        </section>
      </div>
      {items.length > BEST && (
        <section className="stack-small" aria-labelledby="all-programs">
          <h2 id="all-programs" className="heading">
            {T.program.others(items.length - BEST)}
          </h2>
          <ul className="stack-small">
            {items.slice(BEST, everything ? undefined : BEST + 5).map(({ program, score }) => (
              <li key={program.id}>
                <Link className="card session-link" href={hrefTo("program", program.id)}>
                  <span className="grow">
                    <span className="session-name">{program.name}</span>
                    <span className="muted">
                      {goalText(program.goal)} · {program.level}
                    </span>
                    <span className="muted">
                      {T.program.facts(program.weeks, program.daysPerWeek, program.minutes)}
                    </span>
                  </span>
                  <span className="visually-hidden">{T.program.score(pointsText(score))}</span>
                  <span className="score-number program-score number" aria-hidden="true">
                    {pointsText(score)}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {!everything && items.length > BEST + 5 && (
            <Button className="button button-wide" onPress={() => setEverything(true)}>
              {T.home.more(items.length - BEST - 5)}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

function Recommended({ item, isFollowed }: { item: RecommendedProgram; isFollowed: boolean }) {
  const { program, score, components, substitutions, isStarter } = item;
  const [open, setOpen] = useState(false);
  const panel = useId();
  return (
    <article className="suggestion card" aria-label={program.name}>
      <div className="suggestion-head">
        <div className="grow">
          <h3 className="exercise-name">
            <Link className="program-link" href={hrefTo("program", program.id)}>
              {program.name}
            </Link>
          </h3>
          <p className="muted">
            {[
              isFollowed ? T.program.following : null,
              isStarter ? T.program.starter : null,
              goalText(program.goal),
              program.level,
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <p>
          <span className="visually-hidden">{T.program.score(pointsText(score))}</span>
          <span className="score-number number" aria-hidden="true">
            {pointsText(score)}
          </span>
        </p>
      </div>
      <p>{program.description}</p>
      <p className="muted">
        {T.program.facts(program.weeks, program.daysPerWeek, program.minutes)}
      </p>
      <div className="suggestion-reasons">
        <p className="grow">{T.program.substitutions(substitutions)}</p>
        <Button
          className="button button-text suggestion-why"
          aria-expanded={open}
          aria-controls={panel}
          aria-label={T.program.whyNamed(program.name)}
          onPress={() => setOpen(!open)}
        >
          {T.program.why}
          <Icon name="down" />
        </Button>
      </div>
      <div id={panel}>
        {open && (
          <table className="points-table">
            <thead className="visually-hidden">
              <tr>
                <th scope="col">{T.program.component}</th>
                <th scope="col">{T.program.points}</th>
              </tr>
            </thead>
            <tbody>
              {components.map(({ component, points, maxPoints, reasons }) => (
                <tr key={component}>
                  <th scope="row" className="program-part">
                    <span className="points-name">{programComponentName(component)}</span>
                    <ul className="muted">
                      {reasons.map((reason) => (
                        <li key={reason.code}>{programReasonText(reason, component)}</li>
                      ))}
                    </ul>
                  </th>
                  <td className="number">{pointsOf(points, maxPoints)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{T.program.sum}</th>
                <td className="number">{pointsText(score)}</td>
              </tr>
            </tfoot>
          </table>
        )}
      </div>
    </article>
  );
}

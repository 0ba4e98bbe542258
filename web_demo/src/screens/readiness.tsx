/** How recovered the lifter is: check-in, score, body, curves, and whether to go lighter. */
import type { GroupRecovery, ReadinessResponse } from "@voltlift/bridge";
import { useReadiness } from "@voltlift/bridge/react";
import { readinessReasonText } from "@voltlift/bridge/text";
import { useState } from "react";
import { useMoment } from "../state/moment.ts";
import { isCheckedIn } from "../state/readiness.ts";
import { useApp } from "../state/store.ts";
import { READINESS_TEXTS, RECOVERY_STATES } from "../texts/readiness.ts";
import { groupName } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { Figures } from "../ui/figures.tsx";
import { StorageNotice } from "../ui/notices.tsx";
import { TopBar } from "../ui/topbar.tsx";
import { BodyMap } from "./body-map.tsx";
import { CheckIn } from "./check-in.tsx";
import { StateOfAnswer } from "./insights-state.tsx";
import { ReadinessCurve } from "./readiness-curve.tsx";
import "../ui/charts.css";
import "./readiness.css";

const DAYS = 14;

export default function ReadinessScreen() {
  const at = useMoment((state) => state.at);
  const hasHistory = useApp((state) => state.history.length > 0);
  // As it was when the screen was opened: it does not fold under the thumb.
  const [wasCheckedIn] = useState(() => isCheckedIn(useApp.getState().dailyLogs, Date.now()));
  const answer = useReadiness({ days: DAYS });
  const { data } = answer;
  return (
    <div className="page page-wide">
      <TopBar title={READINESS_TEXTS.title} />
      <StorageNotice />
      <div className="stack">
        <Details level={2} title={READINESS_TEXTS.checkIn} open={!wasCheckedIn && at === null}>
          <CheckIn />
        </Details>
        <StateOfAnswer
          answer={answer}
          loading={READINESS_TEXTS.loading}
          failed={READINESS_TEXTS.failed}
        />
        {data && <Today readiness={data} />}
        {!hasHistory && <p className="muted">{READINESS_TEXTS.empty}</p>}
      </div>
      {data && hasHistory && (
        <div className="stack">
          <Body groups={data.groups} />
          <ReadinessCurve days={data.days} />
        </div>
      )}
    </div>
  );
}

function Today({ readiness }: { readiness: ReadinessResponse }) {
  const { score, fatigue, reasons, deload } = readiness;
  const { points } = READINESS_TEXTS;
  return (
    <section className="stack-small" aria-labelledby="readiness-today">
      <h2 id="readiness-today" className="heading">
        {READINESS_TEXTS.today}
      </h2>
      {deload && (
        <div className="notice readiness-deload">
          <div className="grow">
            <p className="label">{READINESS_TEXTS.deload}</p>
            <p>{readinessReasonText(deload)}</p>
          </div>
        </div>
      )}
      <Figures
        figures={[
          { label: READINESS_TEXTS.scoreLabel, value: READINESS_TEXTS.score(score) },
          { label: READINESS_TEXTS.fatigueLabel, value: READINESS_TEXTS.fatigue(fatigue) },
        ]}
      />
      <p>{READINESS_TEXTS.scoreMeaning(score)}</p>
      {fatigue === 0 && <p className="muted">{READINESS_TEXTS.fatigueUnknown}</p>}
      <Details title={READINESS_TEXTS.why} open={deload !== null}>
        <ul className="stack-small">
          {reasons.map((reason) => (
            <li key={reason.code} className="spread">
              <span>{readinessReasonText(reason)}</span>
              <span className="number">{points(reason.points)}</span>
            </li>
          ))}
        </ul>
      </Details>
    </section>
  );
}

function Body({ groups }: { groups: readonly GroupRecovery[] }) {
  const isReady = ({ state }: GroupRecovery): boolean => state === "fresh" || state === "ready";
  const names = (wanted: boolean): string =>
    groups.flatMap((group) => (isReady(group) === wanted ? groupName(group.group) : [])).join(", ");
  return (
    <section className="card chart" aria-labelledby="readiness-body">
      <h2 id="readiness-body" className="heading">
        {READINESS_TEXTS.body}
      </h2>
      <p>{READINESS_TEXTS.bodySays(names(true), names(false))}</p>
      <BodyMap groups={groups} />
      <ul className="body-groups">
        {groups.map(({ group, state, daysSince, readyInDays, hardSets7d }) => (
          <li key={group}>
            <svg className={`recovery-${state}`} width="16" height="16" aria-hidden="true">
              <circle className="body-mark" cx="8" cy="8" r="7" />
            </svg>
            <span className="grow">
              <span className="session-name">{groupName(group)}</span>
              <span className="muted">
                {READINESS_TEXTS.group(daysSince, readyInDays, hardSets7d)}
              </span>
            </span>
            <strong>{RECOVERY_STATES[state]}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

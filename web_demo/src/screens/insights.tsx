/** Looking back: strength, sets, balance, calendar, each with words, and a table behind it. */
import type { InsightsResponse } from "@voltlift/bridge";
import { useInsights } from "@voltlift/bridge/react";
import { insightReasonText } from "@voltlift/bridge/text";
import { useState } from "react";
import { Link } from "react-aria-components";
import { PERIODS } from "../state/insights.ts";
import { useApp } from "../state/store.ts";
import { INSIGHT_TEXTS } from "../texts/insights.ts";
import { OneOf } from "../ui/choice.tsx";
import { Icon } from "../ui/icons.tsx";
import { hrefTo } from "../ui/route.ts";
import { TopBar } from "../ui/topbar.tsx";
import { BalanceChart } from "./insights-balance.tsx";
import { Calendar } from "./insights-calendar.tsx";
import { LiftChart } from "./insights-lifts.tsx";
import { SetsChart } from "./insights-sets.tsx";
import { StateOfAnswer } from "./insights-state.tsx";
import { ReplayLink } from "./replay-link.tsx";
import { TravelOffer } from "./time-travel-offer.tsx";
import "./insights.css";

export default function InsightsScreen() {
  const [weeks, setWeeks] = useState<number>(PERIODS[0]);
  const hasHistory = useApp((state) => state.history.length > 0);
  const answer = useInsights(hasHistory ? { weeks } : null);
  const { data } = answer;
  return (
    <div className="page page-wide">
      <TopBar title={INSIGHT_TEXTS.title} />
      {!hasHistory && <p className="full">{INSIGHT_TEXTS.empty}</p>}
      <div className="stack">
        {hasHistory && (
          <OneOf
            label={INSIGHT_TEXTS.period}
            value={String(weeks)}
            options={PERIODS.map((period) => ({
              value: String(period),
              label: INSIGHT_TEXTS.periods[period],
            }))}
            onChange={(chosen) => setWeeks(Number(chosen))}
          />
        )}
        <StateOfAnswer
          answer={answer}
          loading={INSIGHT_TEXTS.loading}
          failed={INSIGHT_TEXTS.failed}
        />
        {data && <Overall insights={data} />}
      </div>
      <aside className="stack-small">
        <Link className="card session-link" href={hrefTo("readiness")}>
          <span className="grow">
            <span className="session-name">{INSIGHT_TEXTS.readiness}</span>
            <span className="muted">{INSIGHT_TEXTS.readinessHint}</span>
          </span>
          <Icon name="chevron" />
        </Link>
        <ReplayLink />
        <TravelOffer />
      </aside>
      {data && data.meta.workouts > 0 && <Charts insights={data} />}
    </div>
  );
}

function Overall({ insights: { reasons, unit } }: { insights: InsightsResponse }) {
  return (
    <section className="stack-small" aria-labelledby="insights-overall">
      <h2 id="insights-overall" className="heading">
        {INSIGHT_TEXTS.overall}
      </h2>
      <ul className="stack-small">
        {reasons.map((reason) => (
          <li key={reason.code}>{insightReasonText(reason, unit)}</li>
        ))}
      </ul>
    </section>
  );
}

function Charts({ insights }: { insights: InsightsResponse }) {
  return (
    <>
      <LiftChart insights={insights} />
      <SetsChart insights={insights} />
      <BalanceChart insights={insights} />
      <Calendar days={insights.days} until={insights.weekStarts.at(-1) ?? ""} />
    </>
  );
}

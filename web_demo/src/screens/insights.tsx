/** Looking back: strength, sets, balance, calendar, each with words, and a table behind it. */
import type { InsightsResponse } from "@voltlift/bridge";
import { useInsights } from "@voltlift/bridge/react";
import { errorText, insightReasonText } from "@voltlift/bridge/text";
import { useState } from "react";
import { Button, Link } from "react-aria-components";
import { useEngineStatus } from "../app-context.ts";
import { PERIODS } from "../state/insights.ts";
import { useApp } from "../state/store.ts";
import { INSIGHT_TEXTS } from "../texts/insights.ts";
import { T } from "../texts.ts";
import { OneOf } from "../ui/choice.tsx";
import { Icon } from "../ui/icons.tsx";
import { EngineNotice } from "../ui/notices.tsx";
import { Progress } from "../ui/progress.tsx";
import { hrefTo } from "../ui/route.ts";
import { TopBar } from "../ui/topbar.tsx";
import { BalanceChart } from "./insights-balance.tsx";
import { Calendar } from "./insights-calendar.tsx";
import { LiftChart } from "./insights-lifts.tsx";
import { SetsChart } from "./insights-sets.tsx";
import { TravelOffer } from "./time-travel-offer.tsx";
import "./insights.css";

export default function InsightsScreen() {
  const [weeks, setWeeks] = useState<number>(PERIODS[0]);
  const hasHistory = useApp((state) => state.history.length > 0);
  const { data, status, error, refresh } = useInsights(hasHistory ? { weeks } : null);
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
        {status === "error" && (
          <div className="notice notice-danger" role="alert">
            <p className="grow">{`${INSIGHT_TEXTS.failed} ${errorText(error)}`}</p>
            <Button className="button" onPress={refresh}>
              {T.retry}
            </Button>
          </div>
        )}
        {hasHistory && !data && status === "loading" && <Waiting />}
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
        <TravelOffer />
      </aside>
      {data && data.meta.workouts > 0 && <Charts insights={data} />}
    </div>
  );
}

/** Stands for the charts; says where the engine is as long as it is not there. */
function Waiting() {
  const { boot } = useEngineStatus();
  return boot.phase === "ready" ? (
    <Progress text={INSIGHT_TEXTS.loading} />
  ) : (
    <EngineNotice whenReady={false} />
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

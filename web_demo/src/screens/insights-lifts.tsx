/** The estimated 1RM of a lift: sessions as points, the trend as a band. */
import type { InsightsResponse, LiftSeries } from "@voltlift/bridge";
import { insightReasonText } from "@voltlift/bridge/text";
import { useState } from "react";
import type { Unit } from "../state/app-state.ts";
import { INSIGHT_TEXTS } from "../texts/insights.ts";
import { dateText, setText, weightText } from "../texts.ts";
import { Band, Dots, Plot } from "../ui/charts.tsx";
import { ChartFigure, type ChartTable } from "../ui/charts-figure.tsx";
import { LiftChoice } from "./insights-lift-choice.tsx";

const DAY_MS = 86_400_000;

export function LiftChart({ insights: { lifts, unit } }: { insights: InsightsResponse }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const lift = lifts.find(({ exercise }) => exercise.id === chosen) ?? lifts[0];
  if (!lift) {
    return (
      <ChartFigure
        title={INSIGHT_TEXTS.lifts}
        says={[INSIGHT_TEXTS.liftNone]}
        table={{ head: [], rows: [] }}
      >
        {null}
      </ChartFigure>
    );
  }
  return (
    <ChartFigure
      title={INSIGHT_TEXTS.lifts}
      says={lift.reasons.map((reason) => insightReasonText(reason, unit))}
      table={tableOf(lift, unit)}
      chartKey={INSIGHT_TEXTS.liftKey}
      choice={<LiftChoice lifts={lifts} chosen={lift} onChange={setChosen} />}
    >
      <Picture lift={lift} />
    </ChartFigure>
  );
}

function Picture({ lift: { exercise, points, band } }: { lift: LiftSeries }) {
  const values = [...points.map(({ oneRepMax }) => oneRepMax), ...band.flat()];
  const times = points.map(({ time }) => time);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return (
    <Plot
      label={INSIGHT_TEXTS.liftChart(exercise.name, points.length)}
      times={[first - DAY_MS, last + DAY_MS]}
      values={[Math.min(...values) * 0.97, Math.max(...values) * 1.02]}
    >
      {({ x, y }) => (
        <>
          <Band
            low={band.map(([low], at) => [x(times[at] ?? first), y(low)])}
            high={band.map(([, high], at) => [x(times[at] ?? first), y(high)])}
          />
          <Dots points={points.map(({ time, oneRepMax }) => [x(time), y(oneRepMax)])} />
        </>
      )}
    </Plot>
  );
}

function tableOf({ points, band }: LiftSeries, unit: Unit): ChartTable {
  const { date, best, oneRepMax, band: between, range } = INSIGHT_TEXTS;
  const hasBand = band.length > 0;
  return {
    head: [date, best, oneRepMax, ...(hasBand ? [between] : [])],
    rows: points
      .map((point, at) => {
        const [low, high] = band[at] ?? [0, 0];
        return [
          dateText(point.time),
          setText(point, unit),
          weightText(point.oneRepMax, unit),
          ...(hasBand ? [range(low, high)] : []),
        ];
      })
      .toReversed(),
  };
}

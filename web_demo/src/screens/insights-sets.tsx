/** Hard sets a week of a muscle group, against the most that pays off. */
import type { GroupWeeks, InsightsResponse } from "@voltlift/bridge";
import { insightReasonText } from "@voltlift/bridge/text";
import { useState } from "react";
import { dayTime, mostBehind } from "../state/insights.ts";
import { formatNumber } from "../state/numbers.ts";
import { INSIGHT_TEXTS } from "../texts/insights.ts";
import { groupName, isoDayText } from "../texts.ts";
import { Bars, Line, Plot } from "../ui/charts.tsx";
import { ChartFigure } from "../ui/charts-figure.tsx";
import { OneOf } from "../ui/choice.tsx";

const WEEK_MS = 7 * 86_400_000;

export function SetsChart({ insights }: { insights: InsightsResponse }) {
  const { groups, weekStarts, unit } = insights;
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = chosen ?? mostBehind(groups);
  const shown = groups.find(({ group }) => group === wanted) ?? groups[0];
  if (!shown) return null;
  return (
    <ChartFigure
      title={INSIGHT_TEXTS.sets}
      says={shown.reasons.map((reason) => insightReasonText(reason, unit))}
      chartKey={INSIGHT_TEXTS.setsKey(shown.maximumAdaptive)}
      table={{
        head: [INSIGHT_TEXTS.week, ...groups.map(({ group }) => groupName(group))],
        rows: [
          ...weekStarts
            .map((day, week) => [
              isoDayText(day),
              ...groups.map(({ sets }) => formatNumber(sets[week] ?? 0, 1)),
            ])
            .toReversed(),
          [
            INSIGHT_TEXTS.landmark,
            ...groups.map(({ maximumAdaptive }) => formatNumber(maximumAdaptive)),
          ],
        ],
      }}
      choice={
        <OneOf
          label={INSIGHT_TEXTS.group}
          hideLabel
          value={shown.group}
          options={groups.map(({ group }) => ({ value: group, label: groupName(group) }))}
          onChange={setChosen}
        />
      }
    >
      <Picture shown={shown} weekStarts={weekStarts} />
    </ChartFigure>
  );
}

function Picture({ shown, weekStarts }: { shown: GroupWeeks; weekStarts: readonly string[] }) {
  const { group, sets, maximumAdaptive } = shown;
  const starts = weekStarts.map(dayTime);
  const [first = 0, last = 0] = [starts[0], starts.at(-1)];
  return (
    <Plot
      label={INSIGHT_TEXTS.setsChart(groupName(group))}
      times={[first, last + WEEK_MS]}
      values={[0, Math.max(maximumAdaptive, ...sets)]}
    >
      {({ x, y, floor, left, right }) => (
        <>
          <Bars
            bars={starts.map((start, week) => [x(start), y(sets[week] ?? 0)])}
            width={((right - left) / starts.length) * 0.8}
            floor={floor}
          />
          <Line
            className="plot-landmark"
            points={[
              [left, y(maximumAdaptive)],
              [right, y(maximumAdaptive)],
            ]}
          />
        </>
      )}
    </Plot>
  );
}

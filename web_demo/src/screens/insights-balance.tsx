/** Balance of the muscle groups over time: a row a group, a cell a week. */
import type { InsightsResponse } from "@voltlift/bridge";
import { balanceState } from "../state/insights.ts";
import { formatNumber } from "../state/numbers.ts";
import { INSIGHT_TEXTS } from "../texts/insights.ts";
import { groupName, isoDayText } from "../texts.ts";
import { ChartFigure } from "../ui/charts-figure.tsx";

const STATES = ["behind", "balanced", "ahead"] as const;
const HEIGHT = 28;

export function BalanceChart({ insights }: { insights: InsightsResponse }) {
  const { groups, weekStarts } = insights;
  const lately = groups.map(({ group, balance = [] }) => ({
    group,
    balance,
    state: balanceState(balance.at(-1) ?? null),
  }));
  const named = (state: string): string =>
    lately.flatMap((each) => (each.state === state ? groupName(each.group) : [])).join(", ");
  return (
    <ChartFigure
      title={INSIGHT_TEXTS.balance}
      says={[INSIGHT_TEXTS.balanceSays(named("behind"), named("ahead"))]}
      chartKey={INSIGHT_TEXTS.balanceKey}
      table={{
        head: [INSIGHT_TEXTS.week, ...groups.map(({ group }) => groupName(group))],
        rows: weekStarts
          .map((day, week) => [
            isoDayText(day),
            ...groups.map(({ balance = [] }) => percent(balance[week] ?? null)),
          ])
          .toReversed(),
      }}
    >
      <ul className="balance" aria-label={INSIGHT_TEXTS.balanceChart}>
        {lately.map(({ group, balance, state }) => (
          <li key={group} className="stack-small">
            <p className="spread">
              <span>{groupName(group)}</span>
              <span className="muted number">
                {INSIGHT_TEXTS.balanceNow(balance.at(-1) ?? null)}
                {state !== "balanced" && state !== "none" && (
                  <strong>{` · ${INSIGHT_TEXTS.balanceStates[state]}`}</strong>
                )}
              </span>
            </p>
            <Cells balance={balance} weekStarts={weekStarts} />
          </li>
        ))}
      </ul>
      <ul className="row balance-legend" aria-hidden>
        {STATES.map((state) => (
          <li key={state}>
            <svg width="16" height="16" aria-hidden="true">
              <rect className={`balance-${state}`} width="16" height="16" rx="3" />
            </svg>
            {INSIGHT_TEXTS.balanceStates[state]}
          </li>
        ))}
      </ul>
    </ChartFigure>
  );
}

interface CellsProps {
  balance: readonly (number | null)[];
  weekStarts: readonly string[];
}

/** Oldest week first; how far from the mean is in the height as well as in the colour. */
function Cells({ balance, weekStarts }: CellsProps) {
  const gap = balance.length > 60 ? 0 : 0.12;
  return (
    <svg
      className="balance-cells"
      viewBox={`0 0 ${balance.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {balance.map((ratio, week) => {
        const height = ratio === null ? 2 : Math.max(Math.min(ratio / 2, 1) * HEIGHT, 2);
        return (
          <rect
            key={weekStarts[week]}
            className={`balance-${balanceState(ratio)}`}
            x={week + gap / 2}
            y={HEIGHT - height}
            width={1 - gap}
            height={height}
          />
        );
      })}
    </svg>
  );
}

const percent = (ratio: number | null): string =>
  ratio === null ? "–" : `${formatNumber(ratio * 100, 0)}\u00a0%`;

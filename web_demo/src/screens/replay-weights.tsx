/** What was lifted and what would have been suggested, over time, one lift at a time. */
import type { ReplayedWeight } from "@voltlift/bridge";
import { useState } from "react";
import type { Unit } from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { liftsOf, type ReplayedLift, rangesOf } from "../state/replay.ts";
import { REPLAY_TEXTS } from "../texts/replay.ts";
import { dateText, weightText } from "../texts.ts";
import { Band, Dots, Line, Plot, type Point } from "../ui/charts.tsx";
import { ChartFigure, type ChartTable } from "../ui/charts-figure.tsx";
import { LiftChoice } from "./insights-lift-choice.tsx";

const DAY_MS = 86_400_000;

interface WeightsChartProps {
  weights: readonly ReplayedWeight[];
  unit: Unit;
  /** A model had a say: without one, the rules are what was suggested. */
  isLearned: boolean;
}

export function WeightsChart({ weights, unit, isLearned }: WeightsChartProps) {
  const catalogue = useCatalogue();
  const [chosen, setChosen] = useState<string | null>(null);
  const lifts = liftsOf(weights);
  const lift = lifts.find(({ exerciseId }) => exerciseId === chosen) ?? lifts[0];
  if (!lift) return null;
  const named = (id: string) => ({ exercise: { id, name: catalogue.name(id) } });
  const name = catalogue.name(lift.exerciseId);
  const ranges = rangesOf(lift.weights);
  return (
    <ChartFigure
      title={REPLAY_TEXTS.weights}
      says={saysOf(lift, name)}
      chartKey={ranges.length > 0 ? REPLAY_TEXTS.weightsKeyRange : REPLAY_TEXTS.weightsKey}
      table={tableOf(lift, unit, isLearned)}
      choice={
        <LiftChoice
          lifts={lifts.map(({ exerciseId }) => named(exerciseId))}
          chosen={named(lift.exerciseId)}
          onChange={setChosen}
        />
      }
    >
      <Picture lift={lift} ranges={ranges} name={name} />
    </ChartFigure>
  );
}

function saysOf({ weights }: ReplayedLift, name: string): string[] {
  const near = weights.filter(
    ({ suggested, done }) => Math.abs(suggested - done) <= 0.05 * Math.abs(done) + 1e-9,
  );
  const ranges = rangesOf(weights).flat();
  const inside = ranges.filter(
    ({ low, high, done }) => done >= (low ?? done) && done <= (high ?? done),
  );
  return [
    REPLAY_TEXTS.weightsSays(name, weights.length, near.length),
    ...(ranges.length > 0 ? [REPLAY_TEXTS.inRange(ranges.length, inside.length)] : []),
  ];
}

interface PictureProps {
  lift: ReplayedLift;
  ranges: readonly ReplayedWeight[][];
  name: string;
}

function Picture({ lift: { weights }, ranges, name }: PictureProps) {
  const values = weights.flatMap(({ done, suggested, low, high }) => [
    done,
    suggested,
    low ?? done,
    high ?? done,
  ]);
  const [first = 0, last = 0] = [weights[0]?.startTime, weights.at(-1)?.startTime];
  return (
    <Plot
      label={REPLAY_TEXTS.weightsChart(name, weights.length)}
      times={[first - DAY_MS, last + DAY_MS]}
      values={[Math.min(...values) * 0.97, Math.max(...values) * 1.02]}
    >
      {({ x, y }) => {
        const points = (of: readonly ReplayedWeight[], value: (item: ReplayedWeight) => number) =>
          of.map((item): Point => [x(item.startTime), y(value(item))]);
        return (
          <>
            {ranges.map((run) => (
              <Band
                key={run[0]?.startTime}
                low={points(run, ({ low, done }) => low ?? done)}
                high={points(run, ({ high, done }) => high ?? done)}
              />
            ))}
            <Line className="replay-line" points={points(weights, ({ suggested }) => suggested)} />
            <Dots points={points(weights, ({ done }) => done)} />
          </>
        );
      }}
    </Plot>
  );
}

/** The newest first; weights as they are loaded, in the lifter's unit. */
function tableOf({ weights }: ReplayedLift, unit: Unit, isLearned: boolean): ChartTable {
  const { day, done, suggested, range, rules, last, between } = REPLAY_TEXTS;
  const hasRange = weights.some(({ low }) => low !== null);
  return {
    head: [day, done, suggested, ...(hasRange ? [range] : []), ...(isLearned ? [rules] : []), last],
    rows: weights
      .map((item) => [
        dateText(item.startTime),
        weightText(item.done, unit),
        weightText(item.suggested, unit),
        ...(hasRange
          ? [item.low === null || item.high === null ? "–" : between(item.low, item.high)]
          : []),
        ...(isLearned ? [weightText(item.rules, unit)] : []),
        weightText(item.last, unit),
      ])
      .toReversed(),
  };
}

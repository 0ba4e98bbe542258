/** The last days as a curve: the recovery score, or how recovered one muscle group was. */
import type { ReadinessDay } from "@voltlift/bridge";
import { useState } from "react";
import { dayTime } from "../state/insights.ts";
import { formatNumber } from "../state/numbers.ts";
import { READINESS_TEXTS } from "../texts/readiness.ts";
import { groupName, isoDayText } from "../texts.ts";
import { Dots, Line, Plot, type Point } from "../ui/charts.tsx";
import { ChartFigure } from "../ui/charts-figure.tsx";
import { OneOf } from "../ui/choice.tsx";

const SCORE = "score";
const NOON_MS = 43_200_000;

export function ReadinessCurve({ days }: { days: readonly ReadinessDay[] }) {
  const [chosen, setChosen] = useState(SCORE);
  const isScore = chosen === SCORE;
  const groups = Object.keys(days.at(-1)?.recovered ?? {});
  const noted = days.filter(({ score }) => score !== null).length;
  return (
    <ChartFigure
      title={READINESS_TEXTS.curve}
      says={[
        isScore
          ? READINESS_TEXTS.curveScoreSays(noted)
          : READINESS_TEXTS.curveGroupSays(groupName(chosen)),
      ]}
      table={{
        head: [
          READINESS_TEXTS.day,
          READINESS_TEXTS.scoreLabel,
          READINESS_TEXTS.sleep,
          READINESS_TEXTS.sets,
          ...groups.map(groupName),
        ],
        rows: days
          .map(({ day, score, sleepHours, hardSets, recovered = {} }) => [
            isoDayText(day),
            score === null ? "–" : formatNumber(score, 1),
            sleepHours === null ? "–" : READINESS_TEXTS.hours(sleepHours),
            formatNumber(hardSets, 1),
            ...groups.map((group) => READINESS_TEXTS.percent(recovered[group] ?? 1)),
          ])
          .toReversed(),
      }}
      choice={
        <OneOf
          label={READINESS_TEXTS.curveOf}
          hideLabel
          value={chosen}
          options={[
            { value: SCORE, label: READINESS_TEXTS.curveScore },
            ...groups.map((group) => ({ value: group, label: groupName(group) })),
          ]}
          onChange={setChosen}
        />
      }
    >
      <Picture
        label={isScore ? READINESS_TEXTS.curveScore : groupName(chosen)}
        most={isScore ? 10 : 100}
        days={days.map(({ day, score, recovered = {} }) => [
          dayTime(day) + NOON_MS,
          isScore ? score : (recovered[chosen] ?? 1) * 100,
        ])}
      />
    </ChartFigure>
  );
}

interface PictureProps {
  label: string;
  most: number;
  days: readonly (readonly [time: number, value: number | null])[];
}

function Picture({ label, most, days }: PictureProps) {
  const [first = 0, last = 0] = [days[0]?.[0], days.at(-1)?.[0]];
  return (
    <Plot label={label} times={[first - NOON_MS, last + NOON_MS]} values={[0, most]}>
      {({ x, y }) => {
        const runs = runsOf(days).map((run) =>
          run.map(([time, value]): Point => [x(time), y(value)]),
        );
        return (
          <>
            {runs.map((run) => (
              <Line key={run[0]?.[0]} points={run} />
            ))}
            <Dots points={runs.flat()} />
          </>
        );
      }}
    </Plot>
  );
}

/** What follows each other without a gap: a day that nothing is known of interrupts the line. */
function runsOf(days: PictureProps["days"]): [number, number][][] {
  const runs: [number, number][][] = [[]];
  for (const [time, value] of days) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push([time, value]);
  }
  return runs.filter((run) => run.length > 0);
}

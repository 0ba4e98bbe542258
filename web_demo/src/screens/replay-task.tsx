/** One task of a replay: what was suggested, rules alone and repeating, as bars from 0 to 100 %. */
import type { ReplayTask } from "@voltlift/bridge";
import { scaleLinear } from "d3-scale";
import { Link } from "react-aria-components";
import { formatNumber } from "../state/numbers.ts";
import { figure, MAIN_METRIC, type RowName, remedyOf, rowsOf, verdictOf } from "../state/replay.ts";
import { REPLAY_TEXTS } from "../texts/replay.ts";
import { ChartFigure, type ChartTable } from "../ui/charts-figure.tsx";
import { hrefTo } from "../ui/route.ts";

const across = scaleLinear().domain([0, 1]).range([0, 100]).clamp(true);

interface TaskChartProps {
  task: ReplayTask;
  /** A model had a say in some task: where in this one none had, that is worth a word. */
  hasModels: boolean;
  /** The dial leaves models no say in exercises. */
  isBalanced: boolean;
}

export function TaskChart({ task, hasModels, isBalanced }: TaskChartProps) {
  const title = REPLAY_TEXTS.tasks[task.task];
  const verdict = verdictOf(task);
  if (verdict === null) {
    const isWeight = task.task === "next_weight";
    return (
      <ChartFigure
        title={title}
        says={[isWeight ? REPLAY_TEXTS.missingWeights : REPLAY_TEXTS.missing]}
        table={{ head: [], rows: [] }}
      >
        {null}
      </ChartFigure>
    );
  }
  return (
    <ChartFigure
      title={title}
      says={saysOf(task, whyRules(task, hasModels, isBalanced))}
      chartKey={REPLAY_TEXTS.keys[task.task]}
      table={tableOf(task)}
    >
      <Bars task={task} />
      <WayOut task={task} />
    </ChartFigure>
  );
}

/** The figures in words, and what to do. */
function saysOf(task: ReplayTask, whyRules: readonly string[]): string[] {
  const main = MAIN_METRIC[task.task];
  const suggested = figure(task, "suggested", main) ?? 0;
  const repeat = figure(task, "repeat", main);
  const verdict = verdictOf(task) ?? "alike";
  const kind = task.task === "next_weight" ? "weights" : "exercises";
  const offBy = figure(task, "suggested", "mape");
  return [
    REPLAY_TEXTS.says[task.task](task.questions, suggested, repeat),
    ...(offBy === null ? [] : [REPLAY_TEXTS.offBy(offBy, figure(task, "repeat", "mape"))]),
    ...(verdict === "few"
      ? [REPLAY_TEXTS.few(task.days)]
      : task.learned
        ? [REPLAY_TEXTS.todo[kind][verdict]]
        : []),
    ...whyRules,
  ];
}

/** Why the rules alone were what was suggested, where the page has not said so above. */
function whyRules(task: ReplayTask, hasModels: boolean, isBalanced: boolean): string[] {
  if (task.learned) return [];
  if (isBalanced && task.task !== "next_weight") return [REPLAY_TEXTS.atBalance];
  return hasModels ? [REPLAY_TEXTS.noModelsHere] : [];
}

function nameOf(row: RowName, { learned }: ReplayTask): string {
  return row === "suggested" && !learned ? REPLAY_TEXTS.byRules : REPLAY_TEXTS.rows[row];
}

/** Every figure, row by row: what a bar shows is among them. */
function tableOf(task: ReplayTask): ChartTable {
  const rows = rowsOf(task).flatMap((row) => task.scores.find((score) => score.row === row) ?? []);
  const known = Object.entries(REPLAY_TEXTS.metrics[task.task]);
  return {
    head: [REPLAY_TEXTS.metric, ...rows.map(({ row }) => nameOf(row, task))],
    rows: [
      ...known
        .filter(([metric]) => rows.some(({ metrics }) => metric in metrics))
        .map(([metric, { name, text }]) => [
          name,
          ...rows.map(({ metrics }) => {
            const value = metrics[metric];
            return value === undefined ? "–" : text(value);
          }),
        ]),
      [REPLAY_TEXTS.questions, ...rows.map(() => formatNumber(task.questions))],
    ],
  };
}

/** A list by itself: each bar has its name and its figure in words beside it. */
function Bars({ task }: { task: ReplayTask }) {
  const metric = MAIN_METRIC[task.task];
  const text = REPLAY_TEXTS.metrics[task.task][metric]?.text;
  return (
    <ul
      className="replay-bars"
      aria-label={REPLAY_TEXTS.chartOf(REPLAY_TEXTS.tasks[task.task], task.learned)}
    >
      {rowsOf(task).map((row) => {
        const value = figure(task, row, metric);
        if (value === null) return null;
        return (
          <li key={row}>
            <p className="spread">
              <span>{nameOf(row, task)}</span>
              <span className="number">{text?.(value)}</span>
            </p>
            <svg className="replay-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
              <rect className="replay-track" width="100" height="10" />
              <rect className={`replay-${row}`} width={across(value)} height="10" />
            </svg>
          </li>
        );
      })}
    </ul>
  );
}

/** Where something can be done about it, the way there. */
function WayOut({ task }: { task: ReplayTask }) {
  const remedy = remedyOf(task);
  return (
    remedy && (
      <Link className="button" href={hrefTo(remedy)}>
        {REPLAY_TEXTS.remedies[remedy]}
      </Link>
    )
  );
}

/** "How would this have predicted your training?": asked by a tap, in words first, then charts. */
import type { ReplayResponse } from "@voltlift/bridge";
import { type ReplayState, useReplay } from "@voltlift/bridge/react";
import { errorText } from "@voltlift/bridge/text";
import { useEffect } from "react";
import { Button, Link } from "react-aria-components";
import { useEngineStatus } from "../app-context.ts";
import { missingDays, shareDone, verdictOf } from "../state/replay.ts";
import { useRoutine, withRoutine } from "../state/routine.ts";
import { useApp } from "../state/store.ts";
import { REPLAY_TEXTS } from "../texts/replay.ts";
import { dateText, T } from "../texts.ts";
import { EngineNotice } from "../ui/notices.tsx";
import { Progress } from "../ui/progress.tsx";
import { hrefTo } from "../ui/route.ts";
import { TopBar } from "../ui/topbar.tsx";
import { TaskChart } from "./replay-task.tsx";
import { WeightsChart } from "./replay-weights.tsx";
import "./replay.css";

export default function ReplayScreen() {
  const replay = useReplay(withRoutine({}, useRoutine()));
  const history = useApp((state) => state.history);
  const missing = missingDays(history);
  const { data, status } = replay;
  return (
    <div className="page">
      <TopBar title={REPLAY_TEXTS.title} />
      <div className="stack-small">
        <p>{REPLAY_TEXTS.lead}</p>
        <p className="muted">{REPLAY_TEXTS.here}</p>
      </div>
      {history.length === 0 ? (
        <p className="notice">{REPLAY_TEXTS.empty}</p>
      ) : missing > 0 ? (
        <p className="notice">{REPLAY_TEXTS.short(missing)}</p>
      ) : (
        <Run replay={replay} />
      )}
      {data && missing === 0 && (
        <div className="stack" aria-busy={status === "running"}>
          {replay.isOlder && (
            <p className="notice" role="status">
              {REPLAY_TEXTS.older}
            </p>
          )}
          <Result result={data} />
        </div>
      )}
    </div>
  );
}

/** The tap that starts it, how far it is, and the way out. */
function Run({ replay }: { replay: ReplayState }) {
  const { status, data, error, start, cancel } = replay;
  const { boot, sync } = useEngineStatus();
  const isRunning = status === "running";
  // A log that is erased meanwhile takes its questions with it.
  useEffect(() => cancel, [cancel]);
  if (boot.phase === "failed" || sync.status === "error") return <EngineNotice whenReady={false} />;
  return (
    <div className="stack-small">
      {status === "failed" && (
        <p className="notice notice-danger" role="alert">
          {`${REPLAY_TEXTS.failed} ${errorText(error)}`}
        </p>
      )}
      {isRunning && <HowFar replay={replay} />}
      {/* One button that changes: the focus stays where the thumb is. */}
      <Button
        className={isRunning || data ? "button button-wide" : "button button-primary button-big"}
        onPress={isRunning ? cancel : start}
      >
        {isRunning
          ? REPLAY_TEXTS.cancel
          : data
            ? REPLAY_TEXTS.again
            : status === "failed"
              ? T.retry
              : REPLAY_TEXTS.start}
      </Button>
      {!data && <p className="muted">{REPLAY_TEXTS.stops}</p>}
    </div>
  );
}

function HowFar({ replay: { progress } }: { replay: ReplayState }) {
  const stages: Readonly<Record<string, string>> = REPLAY_TEXTS.stages;
  const stage = progress && Object.hasOwn(stages, progress.stage) ? stages[progress.stage] : null;
  return (
    <Progress
      text={
        progress && stage
          ? REPLAY_TEXTS.stage(stage, progress.done, progress.total)
          : REPLAY_TEXTS.waiting
      }
      value={shareDone(progress)}
    />
  );
}

function Result({ result }: { result: ReplayResponse }) {
  const { tasks, weights, unit, first, last } = result;
  const isSample = useApp((state) => state.sample);
  const isBalanced = useRoutine() === 0;
  if (first === null || last === null) return <p className="notice">{REPLAY_TEXTS.none}</p>;
  const hasModels = tasks.some(({ learned }) => learned);
  return (
    <>
      <section className="stack-small" aria-labelledby="replay-overall">
        <h2 id="replay-overall" className="heading">
          {REPLAY_TEXTS.overall}
        </h2>
        <ul className="stack-small">
          {tasks.map((task) => {
            const verdict = verdictOf(task);
            return (
              verdict && (
                <li key={task.task}>
                  {REPLAY_TEXTS.verdict(
                    REPLAY_TEXTS.tasks[task.task],
                    REPLAY_TEXTS.verdicts[verdict],
                  )}
                </li>
              )
            );
          })}
        </ul>
        {!hasModels && (
          <>
            <p>{REPLAY_TEXTS.noModels}</p>
            <Link className="button" href={hrefTo("models")}>
              {REPLAY_TEXTS.remedies.models}
            </Link>
          </>
        )}
        <p className="muted" role="status">
          {REPLAY_TEXTS.span(dateText(first), dateText(last))}
        </p>
        <p className="muted">{REPLAY_TEXTS.chance}</p>
        {isSample && <p className="muted">{REPLAY_TEXTS.sample}</p>}
      </section>
      {tasks.map((task) => (
        <TaskChart key={task.task} task={task} hasModels={hasModels} isBalanced={isBalanced} />
      ))}
      {weights.length > 0 && (
        <WeightsChart
          weights={weights}
          unit={unit}
          isLearned={tasks.some(({ task, learned }) => task === "next_weight" && learned)}
        />
      )}
      <section className="stack-small" aria-labelledby="replay-caveats">
        <h2 id="replay-caveats" className="heading">
          {REPLAY_TEXTS.caveatTitle}
        </h2>
        {[...REPLAY_TEXTS.caveats, ...(hasModels ? [REPLAY_TEXTS.modelsCaveat] : [])].map(
          (text) => (
            <p key={text} className="muted">
              {text}
            </p>
          ),
        )}
      </section>
    </>
  );
}

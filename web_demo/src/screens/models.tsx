/** Models: what each does, how good it is, what it takes, and what the lifter wants of it. */
import { type ModelConnection, type ModelsState, usedModels } from "@voltlift/bridge/models";
import { useModelConnection, useModels } from "@voltlift/bridge/react";
import { errorText, modelFailureText, modelName } from "@voltlift/bridge/text";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useLate, useOnline } from "../state/late.ts";
import { doubtOf, modelViews, splitFailures, workOf } from "../state/models-view.ts";
import { MODELS_TEXTS } from "../texts/models.ts";
import { dateText, timeText } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { Icon } from "../ui/icons.tsx";
import { Progress } from "../ui/progress.tsx";
import { notify } from "../ui/toasts.tsx";
import { TopBar } from "../ui/topbar.tsx";
import { ModelCard } from "./models-card.tsx";
import { SpaceSection } from "./models-space.tsx";
import { ReplayLink } from "./replay-link.tsx";
import { RoutineDial } from "./routine-dial.tsx";
import "./models.css";

export default function ModelsScreen() {
  const state = useModels();
  const connection = useModelConnection();
  const views = modelViews(state);
  return (
    <div className="page page-wide">
      <TopBar title={MODELS_TEXTS.title} back="settings" />
      <div className="stack">
        <Overview state={state} connection={connection} />
        {views.map((view) => (
          <ModelCard key={view.name} view={view} connection={connection} />
        ))}
      </div>
      <div className="stack">
        <section className="card">
          <RoutineDial />
        </section>
        <ReplayLink />
        {state.installed.length > 0 && <SpaceSection sizes={state.sizes} />}
        <PastFailures state={state} />
      </div>
    </div>
  );
}

interface OverviewProps {
  state: ModelsState;
  connection: ModelConnection | null;
}

/** What is in use, what is going on, and the way to newer ones. */
function Overview({ state, connection }: OverviewProps) {
  const isOnline = useOnline();
  const isOff = state.phase === "off" || connection === null;
  return (
    <section className="card stack" aria-labelledby="models-overview">
      <div className="stack-small">
        <h2 id="models-overview" className="heading">
          {MODELS_TEXTS.inUse(usedModels(state).length)}
        </h2>
        <p className="muted">{MODELS_TEXTS.lead}</p>
      </div>
      {isOff ? (
        <p className="notice">{MODELS_TEXTS.offReasons[state.reason ?? "not_available"]}</p>
      ) : (
        <>
          <Now state={state} />
          {!isOnline && <p className="notice">{MODELS_TEXTS.offline}</p>}
          <Doubt state={state} />
          <UpdateButton state={state} connection={connection} />
          <p className="muted">
            {state.checked === null
              ? MODELS_TEXTS.neverChecked
              : MODELS_TEXTS.checked(dateText(state.checked), timeText(state.checked))}
            {state.sequence > 0 && ` · ${MODELS_TEXTS.release(state.sequence)}`}
          </p>
        </>
      )}
    </section>
  );
}

/** What went wrong last, with its remedy; and why nothing is here yet. */
function Now({ state }: { state: ModelsState }) {
  const { now } = splitFailures(state);
  return (
    <>
      {state.phase === "waiting" && <p>{MODELS_TEXTS.waiting}</p>}
      {state.phase === "idle" && state.installed.length === 0 && <p>{MODELS_TEXTS.none}</p>}
      {state.error && <Problem title={MODELS_TEXTS.error} text={errorText(state.error)} />}
      {now && now.code !== "interrupted" && (
        <Problem
          title={now.code === "hung" ? MODELS_TEXTS.hung : MODELS_TEXTS.problem}
          text={modelFailureText(now.code) + MODELS_TEXTS.times(now.times)}
        />
      )}
      {state.left.map(({ model, code }) => (
        <Problem
          key={model}
          title={MODELS_TEXTS.notForHere(modelName(model))}
          text={modelFailureText(code)}
        />
      ))}
    </>
  );
}

/** What is here works; whether it is the newest may not be known. */
function Doubt({ state }: { state: ModelsState }) {
  const doubt = doubtOf(state, Date.now());
  if (!doubt) return null;
  return (
    <p className="notice" role="status">
      {MODELS_TEXTS.doubts[doubt.reason](dateText(doubt.since))}
    </p>
  );
}

function Problem({ title, text }: { title: string; text: string }) {
  return (
    <div className="notice notice-danger" role="alert">
      <Icon name="warning" />
      <p className="grow">
        <strong>{title}</strong> {text}
      </p>
    </div>
  );
}

/** Its place is that of the bar, so that nothing below moves. */
function UpdateButton({ state, connection }: { state: ModelsState; connection: ModelConnection }) {
  const [isAsked, setIsAsked] = useState(false);
  const work = workOf(state);
  const isLate = useLate(work !== null);
  const update = async (): Promise<void> => {
    setIsAsked(true);
    const result = await connection.update();
    setIsAsked(false);
    if (result?.outcome === "updated") notify(MODELS_TEXTS.updated(result.activated.length));
    else if (result?.outcome === "unchanged") notify(MODELS_TEXTS.upToDate);
    else if (result?.failure?.code === "interrupted") notify(MODELS_TEXTS.stopped);
  };
  if (work && isLate) {
    return (
      <div className="models-work">
        <Progress text={MODELS_TEXTS.phases[work.phase]} value={work.progress} />
        {work.canStop && (
          <Button className="button" onPress={() => connection.cancel()}>
            {MODELS_TEXTS.cancel}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className="models-work">
      <Button
        className="button button-wide"
        isDisabled={isAsked || work !== null || state.phase === "waiting"}
        onPress={() => void update()}
      >
        {MODELS_TEXTS.update}
      </Button>
    </div>
  );
}

function PastFailures({ state }: { state: ModelsState }) {
  const { past } = splitFailures(state);
  if (past.length === 0) return null;
  return (
    <Details title={MODELS_TEXTS.past} level={2}>
      <ul className="stack-small">
        {past.map(({ at, code, times }) => (
          <li key={`${at}/${code}`}>
            {MODELS_TEXTS.pastText(dateText(at), modelFailureText(code))}
            {MODELS_TEXTS.times(times)}
          </li>
        ))}
      </ul>
    </Details>
  );
}

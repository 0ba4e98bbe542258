/** One model: what it does, whether it is used, how good it is, and what can be done about it. */
import type { ModelConnection } from "@voltlift/bridge/models";
import { errorText, leftOutText, modelName } from "@voltlift/bridge/text";
import { useMemo } from "react";
import { readCard } from "../state/model-card.ts";
import type { ModelView } from "../state/models-view.ts";
import { MODELS_TEXTS } from "../texts/models.ts";
import { dateText } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { notify } from "../ui/toasts.tsx";
import { ModelActions } from "./models-actions.tsx";
import { Quality, Training } from "./models-quality.tsx";

interface ModelCardProps {
  view: ModelView;
  connection: ModelConnection | null;
}

export function ModelCard({ view, connection }: ModelCardProps) {
  const { name, status, version, bytes, current, used, problem, newer, pinned } = view;
  const card = useMemo(() => current && readCard(name, current.card), [name, current]);
  const id = `model-${name}`;
  return (
    <section className="card stack model" aria-labelledby={id} data-status={status}>
      <header className="stack-small">
        <div className="spread">
          <h2 id={id} className="title">
            {modelName(name)}
          </h2>
          <p className="model-status">{MODELS_TEXTS.status[status]}</p>
        </div>
        <p>{MODELS_TEXTS.does(name)}</p>
      </header>
      {problem && (
        <p className="notice notice-danger" role="alert">
          {leftOutText(problem.code)}
        </p>
      )}
      <p className="muted">
        {[
          MODELS_TEXTS.version(version, bytes),
          current && MODELS_TEXTS.since(dateText(current.installed)),
          used && MODELS_TEXTS.runs(runtimeText(used.runtime)),
        ]
          .filter(Boolean)
          .join(", ")}
        .
      </p>
      {newer && (
        <p className="notice">
          {pinned ? MODELS_TEXTS.newerKept(newer.version) : MODELS_TEXTS.newer(newer.version)}
        </p>
      )}
      {card && (
        <div className="stack-small">
          <Details title={MODELS_TEXTS.good}>
            <Quality model={name} card={card} />
          </Details>
          <Details title={MODELS_TEXTS.trained}>
            <Training card={card} />
          </Details>
        </div>
      )}
      {connection && <ModelActions view={view} connection={connection} onProblem={complain} />}
    </section>
  );
}

const complain = (error: unknown): void => notify(errorText(error));

function runtimeText(runtime: string): string {
  const { runtimes } = MODELS_TEXTS;
  return (Object.hasOwn(runtimes, runtime) && runtimes[runtime]) || runtime;
}

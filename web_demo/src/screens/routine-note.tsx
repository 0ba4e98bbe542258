/** Beside a list: how much the routine counts in it, which models took part, and the dial. */
import type { ResponseMeta, ScorerStatus } from "@voltlift/bridge";
import { modelName } from "@voltlift/bridge/text";
import { Link } from "react-aria-components";
import { failedOf, modelsOf, routineText } from "../state/habit.ts";
import { useRoutine } from "../state/routine.ts";
import { ROUTINE_TEXTS } from "../texts/routine.ts";
import { Details } from "../ui/details.tsx";
import { Icon } from "../ui/icons.tsx";
import { hrefTo } from "../ui/route.ts";
import { RoutineDial } from "./routine-dial.tsx";
import "./routine-note.css";

interface RoutineNoteProps {
  meta: ResponseMeta;
  /** Where the dial can be turned here. */
  hasDial?: boolean;
}

export function RoutineNote({ meta, hasDial = false }: RoutineNoteProps) {
  const routine = useRoutine();
  const scorers = modelsOf(meta);
  return (
    <div className="stack-small">
      {failedOf(meta).map(({ name }) => (
        <p key={name} className="notice" role="status">
          <Icon name="warning" />
          <span className="grow">{ROUTINE_TEXTS.failed(modelName(name))}</span>
        </p>
      ))}
      <p>{routineText(meta, routine)}</p>
      {hasDial && (
        <Details title={ROUTINE_TEXTS.open}>
          <div className="stack">
            <RoutineDial saysFadeIn={false} />
            <div className="stack-small">
              <p className="label">{ROUTINE_TEXTS.who}</p>
              <ul>
                <li>{ROUTINE_TEXTS.rules}</li>
                {scorers.map((scorer) => (
                  <li key={scorer.name}>{scorerText(scorer)}</li>
                ))}
              </ul>
            </div>
            <Link className="button button-wide" href={hrefTo("models")}>
              {ROUTINE_TEXTS.toModels}
            </Link>
          </div>
        </Details>
      )}
    </div>
  );
}

function scorerText({ name, version, status, confidence }: ScorerStatus): string {
  const called = modelName(name);
  if (status === "failed") return ROUTINE_TEXTS.failed(called);
  if (status !== "used") return ROUTINE_TEXTS.abstained(called);
  const sure = confidence == null ? null : ROUTINE_TEXTS.confidence[confidence];
  return ROUTINE_TEXTS.scorer(called, version, sure);
}

/** The same in a line, on the first screen; its place is kept while the list is on its way. */
export function RoutineLine({ meta }: { meta: ResponseMeta | null }) {
  const failed = meta ? failedOf(meta) : [];
  return (
    <p className="routine-line">
      {meta && (
        <Link className="routine-link" href={hrefTo(failed.length > 0 ? "models" : "settings")}>
          <span>
            {failed[0]
              ? ROUTINE_TEXTS.failed(modelName(failed[0].name))
              : meta.alpha > 0
                ? ROUTINE_TEXTS.short(meta.alpha)
                : ROUTINE_TEXTS.shortNone}
          </span>
          <Icon name="chevron" />
        </Link>
      )}
    </p>
  );
}

/** The first screen of another day: what was suggested then, and what was then done. */
import {
  useExerciseRecommendations,
  useInsights,
  useLoadSuggestion,
  useReadiness,
} from "@voltlift/bridge/react";
import { errorText } from "@voltlift/bridge/text";
import { useState } from "react";
import { Link } from "react-aria-components";
import { useCatalogue } from "../state/catalogue.ts";
import { sessionsOn } from "../state/moment.ts";
import { strongestReasons } from "../state/points.ts";
import { useRoutine } from "../state/routine.ts";
import { useApp } from "../state/store.ts";
import { completedSets, logsOf } from "../state/workout.ts";
import { TRAVEL_TEXTS } from "../texts/insights-travel.ts";
import { READINESS_TEXTS } from "../texts/readiness.ts";
import { CONFIDENCE, choiceText, pointsText, setsInShort, T } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { Figures } from "../ui/figures.tsx";
import { Icon } from "../ui/icons.tsx";
import { EngineNotice } from "../ui/notices.tsx";
import { Progress } from "../ui/progress.tsx";
import { hrefTo } from "../ui/route.ts";
import { LiftChoice } from "./insights-lift-choice.tsx";
import { nextQuery } from "./next-up.tsx";
import { useLoadReason, useReasonLine } from "./reason-text.ts";
import "../ui/charts.css";
import "./home.css";
import "./time-travel.css";

export default function TravelScreen({ at }: { at: number }) {
  return (
    <div className="page page-wide">
      <header className="full">
        <h1 className="title">{TRAVEL_TEXTS.label}</h1>
        <p className="muted">{TRAVEL_TEXTS.lead}</p>
      </header>
      <div className="stack">
        <EngineNotice whenReady={false} />
        <Next />
        <Load />
      </div>
      <div className="stack">
        <Done at={at} />
        <Ready />
        <Link className="card session-link" href={hrefTo("insights")}>
          <span className="grow session-name">{TRAVEL_TEXTS.toInsights}</span>
          <Icon name="chevron" />
        </Link>
      </div>
    </div>
  );
}

function Next() {
  const { data, error } = useExerciseRecommendations(nextQuery(useRoutine()));
  const items = data?.recommendations;
  return (
    <section className="stack-small" aria-labelledby="travel-next" aria-busy={!items}>
      <h2 id="travel-next" className="heading">
        {TRAVEL_TEXTS.next}
      </h2>
      {error && <p role="alert">{errorText(error)}</p>}
      {!items && !error && <Progress text={TRAVEL_TEXTS.loading} />}
      {items?.length === 0 && <p className="muted">{TRAVEL_TEXTS.nextNone}</p>}
      <ol className="card travel-list">
        {items?.map(({ exercise, score, components }) => (
          <li key={exercise.id} className="spread">
            <span className="grow">
              <span className="session-name">{exercise.name}</span>
              <br />
              <span className="muted">{strongestReasons(components)[0]}</span>
            </span>
            <span className="visually-hidden">{T.home.score}</span>
            <span className="number">{pointsText(score)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The weight that was suggested then for a lift of one's own. */
function Load() {
  const [chosen, setChosen] = useState<string | null>(null);
  const { data: insights } = useInsights({ weeks: 12 });
  const lifts = insights?.lifts ?? [];
  const lift = lifts.find(({ exercise }) => exercise.id === chosen) ?? lifts[0];
  const { data } = useLoadSuggestion(lift ? { exerciseId: lift.exercise.id } : null);
  const reasonLine = useReasonLine();
  const reason = useLoadReason();
  const choice = data?.choice;
  if (!insights) return null;
  return (
    <section className="card chart" aria-labelledby="travel-load" aria-busy={!data}>
      <h2 id="travel-load" className="heading">
        {TRAVEL_TEXTS.load}
      </h2>
      {lift ? (
        <LiftChoice lifts={lifts} chosen={lift} onChange={setChosen} />
      ) : (
        <p className="muted">{TRAVEL_TEXTS.loadNone}</p>
      )}
      {data && choice && (
        <>
          <div>
            <p className="title number">{choiceText(choice, data.unit, data.kind)}</p>
            <p>
              <strong>{CONFIDENCE[data.confidence]}</strong>
              <span className="muted"> · {reasonLine(data)}</span>
            </p>
          </div>
          <Details title={T.load.why}>
            <ul className="stack-small">
              {data.reasoning.map((each) => (
                <li key={each.code}>{reason(each, data.unit)}</li>
              ))}
            </ul>
          </Details>
        </>
      )}
    </section>
  );
}

function Ready() {
  const { data } = useReadiness({ days: 1 });
  if (!data) return null;
  return (
    <section className="stack-small" aria-label={READINESS_TEXTS.title}>
      <Figures
        figures={[
          { label: READINESS_TEXTS.scoreLabel, value: READINESS_TEXTS.score(data.score) },
          { label: READINESS_TEXTS.fatigueLabel, value: READINESS_TEXTS.fatigue(data.fatigue) },
        ]}
      />
      <Link className="card session-link" href={hrefTo("readiness")}>
        <span className="grow session-name">{TRAVEL_TEXTS.toReadiness}</span>
        <Icon name="chevron" />
      </Link>
    </section>
  );
}

function Done({ at }: { at: number }) {
  const history = useApp((state) => state.history);
  const { name } = useCatalogue();
  const sessions = sessionsOn(at, history);
  return (
    <section className="stack-small" aria-labelledby="travel-done">
      <h2 id="travel-done" className="heading">
        {TRAVEL_TEXTS.done}
      </h2>
      {sessions.length === 0 && <p className="muted">{TRAVEL_TEXTS.restDay}</p>}
      {sessions.map((session) => (
        <div key={session.id} className="card">
          <p className="session-name">{session.name}</p>
          <ul>
            {logsOf(session)
              .filter((log) => completedSets(log).length > 0)
              .map((log) => (
                <li key={log.id} className="muted number">
                  {TRAVEL_TEXTS.doneOn(
                    name(log.exerciseId),
                    setsInShort(completedSets(log), session.unit ?? "kg"),
                  )}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

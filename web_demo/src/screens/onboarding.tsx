/** After the questions: the first workout, proposed from the answers. */
import { useProgram, usePrograms } from "@voltlift/bridge/react";
import { useMemo } from "react";
import { Button, Link } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import { askEngine, here } from "../engine.ts";
import { useApp } from "../state/store.ts";
import { T } from "../texts.ts";
import { EngineNotice, StorageNotice } from "../ui/notices.tsx";
import { Progress } from "../ui/progress.tsx";
import { goTo, hrefTo } from "../ui/route.ts";
import { TopBar } from "../ui/topbar.tsx";
import { PlannedExercises } from "./program-session.tsx";
import "./onboarding.css";

const BEST = { limit: 1 };

export function OnboardingScreen() {
  const { boot } = useEngineStatus();
  const unit = useApp((state) => state.settings?.units ?? "kg");
  const { start, startPlanned, follow } = useActions();
  const programs = usePrograms(BEST);
  const [best] = programs.data?.recommendations ?? [];
  const query = useMemo(
    () => (best ? { programId: best.program.id, daysPerWeek: best.daysPerWeek } : null),
    [best],
  );
  const { data, error } = useProgram(query);
  const [session] = data?.sessions ?? [];

  const startFirst = async (): Promise<void> => {
    if (!data || !session) return;
    const followed = await follow(data.program.id, data.daysPerWeek).then(
      () => true,
      () => false, // The storage notice says what is wrong.
    );
    if (!followed) return;
    // The program as it is followed has its weights filled in; without them it starts as well.
    const today = await askEngine("todaysSession", here()).catch(() => null);
    startPlanned(today?.session ?? session, data.program);
    goTo("workout");
  };
  const startEmpty = (): void => {
    start();
    goTo("workout");
  };
  const isWaiting = !data && !error && !programs.error && boot.phase !== "failed";
  return (
    <div className="page">
      <TopBar title={T.onboarding.first.title} />
      <StorageNotice />
      {isWaiting && <Progress text={T.onboarding.first.waiting} value={boot.progress} />}
      {data && session && (
        <section className="stack" aria-label={session.name}>
          <p className="lead">{T.onboarding.first.lead(data.program.name)}</p>
          <Button className="button button-primary button-big" onPress={startFirst}>
            <span>
              {T.onboarding.first.start}
              <span className="button-hint">{T.onboarding.first.follow}</span>
            </span>
          </Button>
          <div className="card">
            <h2 className="heading">{session.name}</h2>
            <PlannedExercises session={session} unit={unit} />
          </div>
        </section>
      )}
      <Link className="button button-wide" href={hrefTo("programs")}>
        {T.onboarding.first.others}
      </Link>
      <Button
        className={data ? "button button-wide" : "button button-primary button-big"}
        onPress={startEmpty}
      >
        {T.onboarding.first.empty}
      </Button>
      <Link className="button button-text button-wide" href={hrefTo("home")}>
        {T.onboarding.first.home}
      </Link>
      {boot.phase === "failed" && <EngineNotice />}
    </div>
  );
}

/**
 * The first screen before the log has been read: what was on it last time, at its place. It
 * is replaced by `HomeScreen` without moving; what is tapped meanwhile is done then.
 */
import { contextKey, createSessionCache } from "@voltlift/bridge";
import { StrictMode } from "react";
import { I18nProvider } from "react-aria-components";
import type { Glimpse } from "../state/suggestions-glimpse.ts";
import { T } from "../texts.ts";
import { Nav } from "../ui/nav.tsx";
import { HomeHeader, StartAction } from "./home.tsx";
import { TodayCard } from "./home-today.tsx";
import { NextList, nextQuery } from "./next-up.tsx";
import "./home.css";

/** What was tapped before it could be done. */
export type Wish = { kind: "start" } | { kind: "exercise"; exerciseId: string } | { kind: "today" };

interface HomeGlimpseProps {
  glimpse: Glimpse;
  onWish(wish: Wish): void;
}

export function HomeGlimpse({ glimpse, onWish }: HomeGlimpseProps) {
  const { active, place, today } = glimpse;
  const cached = createSessionCache().get(contextKey(nextQuery(glimpse.routine)));
  const start = (): void => onWish({ kind: "start" });
  return (
    <StrictMode>
      <I18nProvider locale={navigator.language}>
        <main>
          <div className="page page-wide">
            <HomeHeader />
            <section className="stack home-start">
              {active && <StartAction label={T.home.resume} hint={"\u00a0"} onPress={start} />}
              {!active && today?.program && (
                <TodayCard today={today} onStart={() => onWish({ kind: "today" })} />
              )}
              {!active && (today ? !today.program : place === null) && (
                <>
                  <StartAction label={T.home.start} hint={T.home.startHint} onPress={start} />
                  <NextList
                    items={cached?.response.recommendations ?? null}
                    meta={cached?.response.meta ?? null}
                    savedAt={cached?.savedAt ?? null}
                    onNewer={null}
                    onStart={(exerciseId) => onWish({ kind: "exercise", exerciseId })}
                  />
                </>
              )}
            </section>
          </div>
        </main>
        <Nav current="home" />
      </I18nProvider>
    </StrictMode>
  );
}

import { VoltLiftProvider } from "@voltlift/bridge/react";
import type { Connection } from "@voltlift/bridge/zustand";
import { lazy, type ReactNode, StrictMode, Suspense, useEffect, useMemo } from "react";
import { I18nProvider } from "react-aria-components";
import { AppContext } from "./app-context.ts";
import { client } from "./engine.ts";
import { DataScreen } from "./screens/data.tsx";
import { HistoryScreen } from "./screens/history.tsx";
import { HomeScreen } from "./screens/home.tsx";
import { ImportScreen } from "./screens/import.tsx";
import { ArrivedScreen } from "./screens/import-arrived.tsx";
import { OnboardingScreen } from "./screens/onboarding.tsx";
import { ProgramScreen } from "./screens/program.tsx";
import { ProgramsScreen } from "./screens/programs.tsx";
import { SessionScreen } from "./screens/session.tsx";
import { SettingsScreen } from "./screens/settings.tsx";
import { WelcomeScreen } from "./screens/welcome.tsx";
import { WorkoutScreen } from "./screens/workout.tsx";
import type { Actions } from "./state/actions.ts";
import { models } from "./state/models.ts";
import { useAskedMoment, useMoment } from "./state/moment.ts";
import { useApp } from "./state/store.ts";
import { ErrorBoundary } from "./ui/error-boundary.tsx";
import { Nav } from "./ui/nav.tsx";
import { type Route, type Screen, useRoute } from "./ui/route.ts";
import { Toasts } from "./ui/toasts.tsx";

// Screens with charts, and looking back: nothing of them is loaded before it is wanted.
const ModelsScreen = lazy(() => import("./screens/models.tsx"));
const InsightsScreen = lazy(() => import("./screens/insights.tsx"));
const ReadinessScreen = lazy(() => import("./screens/readiness.tsx"));
const ReplayScreen = lazy(() => import("./screens/replay.tsx"));
const TravelBanner = lazy(() => import("./screens/time-travel-banner.tsx"));
const TravelScreen = lazy(() => import("./screens/time-travel.tsx"));
const TravelStop = lazy(() => import("./screens/time-travel-stop.tsx"));

/** Screens that can be shown as of another day. */
const TIMELESS: readonly Screen[] = ["home", "insights", "readiness"];

interface AppProps {
  actions: Actions;
  connection: Connection;
}

export function App({ actions, connection }: AppProps) {
  const value = useMemo(() => ({ actions, connection }), [actions, connection]);
  const now = useAskedMoment();
  return (
    <StrictMode>
      <I18nProvider locale={navigator.language}>
        <VoltLiftProvider client={client} connection={connection} models={models} now={now}>
          <AppContext value={value}>
            <CurrentScreen />
            <Toasts />
          </AppContext>
        </VoltLiftProvider>
      </I18nProvider>
    </StrictMode>
  );
}

function CurrentScreen() {
  const route = useRoute();
  const started = useApp((state) => state.settings !== null || state.history.length > 0);
  const at = useMoment((state) => state.at);
  const key = `${route.screen}/${route.id}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen starts at its top.
  useEffect(() => {
    scrollTo(0, 0);
  }, [key]);
  return (
    <>
      {started && at !== null && (
        <Suspense>
          <TravelBanner />
        </Suspense>
      )}
      <main key={key}>
        <ErrorBoundary>
          <Suspense fallback={<div className="page" aria-busy />}>
            {screenOf(route, started, at)}
          </Suspense>
        </ErrorBoundary>
      </main>
      {started && <Nav current={route.screen} />}
    </>
  );
}

function screenOf(route: Route, started: boolean, at: number | null): ReactNode {
  if (!started) return route.screen === "import" ? <ImportScreen /> : <WelcomeScreen />;
  if (at !== null && !TIMELESS.includes(route.screen)) return <TravelStop />;
  switch (route.screen) {
    case "workout":
      return <WorkoutScreen />;
    case "session":
      return <SessionScreen id={route.id} />;
    case "onboarding":
      return <OnboardingScreen />;
    case "programs":
      return <ProgramsScreen />;
    case "program":
      return <ProgramScreen id={route.id} />;
    case "arrived":
      return <ArrivedScreen />;
    case "import":
      return <ImportScreen />;
    case "insights":
      return <InsightsScreen />;
    case "readiness":
      return <ReadinessScreen />;
    case "replay":
      return <ReplayScreen />;
    case "history":
      return <HistoryScreen />;
    case "data":
      return <DataScreen />;
    case "models":
      return <ModelsScreen />;
    case "settings":
      return <SettingsScreen />;
    default:
      return at === null ? <HomeScreen /> : <TravelScreen at={at} />;
  }
}

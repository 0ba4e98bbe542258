import { VoltLiftProvider } from "@voltlift/bridge/react";
import type { Connection } from "@voltlift/bridge/zustand";
import { type ReactNode, StrictMode, useEffect, useMemo } from "react";
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
import { useApp } from "./state/store.ts";
import { ErrorBoundary } from "./ui/error-boundary.tsx";
import { Nav } from "./ui/nav.tsx";
import { type Route, useRoute } from "./ui/route.ts";
import { Toasts } from "./ui/toasts.tsx";

interface AppProps {
  actions: Actions;
  connection: Connection;
}

export function App({ actions, connection }: AppProps) {
  const value = useMemo(() => ({ actions, connection }), [actions, connection]);
  return (
    <StrictMode>
      <I18nProvider locale={navigator.language}>
        <VoltLiftProvider client={client} connection={connection}>
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
  const key = `${route.screen}/${route.id}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen starts at its top.
  useEffect(() => {
    scrollTo(0, 0);
  }, [key]);
  return (
    <>
      <main key={key}>
        <ErrorBoundary>{screenOf(route, started)}</ErrorBoundary>
      </main>
      {started && <Nav current={route.screen} />}
    </>
  );
}

function screenOf(route: Route, started: boolean): ReactNode {
  if (route.screen === "import") return <ImportScreen />;
  if (!started) return <WelcomeScreen />;
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
    case "history":
      return <HistoryScreen />;
    case "data":
      return <DataScreen />;
    case "settings":
      return <SettingsScreen />;
    default:
      return <HomeScreen />;
  }
}

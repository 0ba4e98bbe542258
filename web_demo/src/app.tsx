import { VoltLiftProvider } from "@voltlift/bridge/react";
import type { Connection } from "@voltlift/bridge/zustand";
import { type ReactNode, StrictMode, useEffect, useMemo } from "react";
import { I18nProvider } from "react-aria-components";
import { AppContext } from "./app-context.ts";
import { client } from "./engine.ts";
import { HomeScreen } from "./screens/home.tsx";
import { ImportScreen } from "./screens/import.tsx";
import { SessionScreen } from "./screens/session.tsx";
import { SettingsScreen } from "./screens/settings.tsx";
import { WelcomeScreen } from "./screens/welcome.tsx";
import { WorkoutScreen } from "./screens/workout.tsx";
import type { Actions } from "./state/actions.ts";
import { useApp } from "./state/store.ts";
import { ErrorBoundary } from "./ui/error-boundary.tsx";
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
    <main key={key}>
      <ErrorBoundary>{screenOf(route, started)}</ErrorBoundary>
    </main>
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
    case "settings":
      return <SettingsScreen />;
    default:
      return <HomeScreen />;
  }
}

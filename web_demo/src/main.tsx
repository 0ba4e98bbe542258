/** Starts the page: engine, log and screens, each without waiting for the others. */
import { openLogStore } from "@voltlift/bridge/storage";
import { createRoot } from "react-dom/client";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import { App } from "./app.tsx";
import { client, connectEngine, startAfterPaint } from "./engine.ts";
import { registerOffline } from "./offline.ts";
import { HomeGlimpse, type Wish } from "./screens/home-glimpse.tsx";
import { createActions } from "./state/actions.ts";
import { followCatalogue } from "./state/catalogue.ts";
import { keepFresh } from "./state/keep-fresh.ts";
import { followRequests } from "./state/network.ts";
import { createPersistence } from "./state/persistence.ts";
import { useApp } from "./state/store.ts";
import { followGlimpse, readGlimpse } from "./state/suggestions-glimpse.ts";
import { addExercise } from "./state/workout.ts";
import { watchPresses } from "./ui/presses.ts";
import { goTo, parseRoute } from "./ui/route.ts";

const container = document.getElementById("app");
if (!container) throw new Error('index.html has no element with the id "app"');
const root = createRoot(container);

followRequests();
followCatalogue(client);
registerOffline(client);

// Before the log is read, what was on the first screen last time: it is what most come for.
let wish: Wish | null = null;
const glimpse = parseRoute(location.hash).screen === "home" ? readGlimpse() : null;
const presses = watchPresses(document);
if (glimpse) {
  root.render(
    <HomeGlimpse
      glimpse={glimpse}
      onWish={(wanted) => {
        wish = wanted;
      }}
    />,
  );
}

const log = await openLogStore();
const persistence = createPersistence(useApp, log, { locale: navigator.language });
const actions = createActions(useApp, persistence);
await persistence.open();
keepFresh(useApp, persistence);
followGlimpse(useApp);
await presses.over();
if (wish) grant(wish);
root.render(<App actions={actions} connection={connectEngine()} />);
startAfterPaint();

/** Do what was tapped while the log was being read. */
function grant(wanted: Wish): void {
  const planned = glimpse?.today;
  if (wanted.kind === "today" && planned?.session && planned.program) {
    actions.startPlanned(planned.session, planned.program);
  } else {
    actions.start();
  }
  if (wanted.kind === "exercise") {
    actions.change((workout) => addExercise(workout, wanted.exerciseId));
  }
  goTo("workout");
}

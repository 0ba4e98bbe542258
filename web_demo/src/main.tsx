/** Starts the page: engine, log and screens, each without waiting for the others. */
import { openLogStore } from "@voltlift/bridge/storage";
import { createRoot } from "react-dom/client";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import { App } from "./app.tsx";
import { client, connectEngine, startAfterPaint } from "./engine.ts";
import { registerOffline } from "./offline.ts";
import { createActions } from "./state/actions.ts";
import { followCatalogue } from "./state/catalogue.ts";
import { keepFresh } from "./state/keep-fresh.ts";
import { followRequests } from "./state/network.ts";
import { createPersistence } from "./state/persistence.ts";
import { useApp } from "./state/store.ts";

const container = document.getElementById("app");
if (!container) throw new Error('index.html has no element with the id "app"');
const root = createRoot(container);

followRequests();
followCatalogue(client);
registerOffline(client);

const log = await openLogStore();
const persistence = createPersistence(useApp, log, { locale: navigator.language });
const actions = createActions(useApp, persistence);
await persistence.open();
keepFresh(useApp, persistence);
root.render(<App actions={actions} connection={connectEngine()} />);
startAfterPaint();

// Recommendations on a page without a framework or a build step. Copy from here.
import { createWorkerClient } from "../bridge/index.js";
import { bootText, componentName, errorText, reasonText } from "../bridge/text.js";

const status = document.querySelector("#status");
const list = document.querySelector("#list");
const addButton = document.querySelector("#add");

// 1. Start the engine. It runs in a worker, so the page never waits for it. `persist: false`
//    keeps its derived data in memory: this page has no log of its own to keep.
const client = createWorkerClient({ runtimeUrl: "../runtime/", persist: false });

// 2. Follow the start: `boot` is a value that can be read and subscribed to.
const showBoot = () => {
  status.textContent = bootText(client.boot.get());
};
const stopShowing = client.boot.subscribe(showBoot);
showBoot();

// 3. Every request says when and where it is made; the engine looks up no clock of its own.
const clock = () => ({
  now: Date.now(),
  utcOffsetMinutes: -new Date().getTimezoneOffset(),
});

// The workout that is going on. What is in it changes what comes next.
const session = { id: "demo", startTime: Date.now(), logs: [] };

async function recommend() {
  // 5. Ask. The answer carries the score, its components and their reasons as codes.
  const answer = await client.call("recommendExercises", { ...clock(), session, limit: 5 });
  list.replaceChildren(...answer.recommendations.map(toListItem));
  const { workouts, durationMs, engineVersion } = answer.meta;
  status.textContent =
    `From ${workouts} workouts, ${answer.considered} exercises looked at ` +
    `in ${durationMs.toFixed(1)} ms by engine ${engineVersion}.`;
  return answer.recommendations;
}

function toListItem({ exercise, score, components }) {
  const item = document.createElement("li");
  const reasons = element("ul", "");
  for (const part of components) {
    // The points of all reasons add up to the score.
    for (const reason of part.reasons.filter(({ points }) => points !== 0)) {
      const text = reasonText(reason, part.component);
      reasons.append(element("li", `${componentName(part.component)} ${reason.points}: ${text}`));
    }
  }
  const points = element("span", `${Math.round(score * 10) / 10}`);
  points.className = "score";
  item.append(element("h2", exercise.name), points, reasons);
  return item;
}

function element(name, text) {
  const node = document.createElement(name);
  node.textContent = text; // Never innerHTML: names may come from a file.
  return node;
}

try {
  // 4. Hand over a training log: here a made-up one, in your app the state you keep anyway.
  //    Later changes go as a delta; `connectStore` of "../bridge/zustand.js" does it for you.
  const { appState } = await client.call("sampleState", clock());
  const { utcOffsetMinutes } = clock();
  await client.call("ingest", { state: appState, utcOffsetMinutes });
  stopShowing();
  let [first] = await recommend();

  // 6. What is added to the session is known to the next request.
  addButton.hidden = false;
  addButton.addEventListener("click", async () => {
    if (!first) return;
    session.logs.push({
      id: `log-${session.logs.length}`,
      exerciseId: first.exercise.id,
      sets: [],
    });
    [first] = await recommend().catch(showError);
  });
} catch (error) {
  showError(error);
}

function showError(error) {
  // Errors carry `code`, `message` and `details`; `errorText` puts them into words.
  status.textContent = errorText(error);
  return [];
}

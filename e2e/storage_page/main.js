/**
 * Edits one workout and stores sessions as fast as they are confirmed, and says on the console
 * what was confirmed: `saved ["tab-3", 2]` is a set with its repetitions, `stored "tab-s1"` a
 * session. The tests kill the page at any moment and look afterwards whether all of it is there.
 */
import { Draft, openLogStore, storageReport } from "/bridge/storage.js";

const WORKOUT = {
  id: "w",
  name: "Workout",
  startTime: 1,
  status: "active",
  unit: "kg",
  logs: [{ id: "l", exerciseId: "squat", sets: [] }],
};

const store = await openLogStore();
const content = await store.load();
const setsOf = (session) => session?.logs?.[0]?.sets ?? [];
const withSets = (session, sets) => ({ ...session, logs: [{ ...session.logs[0], sets }] });

let tab = "";
const confirmed = new Map();

function confirm(saved) {
  for (const { id, reps } of setsOf(saved)) {
    if (!tab || !id.startsWith(`${tab}-`) || confirmed.get(id) === reps) continue;
    confirmed.set(id, reps);
    console.info(`saved ${JSON.stringify([id, reps])}`);
  }
}

const draft = new Draft({
  async write(mine, base) {
    const bases = { sessions: base ? [base] : [] };
    const { merged } = await store.write({ sessions: [mine], bases, keepUnsaved: true });
    return merged[0] ?? mine;
  },
  changed: (_, saved) => confirm(saved),
  failed: (error) => console.error(error.message),
});
draft.open(content.sessions.find(({ id }) => id === "w") ?? null);
store.subscribe((change) => {
  const theirs = change.sessions.find(({ id }) => id === "w");
  if (theirs && !draft.shown) draft.open(theirs);
  else if (theirs) draft.hear(theirs);
});

/** Write for as long as the page lives; `name` is told apart from every other tab's. */
function start(name) {
  tab = name;
  let count = 0;
  const act = () => {
    const shown = draft.shown ?? WORKOUT;
    const sets = setsOf(shown);
    const last = sets.findLast(({ id }) => id.startsWith(`${tab}-`));
    const kind = count++ % 3;
    if (kind === 2 && last) {
      const more = { ...last, reps: last.reps + 1 };
      draft.change(
        withSets(
          shown,
          sets.map((set) => (set === last ? more : set)),
        ),
      );
    } else if (kind === 1) {
      const id = `${tab}-s${count}`;
      const session = {
        ...WORKOUT,
        id,
        status: "completed",
        startTime: 2,
        notes: "x".repeat(2000),
      };
      store.write({ sessions: [session] }).then(
        () => console.info(`stored ${JSON.stringify(id)}`),
        (error) => console.error(error.message),
      );
    } else {
      const set = { id: `${tab}-${count}`, reps: 1, weight: 60, type: "N", completed: true };
      draft.change(withSets(shown, [...sets, set]));
    }
  };
  setInterval(act, 10);
}

/** What is stored, read anew, and what this page shows of the workout. */
async function stored() {
  const { sessions, damaged } = await store.load();
  const sets = setsOf(sessions.find(({ id }) => id === "w"));
  return {
    durable: store.durable,
    damaged,
    sets: sets.map(({ id, reps }) => [id, reps]),
    sessions: sessions.map(({ id }) => id),
  };
}

globalThis.storagePage = { start, stored, store, storageReport };
document.title = store.durable ? "ready" : `not durable: ${store.reason}`;

// Two tabs edit the same workout while a scheduler orders their steps and kills them.
import { afterEach, describe, expect, it, vi } from "vitest";
import type { SetLog, WorkoutSession } from "../../src/contract/contract.js";
import { Draft } from "../../src/storage/draft.js";
import { openLogStore } from "../../src/storage/log-store.js";
import type { LogStore } from "../../src/storage/types.js";
import { World } from "../support/scheduler.js";

const SEEDS = Number(process.env.VOLTLIFT_INTERLEAVINGS ?? 1_000);
const BATCH = 100;

const EMPTY: WorkoutSession = {
  id: "w",
  name: "Workout",
  startTime: 1,
  status: "active",
  unit: "kg",
  logs: [{ id: "l", exerciseId: "squat", sets: [] }],
};

const setsOf = (session: WorkoutSession): readonly SetLog[] => session.logs?.[0]?.sets ?? [];

function withSets(session: WorkoutSession, sets: readonly SetLog[]): WorkoutSession {
  const [log] = session.logs ?? [];
  if (!log) throw new Error("the workout has one exercise");
  return { ...session, logs: [{ ...log, sets: [...sets] }] };
}

/** Something that was confirmed to the lifter: a set with its repetitions. Only its tab edits it. */
type Confirmed = Map<string, number>;

class Tab {
  store: LogStore | null = null;
  #count = 0;
  #sessions = 0;
  readonly draft: Draft;

  constructor(
    readonly name: string,
    readonly world: World,
    readonly confirmed: Confirmed,
    readonly finished: Set<string>,
    readonly failures: unknown[],
  ) {
    this.draft = new Draft({
      write: async (mine, base) => {
        const bases = { sessions: base ? [base] : [] };
        const written = await this.store?.write({ sessions: [mine], bases });
        return written?.merged[0] ?? mine;
      },
      changed: (_, saved) => this.#confirm(saved),
      failed: (error) => {
        if (world.alive(name)) failures.push(error);
      },
    });
  }

  async open(): Promise<void> {
    const store = await openLogStore();
    const { sessions } = await store.load();
    if (!this.world.alive(this.name)) return;
    expect(store.durable).toBe(true);
    store.subscribe((change) => {
      const theirs = change.sessions.find(({ id }) => id === "w");
      if (theirs && !this.draft.shown) this.draft.open(theirs);
      else if (theirs) this.draft.hear(theirs);
      else if (change.deleted.includes("w")) this.draft.hear(null);
    });
    this.store = store;
    this.draft.open(sessions.find(({ id }) => id === "w") ?? null);
  }

  /** Add a set, change one of the own ones, take one out, or store another session. */
  act(): void {
    const { store } = this;
    if (!store || !this.world.alive(this.name)) return;
    const shown = this.draft.shown ?? EMPTY;
    const sets = setsOf(shown);
    const own = sets.filter(({ id }) => id?.startsWith(`${this.name}-`));
    const choice = this.world.random();
    const one = own[Math.floor(this.world.random() * own.length)];
    if (choice < 0.15) {
      const id = `${this.name}-session-${this.#sessions++}`;
      const session = { ...EMPTY, id, status: "completed" as const, startTime: 2 };
      const written = store.write({ sessions: [session] });
      written.then(
        () => this.world.alive(this.name) && this.finished.add(id),
        (error) => {
          if (this.world.alive(this.name)) this.failures.push(error);
        },
      );
    } else if (choice < 0.5 && one) {
      const more = { ...one, reps: (one.reps ?? 0) + 1 };
      this.draft.change(
        withSets(
          shown,
          sets.map((set) => (set === one ? more : set)),
        ),
      );
    } else if (choice < 0.6 && one?.id) {
      // What is taken out is no longer asked for.
      this.confirmed.delete(one.id);
      this.confirmed.set(`${one.id} removed`, 1);
      this.draft.change(
        withSets(
          shown,
          sets.filter((set) => set !== one),
        ),
      );
    } else {
      const set: SetLog = { id: `${this.name}-${this.#count++}`, reps: 1, weight: 60, type: "N" };
      this.draft.change(withSets(shown, [...sets, set]));
    }
  }

  #confirm(saved: WorkoutSession | null): void {
    if (!saved || !this.world.alive(this.name)) return;
    for (const { id = "", reps = 0 } of setsOf(saved)) {
      if (!id?.startsWith(`${this.name}-`) || this.confirmed.has(`${id} removed`)) continue;
      this.confirmed.set(id, Math.max(this.confirmed.get(id) ?? 0, reps));
    }
  }
}

/** One run: returns how many sets were confirmed, and how many tabs were killed. */
async function run(seed: number): Promise<{ confirmed: number; kills: number }> {
  const world = new World(seed);
  const confirmed: Confirmed = new Map();
  const finished = new Set<string>();
  let kills = 0;
  let count = 0;
  const tabs: Tab[] = [];
  const failures: unknown[] = [];
  const open = () => {
    const tab = new Tab(`tab${count++}`, world, confirmed, finished, failures);
    tabs.push(tab);
    world
      .as(tab.name, () => tab.open())
      .catch((error) => {
        if (world.alive(tab.name)) failures.push(error);
      });
  };
  open();
  await world.drain();
  open();
  for (let step = 0; step < 250; step++) {
    const living = tabs.filter(({ name }) => world.alive(name));
    const tab = living[Math.floor(world.random() * living.length)];
    const choice = world.random();
    if (tab && choice < 0.15) world.as(tab.name, () => tab.act());
    else if (tab && choice < 0.17 && kills < 3) {
      world.kill(tab.name);
      kills++;
      open();
    } else await world.step();
  }
  await world.drain();
  const store = await world.until(world.as("reader", () => openLogStore()));
  const { sessions, damaged } = await world.until(world.as("reader", () => store.load()));
  expect(damaged).toEqual([]);

  expect(failures).toEqual([]);

  // Nothing doubled.
  expect(new Set(sessions.map(({ id }) => id)).size).toBe(sessions.length);
  const workout = sessions.find(({ id }) => id === "w");
  const stored = workout ? setsOf(workout) : [];
  const reps = new Map(stored.map((set) => [set.id ?? "", set.reps ?? 0]));
  expect(reps.size).toBe(stored.length);
  // Nothing lost: each confirmed set is there as confirmed, or as its tab changed it later.
  let asked = 0;
  for (const [id, least] of confirmed) {
    if (id.endsWith(" removed")) continue;
    asked++;
    expect(reps.get(id) ?? -1, `set ${id}`).toBeGreaterThanOrEqual(least);
  }
  const ids = new Set(sessions.map(({ id }) => id));
  for (const id of finished) expect(ids, `session ${id}`).toContain(id);
  // Every tab that is left shows what is stored.
  for (const tab of tabs) {
    if (!world.alive(tab.name) || !tab.store) continue;
    expect(tab.draft.shown, `${tab.name} shows it`).toEqual(workout ?? null);
    expect(tab.draft.saved).toEqual(tab.draft.shown);
  }
  store.close();
  return { confirmed: asked + finished.size, kills };
}

describe(`${SEEDS} interleavings of two tabs and kills lose nothing and double nothing`, () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  for (let first = 0; first < SEEDS; first += BATCH) {
    it(`seeds ${first} to ${Math.min(first + BATCH, SEEDS) - 1}`, async () => {
      let confirmed = 0;
      let kills = 0;
      for (let seed = first; seed < Math.min(first + BATCH, SEEDS); seed++) {
        try {
          const result = await run(seed);
          confirmed += result.confirmed;
          kills += result.kills;
        } catch (error) {
          throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
        } finally {
          vi.unstubAllGlobals();
        }
      }
      // A schedule in which nothing happens would prove nothing.
      expect(confirmed).toBeGreaterThan(BATCH);
      expect(kills).toBeGreaterThan(BATCH / 2);
    }, 120_000);
  }
});

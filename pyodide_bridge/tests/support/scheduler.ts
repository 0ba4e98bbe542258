/**
 * Two tabs and a scheduler that decides, from a seed, whose next step runs: every IndexedDB
 * event, message and lock is a task of a tab. Within a tab tasks keep their order, as in a
 * browser; between tabs any order may come.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { vi } from "vitest";
import { FakeLocks } from "./fake-locks.js";
import { random } from "./sessions.js";

type Task = () => void;

const realImmediate = globalThis.setImmediate;

/** Which tab runs; one for all worlds, since Node looks at each one at every promise. */
const current = new AsyncLocalStorage<string>();

export class World {
  readonly random: () => number;
  readonly #queues = new Map<string, Task[]>();
  readonly #transactions = new Map<string, Set<IDBTransaction>>();
  readonly #databases = new Map<string, Set<IDBDatabase>>();
  readonly #channels = new Set<FakeChannel>();
  readonly #dead = new Set<string>();

  constructor(seed: number) {
    this.random = random(seed);
    const world = this;
    vi.stubGlobal("setImmediate", (run: Task) => world.#add(current.getStore() ?? "", run));
    vi.stubGlobal("navigator", { locks: new FakeLocks() });
    vi.stubGlobal("indexedDB", this.#factory());
    vi.stubGlobal(
      "BroadcastChannel",
      class extends FakeChannel {
        constructor(name: string) {
          super(name, current.getStore() ?? "", world);
          world.#channels.add(this);
        }
      },
    );
  }

  /** Run what a tab does, with everything that follows from it. */
  as<T>(tab: string, action: () => T): T {
    return current.run(tab, action);
  }

  alive(tab: string): boolean {
    return !this.#dead.has(tab);
  }

  /** End a tab between two steps: what is not committed is undone, what it says is not heard. */
  kill(tab: string): void {
    this.#dead.add(tab);
    for (const transaction of this.#transactions.get(tab) ?? []) {
      try {
        transaction.abort();
      } catch {
        // It was over.
      }
    }
    for (const database of this.#databases.get(tab) ?? []) database.close();
  }

  /** Run one task; false where none is waiting. */
  async step(): Promise<boolean> {
    await settled();
    const waiting = [...this.#queues].filter(([, tasks]) => tasks.length > 0);
    const [name, tasks] = waiting[Math.floor(this.random() * waiting.length)] ?? [];
    if (name === undefined || !tasks) return false;
    current.run(name.split("|")[0] ?? "", tasks.shift() as Task);
    await settled();
    return true;
  }

  /** Run all tasks, in an order of the seed's. */
  async drain(): Promise<void> {
    while (await this.step());
  }

  /** Run tasks until this is settled. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let done = false;
    const mark = () => {
      done = true;
    };
    promise.then(mark, mark);
    await settled();
    while (!done && (await this.step()));
    return promise;
  }

  post(from: FakeChannel, data: unknown): void {
    if (!this.alive(from.tab)) return;
    for (const channel of this.#channels) {
      if (channel === from || channel.name !== from.name || channel.closed) continue;
      this.#add(`${channel.tab}|messages`, () => {
        if (!this.alive(channel.tab) || channel.closed) return;
        channel.dispatchEvent(new MessageEvent("message", { data }));
      });
    }
  }

  #add(queue: string, task: Task): void {
    const tasks = this.#queues.get(queue) ?? [];
    this.#queues.set(queue, tasks);
    tasks.push(task);
  }

  /** An IndexedDB that knows which tab opened what. */
  #factory(): IDBFactory {
    const inner = new IDBFactory();
    const open = inner.open.bind(inner);
    inner.open = (name: string, version?: number) => {
      const tab = current.getStore() ?? "";
      if (!this.alive(tab)) throw new DOMException("the tab is gone", "UnknownError");
      const request = open(name, version);
      request.addEventListener("success", () => this.#watch(tab, request.result));
      return request;
    };
    return inner;
  }

  #watch(tab: string, database: IDBDatabase): void {
    if (!this.alive(tab)) {
      database.close();
      return;
    }
    add(this.#databases, tab, database);
    const begin = database.transaction.bind(database);
    database.transaction = (...args) => {
      if (!this.alive(tab)) throw new DOMException("the tab is gone", "UnknownError");
      const transaction = begin(...args);
      add(this.#transactions, tab, transaction);
      return transaction;
    };
  }
}

class FakeChannel extends EventTarget {
  closed = false;

  constructor(
    readonly name: string,
    readonly tab: string,
    readonly world: World,
  ) {
    super();
  }

  postMessage(data: unknown): void {
    this.world.post(this, data);
  }

  close(): void {
    this.closed = true;
  }
}

function add<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  set.add(value);
}

/** Resolves once all promises that can go on have done so. */
function settled(): Promise<void> {
  return new Promise((resolve) => realImmediate(resolve));
}

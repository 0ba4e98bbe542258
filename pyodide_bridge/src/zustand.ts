/** Keeps the engine in step with a Zustand store (or any store of the same shape). */
import type { EngineClient } from "./client.js";
import { EngineError } from "./errors.js";
import { Cell } from "./readable.js";
import { forgetHash } from "./storage/hash.js";
import type { Connection, SyncedState, SyncState } from "./sync/connection.js";
import { changes, type Known, knownSessions, sessionsOf } from "./sync/diff.js";

export type { Connection, SyncedState, SyncState } from "./sync/connection.js";

/** What is needed of a store: Zustand's vanilla and React stores both fit. */
export interface StoreLike<S> {
  getState(): S;
  subscribe(listener: (state: S, previous: S) => void): () => void;
}

export interface ConnectOptions {
  /** Most sessions in one request. Default 200. */
  chunkSessions?: number;
  /** The lifter's offset from UTC. Default: the browser's. */
  utcOffsetMinutes?: () => number;
}

/**
 * Send the engine what it does not know, now and after every change of the store.
 *
 * @param select picks the parts the engine wants; keep their references stable where nothing
 * changed, as Zustand states do anyway.
 * @example
 * const connection = connectStore(client, useAppStore, (state) => ({
 *   history: state.history, settings: state.settings,
 *   dailyLogs: state.dailyLogs, customExercises: state.customExercises,
 * }));
 */
export function connectStore<S>(
  client: EngineClient,
  store: StoreLike<S>,
  select: (state: S) => SyncedState,
  options: ConnectOptions = {},
): Connection {
  const connection = new StoreConnection(client, () => select(store.getState()), options);
  connection.listenTo(store.subscribe.bind(store));
  return connection;
}

const WAITING: SyncState = { status: "waiting", done: 0, total: 0, error: null, report: null };

/** Days that were sent to an engine, whichever connection sent them. */
const daysByClient = new WeakMap<EngineClient, Set<string>>();

class StoreConnection implements Connection {
  readonly revision = new Cell(-1);
  readonly state = new Cell<SyncState>(WAITING);
  readonly #client: EngineClient;
  readonly #read: () => SyncedState;
  readonly #chunk: number;
  readonly #offset: () => number;
  readonly #abort = new AbortController();
  readonly #unsubscribe: (() => void)[] = [];
  #known: Known | null = null;
  /** Outlives `#known`: a day that is gone must be told to an engine that may know it. */
  readonly #days: Set<string>;
  #generation: number;
  /** The run that is going on, and whether something changed since it looked. */
  #running: Promise<void> | null = null;
  #dirty = true;
  #scheduled: ReturnType<typeof setTimeout> | undefined;

  constructor(client: EngineClient, read: () => SyncedState, options: ConnectOptions) {
    this.#client = client;
    this.#days = daysByClient.get(client) ?? new Set();
    daysByClient.set(client, this.#days);
    this.#read = read;
    this.#chunk = options.chunkSessions ?? 200;
    this.#offset = options.utcOffsetMinutes ?? (() => -new Date().getTimezoneOffset());
    this.#generation = client.boot.get().generation;
  }

  listenTo(subscribe: (listener: () => void) => () => void): void {
    this.#unsubscribe.push(
      subscribe(() => this.#changed()),
      this.#client.boot.subscribe(() => this.#bootChanged()),
    );
    this.#changed();
  }

  async synced(): Promise<void> {
    const { signal } = this.#abort;
    while ((this.#dirty || this.#running) && !signal.aborted) {
      clearTimeout(this.#scheduled);
      await this.#run();
    }
    if (signal.aborted) throw new EngineError("aborted", "the store is no longer followed");
    const { error } = this.state.get();
    if (error) throw error;
  }

  resync(): void {
    // A state that cannot be read is the next sync's to report.
    try {
      for (const session of sessionsOf(this.#read())) forgetHash(session);
    } catch {}
    this.#compareAnew();
  }

  #compareAnew(): void {
    this.#known = null;
    this.#changed();
  }

  stop(): void {
    this.#abort.abort();
    clearTimeout(this.#scheduled);
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
  }

  /** Bursts of changes become one look at the state. */
  #changed(): void {
    if (this.#abort.signal.aborted) return;
    this.#dirty = true;
    clearTimeout(this.#scheduled);
    this.#scheduled = setTimeout(() => void this.#run(), 0);
  }

  /** A new engine may know less than the last one did: compare anew. */
  #bootChanged(): void {
    const { generation } = this.#client.boot.get();
    if (generation === this.#generation) return;
    // The first engine is greeted by the run that is waiting for it already.
    const first = this.#generation === 0 && this.#running !== null && this.#known === null;
    this.#generation = generation;
    if (!first) this.#compareAnew();
  }

  #run(): Promise<void> {
    this.#running ??= this.#catchUp().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #catchUp(): Promise<void> {
    while (this.#dirty && !this.#abort.signal.aborted) {
      this.#dirty = false;
      try {
        await this.#syncOnce();
      } catch (error) {
        if (this.#abort.signal.aborted) return;
        // What the engine has kept of a failed request is unknown: ask it next time.
        this.#known = null;
        const failure = EngineError.from(error);
        this.state.set({ ...this.state.get(), status: "error", error: failure });
      }
    }
  }

  async #syncOnce(): Promise<void> {
    const { signal } = this.#abort;
    let known = this.#known;
    if (!known) {
      const manifest = await this.#client.call("manifest", {}, { signal });
      for (const day of this.#client.boot.get().engine?.days ?? []) this.#days.add(day);
      known = knownSessions(manifest.hashes, this.#days);
      this.#known = known;
      this.revision.set(manifest.revision);
    }
    const parts = changes(known, this.#read(), this.#chunk);
    const total = parts.reduce((sum, part) => sum + part.sessions, 0);
    let done = 0;
    let { report } = this.state.get();
    for (const part of parts) {
      this.state.set({ status: "syncing", done, total, error: null, report });
      const request = { utcOffsetMinutes: this.#offset(), delta: part.delta };
      const response = await this.#client.call("ingest", request, { signal });
      if (this.#known !== known) return; // A new engine came in between; it is compared anew.
      part.commit(known);
      this.revision.set(response.revision);
      report = response.report;
      done += part.sessions;
    }
    this.state.set({ status: "synced", done, total, error: null, report });
  }
}

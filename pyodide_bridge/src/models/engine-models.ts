/** The models of an engine: kept in step with the registry, in each engine that takes over. */
import type { EngineClient } from "../client.js";
import { EngineError } from "../errors.js";
import { Cell } from "../readable.js";
import { onNewEngine } from "../sync/ask.js";
import type { Board } from "./board.js";
import { watchDeaths } from "./deaths.js";
import type { EngineFacts } from "./plan.js";
import type { IndexedModelRegistry } from "./registry.js";
import { registryState, usedNames } from "./state.js";
import type { Prefetch } from "./update.js";

/** How long the others wait for what runs a model of another runtime. */
const PREFETCH_MS = 10_000;
/** How long loading such a model may take: its runtime alone has 15 s to open it. */
const OPEN_MS = 20_000;

export interface EngineModelsOptions {
  registry: Promise<IndexedModelRegistry>;
  board: Board;
  prefetch: Prefetch | undefined;
  /** Ends the following. */
  end: AbortSignal;
}

export class EngineModels {
  readonly revision = new Cell(0);
  readonly settled = new Cell(false);
  readonly #client: EngineClient;
  readonly #options: EngineModelsOptions;
  readonly #board: Board;
  #facts: EngineFacts | null = null;
  /** What the engine was last asked to load, and the engine that it was. */
  #asked = { active: "", generation: -1 };
  #loading: Promise<void> | null = null;
  #isStale = false;
  /** A model that has to go before the next engine gets it. */
  #cure: Promise<void> = Promise.resolve();

  constructor(client: EngineClient, options: EngineModelsOptions) {
    this.#client = client;
    this.#options = options;
    this.#board = options.board;
    const endings = [
      onNewEngine(client, () => this.#newEngine()),
      watchDeaths(client, this.#suspects, this.#switchOff),
    ];
    options.end.addEventListener("abort", () => {
      for (const end of endings) end();
    });
  }

  /** What the engine can run; null where it could not load models. */
  get facts(): EngineFacts | null {
    return this.#facts;
  }

  /** Load anew where other models are active now than the engine has loaded. */
  async follow(): Promise<void> {
    await this.refresh();
    const { active, generation } = this.#asked;
    const isKnown = active === this.#board.active() && generation === this.#generation();
    if (this.#board.hasStarted && !isKnown) await this.load();
  }

  load(): Promise<void> {
    this.#isStale = true;
    this.#loading ??= this.#board.during(async () => {
      try {
        await this.#loadAll();
      } finally {
        this.#loading = null;
      }
    });
    return this.#loading;
  }

  /** Whoever waits for models need not wait any more, whichever way it went. */
  settle(isOther: boolean): void {
    if (this.#options.end.aborted) return;
    // An engine that took over knew none: its answers change even if the models are the same.
    const isFirst = !this.settled.get();
    this.settled.set(true);
    if (isFirst || isOther) this.revision.set(this.revision.get() + 1);
  }

  /** Look up what the registry holds. */
  async refresh(): Promise<void> {
    const { off, hasStarted } = this.#board;
    this.#board.set(await registryState(await this.#options.registry));
    if (!hasStarted && off !== null) this.#board.set({ phase: "off", reason: off });
  }

  #newEngine(): void {
    if (!this.#board.hasStarted) return;
    this.settled.set(false);
    this.load().catch((error) => this.#board.problem(error));
  }

  async #loadAll(): Promise<void> {
    const board = this.#board;
    while (this.#isStale && !this.#options.end.aborted) {
      this.#isStale = false;
      const before = usedNames(board.state.get());
      try {
        await this.#cure;
        await this.refresh();
        this.#asked = { active: board.active(), generation: this.#generation() };
        board.phase("loading");
        await this.#prefetch();
        await this.#loadOnce();
      } finally {
        this.settle(usedNames(board.state.get()) !== before);
      }
    }
  }

  /** Where something cannot be had, the engine says so of the model that wants it. */
  async #prefetch(): Promise<void> {
    const files = this.#board.foreign().flatMap(({ files }) => files.map(({ name }) => name));
    if (files.length === 0) return;
    const signal = AbortSignal.timeout(PREFETCH_MS);
    await this.#options.prefetch?.(files, signal).catch(() => undefined);
  }

  async #loadOnce(): Promise<void> {
    const board = this.#board;
    const { end: signal } = this.#options;
    const options = board.foreign().length > 0 ? { signal, timeoutMs: OPEN_MS } : { signal };
    try {
      const answer = await this.#client.call("loadModels", {}, options);
      const { engineVersion: version, specs, models: loaded, leftOut } = answer;
      this.#facts = { version, specs };
      board.set({ loaded, leftOut, failed: [], error: null });
    } catch (cause) {
      if (signal.aborted) return;
      const error = EngineError.from(cause);
      if (error.code === "not_available") board.off ??= "not_available";
      board.set({ loaded: [], leftOut: [], failed: [], error });
    }
  }

  /** Models of another runtime that the engine which runs now was given. */
  readonly #suspects = (): string[] => {
    const isGiven = this.#loading !== null || this.#asked.generation === this.#generation();
    return isGiven ? this.#board.foreign().map(({ name }) => name) : [];
  };

  /** The next engine waits for it. */
  readonly #switchOff = (suspects: readonly string[]): void => {
    const switchOff = async () => {
      const registry = await this.#options.registry;
      for (const name of suspects) {
        await registry.deactivate(name);
        const message = `the engine died twice within a minute while ${name} was loaded`;
        await registry.journal.note({ code: "hung", message }, Date.now());
      }
    };
    this.#cure = switchOff().catch((error) => this.#board.problem(error));
  };

  #generation(): number {
    return this.#client.boot.get().generation;
  }
}

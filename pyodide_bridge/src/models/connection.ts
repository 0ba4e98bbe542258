/** From signed releases to models that take part in answers, behind the page's back. */
import type { EngineClient } from "../client.js";
import type { ResponseMeta } from "../contract/contract.js";
import { Board } from "./board.js";
import { EngineModels } from "./engine-models.js";
import { engineProbe } from "./engine-probe.js";
import { engineThere, idle, nowAndThen } from "./patience.js";
import type { IndexedModelRegistry } from "./registry.js";
import { hasKeys } from "./signature.js";
import type { ConnectModelsOptions, ModelConnection } from "./state.js";
import type { UpdateProgress, UpdateResult } from "./update.js";
import { updateModels } from "./update-lazily.js";

const EVERY_MS = 6 * 60 * 60 * 1000;
/** How long a probe may wait for its turn, behind a replay or an import, and be answered. */
const TURN_MS = 120_000;

/**
 * Load what is installed once the first answer is there, then look for a newer release, and keep
 * the engine in step from then on: with updates, with what the lifter chooses, with other tabs
 * and with each engine that takes over. Rules answer all the while.
 *
 * @example
 * const models = connectModels(client, { registry: openModelRegistry(), keys });
 * models.state.subscribe(() => console.log(models.state.get().phase));
 */
export function connectModels(
  client: EngineClient,
  options: ConnectModelsOptions,
): ModelConnection {
  return new Models(client, options);
}

class Models implements ModelConnection {
  readonly #client: EngineClient;
  readonly #options: ConnectModelsOptions;
  readonly #registry: Promise<IndexedModelRegistry>;
  readonly #end = new AbortController();
  readonly #ending: (() => void)[] = [];
  readonly #board = new Board(this.#end.signal);
  readonly #engine: EngineModels;
  readonly state = this.#board.state;
  #updating: { result: Promise<UpdateResult | null>; controller: AbortController } | null = null;

  constructor(client: EngineClient, options: ConnectModelsOptions) {
    this.#client = client;
    this.#options = options;
    this.#registry = Promise.resolve(options.registry);
    this.#engine = new EngineModels(client, {
      registry: this.#registry,
      board: this.#board,
      prefetch: options.prefetch,
      end: this.#end.signal,
    });
    this.#start().catch((error) => {
      this.#board.problem(error);
      this.#board.hasStarted = true;
      this.#engine.settle(true);
      this.#board.rest();
    });
  }

  get revision() {
    return this.#engine.revision;
  }

  get settled() {
    return this.#engine.settled;
  }

  update(): Promise<UpdateResult | null> {
    if (!this.#updating) {
      const controller = new AbortController();
      const result = this.#board.during(async () => {
        try {
          return await this.#update(controller.signal);
        } finally {
          this.#updating = null;
        }
      });
      this.#updating = { result, controller };
    }
    return this.#updating.result;
  }

  heard(meta: Pick<ResponseMeta, "scorers">): void {
    this.#board.heard(meta);
  }

  reload(): Promise<void> {
    return this.#engine.load();
  }

  cancel(): void {
    this.#updating?.controller.abort();
  }

  async add(model: string): Promise<UpdateResult | null> {
    const going = this.#updating?.result;
    const registry = await this.#registry;
    await registry.journal.want(model, true);
    // One that is going on has made its choice already; who stops it, or erases all, means both.
    const result = await going;
    return result?.failure?.code === "interrupted" ? result : this.update();
  }

  activate(name: string, version: string): Promise<void> {
    return this.#choose((registry) => registry.activate(name, version));
  }

  deactivate(name: string): Promise<void> {
    return this.#choose((registry) => registry.deactivate(name));
  }

  rollBack(name: string): Promise<string> {
    return this.#choose((registry) => registry.rollBack(name));
  }

  pin(name: string, pinned: boolean): Promise<void> {
    return this.#choose((registry) => registry.pin(name, pinned));
  }

  remove(name: string, version: string): Promise<void> {
    return this.#choose(async (registry) => {
      await registry.remove(name, version);
      const isGone = (await registry.list()).every((other) => other.name !== name);
      if (isGone) await registry.journal.want(name, false);
    });
  }

  erase(): Promise<void> {
    return this.#choose(async (registry) => {
      this.cancel();
      await this.#updating?.result;
      await registry.erase();
    });
  }

  dispose(): void {
    this.#end.abort();
    this.cancel();
    for (const end of this.#ending.splice(0)) end();
  }

  async #start(): Promise<void> {
    const registry = await this.#registry;
    if (this.#end.signal.aborted) return;
    const board = this.#board;
    if (!registry.durable) board.off = "no_storage";
    else if (!hasKeys(this.#options.keys)) board.off = "no_keys";
    this.#ending.push(registry.subscribe(() => this.#inBackground(() => this.#engine.follow())));
    await this.#engine.refresh();
    await this.#options.after?.catch(() => undefined);
    await engineThere(this.#client);
    await idle();
    if (this.#end.signal.aborted) return;
    board.hasStarted = true;
    const look = () => this.#inBackground(() => this.update());
    this.#ending.push(nowAndThen(this.#options.everyMs ?? EVERY_MS, look));
    // Offline is no failure of a start; `online` tells when to look.
    if (board.off === null && globalThis.navigator?.onLine !== false) await this.update();
    else await this.#engine.load();
  }

  async #update(signal: AbortSignal): Promise<UpdateResult | null> {
    const board = this.#board;
    try {
      const registry = await this.#registry;
      // What could not be loaded before may be by now.
      const isLoaded = this.#engine.facts !== null && this.state.get().error === null;
      if (!isLoaded && board.off === null) await this.#engine.load();
      const engine = this.#engine.facts;
      if (!engine || board.off !== null || this.#end.signal.aborted) return null;
      board.phase("checking");
      const probe = engineProbe(this.#client, this.#options.probeMs);
      const onProgress = (progress: UpdateProgress) => board.progress(progress);
      const trying = { probe, probeMs: TURN_MS };
      const own = { ...trying, registry, engine, signal, onProgress };
      const result = await updateModels({ ...this.#options, ...own });
      await this.#engine.refresh();
      if (result.failure) board.keep(result.failure);
      if (result.outcome === "updated") await this.#engine.load();
      return result;
    } catch (error) {
      // The registry cannot be read; what is loaded goes on.
      board.problem(error);
      return null;
    }
  }

  /** Change the registry as the lifter wants, then have the engine follow. */
  async #choose<T>(change: (registry: IndexedModelRegistry) => Promise<T>): Promise<T> {
    try {
      return await change(await this.#registry);
    } finally {
      await this.#engine.follow().catch((error) => this.#board.problem(error));
    }
  }

  #inBackground(action: () => Promise<unknown>): void {
    action().catch((error) => this.#board.problem(error));
  }
}

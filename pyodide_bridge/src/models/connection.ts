/** From signed releases to models that take part in answers, behind the page's back. */
import type { EngineClient } from "../client.js";
import { EngineError } from "../errors.js";
import { Cell } from "../readable.js";
import { onNewEngine } from "../sync/ask.js";
import { watchDeaths } from "./deaths.js";
import { engineProbe } from "./engine-probe.js";
import { engineThere, idle, nowAndThen } from "./patience.js";
import type { EngineFacts } from "./plan.js";
import type { IndexedModelRegistry } from "./registry.js";
import { hasKeys } from "./signature.js";
import {
  type ConnectModelsOptions,
  loadedNames,
  type ModelConnection,
  type ModelsState,
  type OffReason,
  registryState,
  UNKNOWN,
} from "./state.js";
import { type InstalledModel, isForeign, type ModelFailure } from "./types.js";
import type { UpdateProgress, UpdateResult } from "./update.js";
import { updateModels } from "./update-lazily.js";

const EVERY_MS = 6 * 60 * 60 * 1000;
/** How long a probe may wait for its turn, behind a replay or an import, and be answered. */
const TURN_MS = 120_000;
/** How long the others wait for what runs a model of another runtime. */
const PREFETCH_MS = 10_000;
/** How long loading such a model may take: its runtime alone has 15 s to open it. */
const OPEN_MS = 20_000;

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
  readonly state = new Cell<ModelsState>(UNKNOWN);
  readonly revision = new Cell(0);
  readonly settled = new Cell(false);
  readonly #client: EngineClient;
  readonly #options: ConnectModelsOptions;
  readonly #registry: Promise<IndexedModelRegistry>;
  readonly #end = new AbortController();
  readonly #ending: (() => void)[] = [];
  #off: OffReason | null = null;
  #hasStarted = false;
  #engine: EngineFacts | null = null;
  /** What the engine was last asked to load, and the engine that it was. */
  #asked = { active: "", generation: -1 };
  #loading: Promise<void> | null = null;
  #isStale = false;
  #updating: { result: Promise<UpdateResult | null>; controller: AbortController } | null = null;
  /** A model that has to go before the next engine gets it. */
  #cure: Promise<void> = Promise.resolve();

  constructor(client: EngineClient, options: ConnectModelsOptions) {
    this.#client = client;
    this.#options = options;
    this.#registry = Promise.resolve(options.registry);
    this.#ending.push(
      onNewEngine(client, () => this.#newEngine()),
      watchDeaths(client, this.#suspects, this.#switchOff),
    );
    this.#start().catch((error) => {
      this.#set({ error: EngineError.from(error) });
      this.#hasStarted = true;
      this.#settle(true);
      this.#rest();
    });
  }

  update(): Promise<UpdateResult | null> {
    if (!this.#updating) {
      const controller = new AbortController();
      const result = this.#update(controller.signal).finally(() => {
        this.#updating = null;
        this.#rest();
      });
      this.#updating = { result, controller };
    }
    return this.#updating.result;
  }

  cancel(): void {
    this.#updating?.controller.abort();
  }

  async add(model: string): Promise<UpdateResult | null> {
    const registry = await this.#registry;
    await registry.journal.want(model, true);
    await registry.pin(model, false);
    // One that is going on has made its choice already.
    await this.#updating?.result;
    return this.update();
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
    if (!registry.durable) this.#off = "no_storage";
    else if (!hasKeys(this.#options.keys)) this.#off = "no_keys";
    this.#ending.push(registry.subscribe(() => this.#inBackground(() => this.#changed())));
    await this.#refresh();
    await this.#options.after?.catch(() => undefined);
    await engineThere(this.#client);
    await idle();
    if (this.#end.signal.aborted) return;
    this.#hasStarted = true;
    const look = () => this.#inBackground(() => this.update());
    this.#ending.push(nowAndThen(this.#options.everyMs ?? EVERY_MS, look));
    // Offline is no failure of a start; `online` tells when to look.
    if (this.#off === null && globalThis.navigator?.onLine !== false) await this.update();
    else await this.#load();
  }

  #newEngine(): void {
    if (!this.#hasStarted) return;
    this.settled.set(false);
    this.#inBackground(() => this.#load());
  }

  async #update(signal: AbortSignal): Promise<UpdateResult | null> {
    try {
      const registry = await this.#registry;
      // What could not be loaded before may be by now.
      const isLoaded = this.#engine !== null && this.state.get().error === null;
      if (!isLoaded && this.#off === null) await this.#load();
      const engine = this.#engine;
      if (!engine || this.#off !== null || this.#end.signal.aborted) return null;
      this.#phase("checking");
      const { wanted } = await registry.journal.known();
      const probe = engineProbe(this.#client, this.#options.probeMs);
      const onProgress = (progress: UpdateProgress) => this.#progress(progress);
      const trying = { probe, probeMs: TURN_MS };
      const own = { ...trying, registry, engine, also: wanted, signal, onProgress };
      const result = await updateModels({ ...this.#options, ...own });
      await this.#refresh();
      if (result.failure) this.#keep(result.failure);
      if (result.outcome === "updated") await this.#load();
      return result;
    } catch (error) {
      // The registry cannot be read; what is loaded goes on.
      this.#set({ error: EngineError.from(error) });
      return null;
    }
  }

  /** Where a full device could not even note a failure, it is known here until the page closes. */
  #keep(failure: ModelFailure): void {
    const { failures } = this.state.get();
    const isNoted = failures.some(({ at, code }) => at === failure.at && code === failure.code);
    if (!isNoted) this.#set({ failures: [failure, ...failures] });
  }

  /** Change the registry as the lifter wants, then have the engine follow. */
  async #choose<T>(change: (registry: IndexedModelRegistry) => Promise<T>): Promise<T> {
    try {
      return await change(await this.#registry);
    } finally {
      await this.#changed().catch((error) => this.#set({ error: EngineError.from(error) }));
    }
  }

  /** Load anew where other models are active now than the engine has loaded. */
  async #changed(): Promise<void> {
    await this.#refresh();
    const { active, generation } = this.#asked;
    const isKnown = active === this.#active() && generation === this.#generation();
    if (this.#hasStarted && !isKnown) await this.#load();
  }

  #load(): Promise<void> {
    this.#isStale = true;
    this.#loading ??= this.#loadAll().finally(() => {
      this.#loading = null;
      this.#rest();
    });
    return this.#loading;
  }

  async #loadAll(): Promise<void> {
    while (this.#isStale && !this.#end.signal.aborted) {
      this.#isStale = false;
      const before = loadedNames(this.state.get());
      try {
        await this.#cure;
        await this.#refresh();
        this.#asked = { active: this.#active(), generation: this.#generation() };
        this.#phase("loading");
        await this.#prefetch();
        await this.#loadOnce();
      } finally {
        this.#settle(loadedNames(this.state.get()) !== before);
      }
    }
  }

  /** Whoever waits for models need not wait any more, whichever way it went. */
  #settle(isOther: boolean): void {
    if (this.#end.signal.aborted) return;
    // An engine that took over knew none: its answers change even if the models are the same.
    const isFirst = !this.settled.get();
    this.settled.set(true);
    if (isFirst || isOther) this.revision.set(this.revision.get() + 1);
  }

  /** Where something cannot be had, the engine says so of the model that wants it. */
  async #prefetch(): Promise<void> {
    const files = this.#foreign().flatMap(({ files }) => files.map(({ name }) => name));
    if (files.length === 0) return;
    const signal = AbortSignal.timeout(PREFETCH_MS);
    await this.#options.prefetch?.(files, signal).catch(() => undefined);
  }

  async #loadOnce(): Promise<void> {
    const { signal } = this.#end;
    const options = this.#foreign().length > 0 ? { signal, timeoutMs: OPEN_MS } : { signal };
    try {
      const answer = await this.#client.call("loadModels", {}, options);
      const { engineVersion: version, specs, models: loaded, leftOut } = answer;
      this.#engine = { version, specs };
      this.#set({ loaded, leftOut, error: null });
    } catch (cause) {
      if (signal.aborted) return;
      const error = EngineError.from(cause);
      if (error.code === "not_available") this.#off ??= "not_available";
      this.#set({ loaded: [], leftOut: [], error });
    }
  }

  async #refresh(): Promise<void> {
    this.#set(await registryState(await this.#registry));
    if (!this.#hasStarted && this.#off !== null) this.#set({ phase: "off", reason: this.#off });
  }

  /** Models that are active and that the engine does not run by itself. */
  #foreign(): InstalledModel[] {
    return this.state.get().installed.filter(({ active, name }) => active && isForeign(name));
  }

  /** Of these, what the engine that runs now was given. */
  readonly #suspects = (): string[] => {
    const isGiven = this.#loading !== null || this.#asked.generation === this.#generation();
    return isGiven ? this.#foreign().map(({ name }) => name) : [];
  };

  /** The next engine waits for it. */
  readonly #switchOff = (suspects: readonly string[]): void => {
    const switchOff = async () => {
      const registry = await this.#registry;
      for (const name of suspects) {
        await registry.deactivate(name);
        const message = `the engine died twice within a minute while ${name} was loaded`;
        await registry.journal.note({ code: "hung", message }, Date.now());
      }
    };
    this.#cure = switchOff().catch((error) => this.#set({ error: EngineError.from(error) }));
  };

  #active(): string {
    const active = this.state.get().installed.filter((model) => model.active);
    return active.map(({ name, version }) => `${name} ${version}`).join();
  }

  #generation(): number {
    return this.#client.boot.get().generation;
  }

  #progress({ stage, done, total }: UpdateProgress): void {
    // In steps of a hundredth: who listens may be a page.
    const progress = total > 0 ? Math.floor((100 * done) / total) / 100 : null;
    this.#phase(stage, progress);
  }

  #phase(phase: ModelsState["phase"], progress: number | null = null): void {
    const state = this.state.get();
    if (state.phase !== phase || state.progress !== progress) this.#set({ phase, progress });
  }

  /** Nothing is going on, or less than before. */
  #rest(): void {
    if (this.#updating || this.#loading) return;
    const phase = this.#off !== null ? "off" : this.#hasStarted ? "idle" : "waiting";
    this.#set({ phase, reason: this.#off, progress: null });
  }

  #set(change: Partial<ModelsState>): void {
    if (!this.#end.signal.aborted) this.state.set({ ...this.state.get(), ...change });
  }

  #inBackground(action: () => Promise<unknown>): void {
    action().catch((error) => this.#set({ error: EngineError.from(error) }));
  }
}

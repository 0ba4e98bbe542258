/** A page that is connected to the models of a device, with an engine of its own. */
import { afterEach, beforeEach } from "vitest";
import { connectModels } from "../../src/models/connection.js";
import { type IndexedModelRegistry, openModelRegistry } from "../../src/models/registry.js";
import type { ConnectModelsOptions, ModelConnection } from "../../src/models/state.js";
import { until } from "../support/wait.js";
import { type Device, devices } from "./device.js";
import { ModelEngine } from "./engine.js";
import { noise } from "./release.js";

export const RANKER = { model: "ranker", files: { "ranker.npz": noise(5_000) } };
export const LOAD = { model: "load", weights: [1, 1, 1] };
export const NET = { model: "exercise-net", default: false, weights: [2, 2, 2] };

export class Page {
  engine!: ModelEngine;
  models!: ModelConnection;
  readonly #device: () => Device;
  readonly #opened: { dispose(): void }[] = [];
  readonly #registries: IndexedModelRegistry[] = [];

  constructor(device: () => Device) {
    this.#device = device;
  }

  get device(): Device {
    return this.#device();
  }

  /** An engine, of a page that has just been opened. */
  begin(): void {
    this.engine = new ModelEngine();
    this.#opened.push(this.engine.client);
  }

  /** Connect to models, as a page does when it opens. */
  open(more: Partial<ConnectModelsOptions> = {}): void {
    this.models = this.#connect(this.engine, more);
  }

  /** Open, and wait until it was looked for a release. */
  async start(more: Partial<ConnectModelsOptions> = {}): Promise<void> {
    this.open(more);
    await until(this.models.state, ({ checked, phase }) => checked !== null && phase === "idle");
  }

  /** Another tab over the same storage. */
  async tab(more: Partial<ConnectModelsOptions> = {}): Promise<ModelConnection> {
    const { client } = new ModelEngine();
    this.#opened.push(client);
    const registry = await openModelRegistry();
    this.#registries.push(registry);
    return this.#connect({ client }, { registry, ...more });
  }

  /** Nothing is going on any more, and something was. */
  async rested(): Promise<void> {
    const { state } = this.models;
    await until(state, ({ phase }) => phase === "idle" || phase === "off");
    await new Promise((resolve) => setTimeout(resolve, 20));
    await until(state, ({ phase }) => phase === "idle" || phase === "off");
  }

  /** Name and version of what takes part in answers. */
  loaded({ state }: ModelConnection = this.models): string[] {
    return state.get().loaded.map(({ name, version }) => `${name} ${version}`);
  }

  /** The same page later, with another engine. */
  async reload(): Promise<void> {
    this.end();
    await this.device.reload();
    this.begin();
  }

  end(): void {
    for (const open of this.#opened.splice(0)) open.dispose();
    for (const registry of this.#registries.splice(0)) registry.close();
  }

  #connect({ client }: Pick<ModelEngine, "client">, more: Partial<ConnectModelsOptions>) {
    const { registry, baseUrl, keys, retries, backOffMs, idleMs } = this.device.options();
    const given = { registry, baseUrl, keys, retries, backOffMs, idleMs } as ConnectModelsOptions;
    const connection = connectModels(client, { ...given, ...more });
    this.#opened.push(connection);
    return connection;
  }
}

/** A page for each test, on a device for each test; a release of three models is published. */
export function pages(): Page {
  const page = new Page(devices());
  beforeEach(() => {
    page.begin();
    page.device.publish({ sequence: 1, models: [RANKER, LOAD, NET] });
  });
  afterEach(() => page.end());
  return page;
}

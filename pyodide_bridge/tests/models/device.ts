/** A device: a registry, the update that an app would ask for, and what is in use after it. */
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { ModelDatabase } from "../../src/models/database.js";
import { type IndexedModelRegistry, openModelRegistry } from "../../src/models/registry.js";
import { type UpdateOptions, type UpdateResult, updateModels } from "../../src/models/update.js";
import { FakeLocks } from "../support/fake-locks.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { type Key, newKey, publish, type ReleaseSpec, runLinear, SPEC } from "./release.js";
import { ReleaseServer } from "./server.js";

export class Device {
  readonly keys: { current: Key; next: Key } = { current: newKey(), next: newKey() };
  readonly server: ReleaseServer;
  registry!: IndexedModelRegistry;

  constructor(server: ReleaseServer) {
    this.server = server;
  }

  /** A registry over the same storage, as after a reload. */
  async reload(): Promise<void> {
    this.registry?.close();
    this.registry = await openModelRegistry();
  }

  publish(spec: Omit<ReleaseSpec, "key"> & { key?: Key }) {
    const published = publish({ key: this.keys.current, ...spec });
    this.server.serve(published);
    return published;
  }

  options(more: Partial<UpdateOptions> = {}): UpdateOptions {
    return {
      registry: this.registry,
      baseUrl: this.server.url,
      keys: { current: this.keys.current.public, next: this.keys.next.public },
      engine: { version: "0.1.0", specs: [SPEC] },
      probe: runLinear,
      retries: 2,
      backOffMs: 1,
      idleMs: 2_000,
      ...more,
    };
  }

  update(more: Partial<UpdateOptions> = {}): Promise<UpdateResult> {
    return updateModels(this.options(more));
  }

  /** Name and version of what is active, each byte of which is checked. */
  async active(): Promise<string[]> {
    const found: string[] = [];
    for (const { name, version, active, files } of await this.registry.list()) {
      if (!active) continue;
      const artefact = await this.registry.active(name);
      for (const file of files) {
        if (artefact?.files.has(file.name)) await this.registry.file(name, version, file.name);
      }
      found.push(`${name} ${version}`);
    }
    return found.sort();
  }
}

/** A database of which each step can be stopped or watched. */
export function stepped(
  inner: ModelDatabase,
  step: <T>(act: () => Promise<T>) => Promise<T>,
): ModelDatabase {
  return {
    name: inner.name,
    durable: true,
    read: (what, action) => step(() => inner.read(what, action)),
    write: (what, action) => step(() => inner.write(what, action)),
    tell: () => inner.tell(),
    subscribe: (listener) => inner.subscribe(listener),
    close: () => inner.close(),
  };
}

/** One server for a test file, a device for each test. */
export function devices(): () => Device {
  const server = new ReleaseServer();
  let device: Device;
  freshIndexedDb();
  beforeAll(async () => {
    await server.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    vi.stubGlobal("navigator", { locks: new FakeLocks() });
    server.serve(null);
    server.asked();
    server.ranges = true;
    device = new Device(server);
    await device.reload();
  });
  afterEach(() => device.registry.close());
  return () => device;
}

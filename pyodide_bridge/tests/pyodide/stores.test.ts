// The public conformance suites of the ports, run by Python on our IndexedDB stores.
import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/models/hashing.js";
import { openModelRegistry } from "../../src/models/registry.js";
import type { ModelRegistry } from "../../src/models/types.js";
import { openFeatureStore } from "../../src/storage/feature-store.js";
import { openLogStore } from "../../src/storage/log-store.js";
import type { FeatureStore, LogStore } from "../../src/storage/types.js";
import {
  pythonFeatureStore,
  pythonLogStore,
  pythonModelRegistry,
} from "../../src/worker/python-stores.js";
import { createDispatcher } from "../../src/worker/start.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { bootPyodide } from "./runtime.js";

freshIndexedDb();

/** Makes stores, each over a database of its own, and reopens them, for Python. */
function factory<S extends { close(): void }>(
  open: (options: { name: string }) => Promise<S>,
  wrap: (store: S) => object,
) {
  const opened = new Map<object, { store: S; name: string }>();
  let count = 0;
  const openNamed = async (name: string) => {
    const store = await open({ name });
    const wrapped = wrap(store);
    opened.set(wrapped, { store, name });
    return wrapped;
  };
  return {
    make: () => openNamed(`subject-${count++}`),
    reopen: (wrapped: object) => {
      const subject = opened.get(wrapped);
      if (!subject) throw new Error("not one of ours");
      subject.store.close();
      return openNamed(subject.name);
    },
    closeAll: () => {
      for (const { store } of opened.values()) store.close();
    },
  };
}

const CONFORM = `
from voltlift_bridge.javascript_stores import (
    JavaScriptFeatureStore, JavaScriptLogStore, JavaScriptModelRegistry
)
from voltlift_conformance import feature_store, log_store, model_registry

async def conform(port, make, reopen):
    suite, adapter = {
        "log": (log_store, JavaScriptLogStore),
        "features": (feature_store, JavaScriptFeatureStore),
        "models": (model_registry, JavaScriptModelRegistry),
    }[port]
    wrapped = {}

    async def make_one():
        inner = await make()
        store = adapter(inner)
        wrapped[store] = inner
        return store

    async def reopen_one(store):
        inner = await reopen(wrapped[store])
        again = adapter(inner)
        wrapped[again] = inner
        return again

    return len(await suite.run_all(make_one, reopen_one)), len(suite.CHECKS)

conform
`;

const BUNDLED_RULES = `
from voltlift_core import encode_json
from voltlift_core.scoring.config import RuleConfig
encode_json(RuleConfig.bundled())
`;

const FAILING = `
from voltlift_bridge.javascript_stores import JavaScriptFeatureStore, JavaScriptLogStore
from voltlift_core import VoltLiftError

async def failing(inner):
    answers = []
    for call in (
        lambda: JavaScriptLogStore(inner).manifest(),
        lambda: JavaScriptLogStore(inner).write_document("settings", "{}"),
        lambda: JavaScriptFeatureStore(inner).read("log/"),
    ):
        try:
            await call()
        except VoltLiftError as error:
            answers.append(f"{error.code}|{error.message}|{error.remedy}")
    return "\\n".join(answers)

failing
`;

describe("the stores as Python's ports", () => {
  let pyodide: Awaited<ReturnType<typeof bootPyodide>>;
  beforeAll(async () => {
    pyodide = await bootPyodide();
  }, 60_000);

  async function conform<S extends { close(): void }>(
    port: string,
    { make, reopen, closeAll }: ReturnType<typeof factory<S>>,
  ): Promise<void> {
    const run = pyodide.runPython(CONFORM);
    const [passed, checks] = (await run(port, make, reopen)).toJs();
    expect(passed).toBe(checks);
    expect(checks).toBeGreaterThanOrEqual(10);
    closeAll();
  }

  it("LogStore", async () => {
    await conform("log", factory<LogStore>(openLogStore, pythonLogStore));
  }, 60_000);

  it("FeatureStore", async () => {
    await conform("features", factory<FeatureStore>(openFeatureStore, pythonFeatureStore));
  }, 60_000);

  it("ModelRegistry", async () => {
    await conform("models", factory<ModelRegistry>(openModelRegistry, pythonModelRegistry));
  }, 60_000);

  /** Without IndexedDB; reopened is the same one, which lives as long as the page. */
  async function conformInMemory<S extends { close(): void; durable: boolean }>(
    port: string,
    open: (options: { name: string }) => Promise<S>,
    wrap: (store: S) => object,
  ): Promise<void> {
    const kept = new Map<string, S>();
    const { indexedDB } = globalThis;
    Reflect.deleteProperty(globalThis, "indexedDB");
    try {
      const again = async ({ name }: { name: string }) => {
        const store = kept.get(name) ?? (await open({ name }));
        expect(store.durable).toBe(false);
        kept.set(name, store);
        return store;
      };
      await conform(port, factory<S>(again, wrap));
    } finally {
      globalThis.indexedDB = indexedDB;
    }
  }

  it("LogStore in memory", async () => {
    await conformInMemory<LogStore>("log", openLogStore, pythonLogStore);
  }, 60_000);

  it("ModelRegistry in memory", async () => {
    await conformInMemory<ModelRegistry>("models", openModelRegistry, pythonModelRegistry);
  }, 60_000);

  it("a rule configuration in the registry is the engine's, or it says why not", async () => {
    const notices = async (models: ModelRegistry) => {
      const host = await createDispatcher(pyodide, { models });
      return (JSON.parse(host.describe()) as { notices: string[] }).notices;
    };
    const models = await openModelRegistry({ name: "rules" });
    const keep = async (version: string, text: string) => {
      const data = new TextEncoder().encode(text);
      const own = { name: "rules", version, card: {}, files: new Map<string, string>() };
      await models.install({ ...own, sha256: await sha256(data), data: data.buffer });
      await models.activate("rules", version);
    };
    await keep("1", pyodide.runPython(BUNDLED_RULES));
    expect(await notices(models)).toEqual([]);
    await keep("2", '{"version": "rules/9"}');
    expect(await notices(models)).toEqual([expect.stringMatching(/^bundled rules in use: /)]);
    await models.rollBack("rules");
    expect(await notices(models)).toEqual([]);
    models.close();
  }, 30_000);

  it("give Python a storage error with its remedy", async () => {
    const store = await openLogStore({ name: "closing" });
    store.close();
    const failing = pyodide.runPython(FAILING);
    const answers: string = await failing(pythonLogStore(store));
    expect(answers.split("\n")).toHaveLength(2 + 1);
    for (const answer of answers.split("\n")) expect(answer).toMatch(/^storage\|.+\|.+$/);
  });
});

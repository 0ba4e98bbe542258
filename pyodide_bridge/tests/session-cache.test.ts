import { beforeEach, describe, expect, it } from "vitest";
import { pack, unpack } from "../src/pack.js";
import { contextKey, createSessionCache, SESSION_CACHE_BYTES } from "../src/session-cache.js";
import { listOf } from "./support/fake-engine.js";
import { random } from "./support/sessions.js";

/** A Storage in memory, with a limit and the ability to refuse. */
class FakeStorage {
  readonly items = new Map<string, string>();
  refuse = false;
  limit = Number.POSITIVE_INFINITY;

  get length(): number {
    this.#check();
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    this.#check();
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#check();
    if (this.bytes() + key.length + value.length > this.limit) {
      throw new DOMException("full", "QuotaExceededError");
    }
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.#check();
    this.items.delete(key);
  }

  bytes(): number {
    const encoder = new TextEncoder();
    return [...this.items].reduce((sum, [key, value]) => {
      return sum + encoder.encode(key).length + encoder.encode(value).length;
    }, 0);
  }

  #check(): void {
    if (this.refuse) throw new DOMException("denied", "SecurityError");
  }
}

let storage: FakeStorage;
beforeEach(() => {
  storage = new FakeStorage();
});

const NO_TIME = { features: 0, scoring: 0, ranking: 0, inference: null };
const FIVE = ["bench-press", "squat", "row", "deadlift", "press"];

describe("the session cache", () => {
  it("gives back the top 5 with their time, revision and engine version", () => {
    const cache = createSessionCache(storage);
    const response = listOf([...FIVE, "sixth"], { revision: 9, engineVersion: "2.0.0" });
    cache.put("context", response, 1_700_000_000_000);
    expect(createSessionCache(storage).get("context")).toEqual({
      savedAt: 1_700_000_000_000,
      revision: 9,
      engineVersion: "2.0.0",
      response: {
        ...response,
        recommendations: response.recommendations.slice(0, 5),
        // How long it took once is nothing to keep.
        meta: { ...response.meta, cached: true, durationMs: 0, stages: NO_TIME },
      },
    });
    expect(cache.get("other")).toBeNull();
  });

  it("never takes more than its budget, and drops the oldest first", () => {
    const cache = createSessionCache(storage);
    for (let i = 0; i < 20; i++) cache.put(`context ${i}`, listOf(FIVE), 1_000 + i);
    expect(storage.bytes()).toBeLessThanOrEqual(SESSION_CACHE_BYTES);
    const kept = Array.from({ length: 20 }, (_, i) => cache.get(`context ${i}`) !== null);
    expect(kept.slice(0, kept.indexOf(true))).not.toContain(true);
    expect(kept.slice(kept.indexOf(true))).not.toContain(false);
    // A whole workout's lists fit: they are packed together, and have much in common.
    expect(kept.filter(Boolean).length).toBeGreaterThanOrEqual(10);
  });

  it("replaces the answer of a context", () => {
    const cache = createSessionCache(storage);
    cache.put("c", listOf(["a"], { revision: 1 }), 1);
    cache.put("c", listOf(["b"], { revision: 2 }), 2);
    expect(cache.get("c")).toMatchObject({ savedAt: 2, revision: 2 });
    expect(storage.items.size).toBe(1);
  });

  it("keeps an answer that is put while the clock runs back", () => {
    const cache = createSessionCache(storage, 3_500);
    for (const at of [9, 8, 7]) cache.put(`${at}`, listOf([`only ${at}`, ...FIVE]), at);
    expect(cache.get("7")?.savedAt).toBe(7);
  });

  it("drops answers of another engine version", () => {
    const cache = createSessionCache(storage);
    cache.put("old", listOf(FIVE, { engineVersion: "1" }));
    cache.put("new", listOf(FIVE, { engineVersion: "2" }));
    expect(cache.get("old")).toBeNull();
    expect(cache.get("new")).not.toBeNull();
  });

  it("leaves the keys of others alone", () => {
    storage.items.set("app", "x".repeat(20_000));
    const cache = createSessionCache(storage);
    cache.put("c", listOf(FIVE));
    expect(cache.get("c")).not.toBeNull();
    cache.clear();
    expect([...storage.items.keys()]).toEqual(["app"]);
  });

  it("makes room in a storage that is nearly full, or goes without", () => {
    const cache = createSessionCache(storage);
    cache.put("first", listOf(FIVE), 1);
    storage.limit = storage.bytes() + 20;
    cache.put("second", listOf(FIVE), 2);
    expect([cache.get("first"), cache.get("second")?.savedAt]).toEqual([null, 2]);
    storage.limit = 0;
    expect(() => cache.put("third", listOf(FIVE))).not.toThrow();
    expect(cache.get("third")).toBeNull();
  });

  it.each(["", "nonsense", "null", "7", "[]", '{"at":1,"revision":1,"engine":"1","packed":{}}'])(
    "takes garbage for no answer: %j",
    (text) => {
      storage.items.set("voltlift-top/2", text);
      const cache = createSessionCache(storage);
      expect(cache.get("c")).toBeNull();
      cache.put("d", listOf(FIVE));
      expect(cache.get("d")).not.toBeNull();
      expect(cache.get("c")).toBeNull();
    },
  );

  it("survives any damage to what it stored", () => {
    const cache = createSessionCache(storage);
    cache.put("c", listOf(FIVE));
    const [key, text] = [...storage.items][0] ?? ["", ""];
    const next = random(11);
    for (let i = 0; i < 300; i++) {
      const at = Math.floor(next() * text.length);
      const letter = '0aZ"[]{},'[Math.floor(next() * 9)] ?? "";
      storage.items.set(key, text.slice(0, at) + letter + text.slice(at + 1));
      const same = storage.items.get(key) === text;
      expect(cache.get("c") !== null).toBe(same);
    }
  });

  it("never throws where the storage refuses or is missing", () => {
    storage.refuse = true;
    for (const cache of [createSessionCache(storage), createSessionCache(null)]) {
      cache.put("c", listOf(FIVE));
      expect(cache.get("c")).toBeNull();
      cache.clear();
    }
  });
});

describe("contextKey", () => {
  const logs = (...ids: string[]) => ({
    session: { logs: ids.map((exerciseId) => ({ id: exerciseId, exerciseId })) },
  });

  it("is the same for the same exercises in another order, and for another moment", () => {
    expect(contextKey(logs("a", "b"))).toBe(contextKey(logs("b", "a")));
    expect(contextKey({ utcOffsetMinutes: 60 })).toBe(contextKey({}));
    expect(contextKey({ limit: 5 })).toBe(contextKey({}));
    expect(contextKey({ routine: null })).toBe(contextKey({}));
  });

  it("differs where the list would be another one", () => {
    const keys = [
      contextKey({}),
      contextKey(logs("a")),
      contextKey(logs("b")),
      contextKey({ exclude: ["a"] }),
      contextKey({ equipment: [] }),
      contextKey({ equipment: ["a"] }),
      contextKey({ limit: 3 }),
      contextKey({ routine: 0 }),
      contextKey({ routine: 1 }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("packing", () => {
  it.each([
    null,
    7,
    "text",
    [],
    {},
    [[], [[]]],
    { a: { b: [1, "a", null, true, { a: 1 }] } },
    { "-1": [-1, 0], s: "0" },
    [
      { a: "x", b: 1 },
      { b: 2, a: "x" },
      { a: "y", b: 3 },
    ],
    JSON.parse('{"__proto__": {"constructor": "x"}}'),
  ])("is undone by unpacking: %j", (value) => {
    const packed = JSON.parse(JSON.stringify(pack(value)));
    expect(JSON.stringify(unpack(packed))).toBe(JSON.stringify(value));
  });

  it("makes a recommendation list less than half as long", () => {
    const response = listOf(FIVE);
    const size = JSON.stringify(response).length;
    expect(JSON.stringify(pack(response)).length).toBeLessThan(size / 2);
  });

  it.each([
    null,
    7,
    {},
    { k: [], t: [], v: "0" },
    { k: [], t: ["a"], v: "z" },
    { k: [], t: ["a"], v: "-1" },
    { k: [["a"]], t: [[0]], v: "0" },
    { k: [], t: [[3]], v: "0" },
    { k: [], t: [[-1, "0"]], v: "0" },
  ])("refuses what it did not make: %j", (value) => {
    expect(() => unpack(value)).toThrow(TypeError);
  });
});

import { afterEach } from "vitest";
import { openLogStore } from "../../src/storage/log-store.js";
import type { LogStore, OpenOptions } from "../../src/storage/types.js";

/** Opens log stores that are closed when the test is over. */
export function logStores(): (options?: OpenOptions) => Promise<LogStore> {
  const opened: LogStore[] = [];
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
  });
  return async (options) => {
    const store = await openLogStore(options);
    opened.push(store);
    return store;
  };
}

/** A localStorage for tests that run without a page. */
export function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, String(value)),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

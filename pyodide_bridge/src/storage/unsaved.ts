/**
 * What could not be stored yet, kept aside in localStorage: over a reload, a newer version of
 * the page, a full disk. One entry a session or document, with what it was made from, so that
 * it is merged later and never replaces what was stored meanwhile.
 */
import { parse } from "./reading.js";

export interface Unsaved {
  kind: "session" | "document";
  name: string;
  /** JSON text; null: deleted. */
  text: string | null;
  /** What it was made from; null: it was new. Of a deletion: the hash of what is meant. */
  base: string | null;
}

export class UnsavedEntries {
  readonly #prefix: string;

  constructor(name: string) {
    this.#prefix = `${name}/unsaved/`;
  }

  /** Keep an entry; false where there is no room, or no localStorage. */
  keep(entry: Unsaved): boolean {
    const key = this.#key(entry);
    try {
      const storage = localStorage;
      // The first base counts: later versions were made from what was not stored either.
      const known = read(storage.getItem(key));
      storage.setItem(key, JSON.stringify(known ? { ...entry, base: known.base } : entry));
      return true;
    } catch {
      return false;
    }
  }

  all(): Unsaved[] {
    try {
      const storage = localStorage;
      const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
      return keys
        .filter((key) => key.startsWith(this.#prefix))
        .flatMap((key) => read(storage.getItem(key)) ?? []);
    } catch {
      return [];
    }
  }

  /** Forget an entry, unless it has become another one since. */
  forget(entry: Unsaved): void {
    try {
      const key = this.#key(entry);
      const current = read(localStorage.getItem(key));
      if (current?.text === entry.text) localStorage.removeItem(key);
    } catch {
      // Nothing can have been kept.
    }
  }

  /** Forget whatever is kept of this session or document. */
  remove(entry: Pick<Unsaved, "kind" | "name">): void {
    try {
      localStorage.removeItem(this.#key(entry));
    } catch {
      // Nothing can have been kept.
    }
  }

  clear(): void {
    for (const entry of this.all()) this.remove(entry);
  }

  #key({ kind, name }: Pick<Unsaved, "kind" | "name">): string {
    return `${this.#prefix}${kind}/${name}`;
  }
}

function read(text: string | null): Unsaved | null {
  const value = text === null ? null : (parse(text) as Unsaved | null | undefined);
  if (typeof value !== "object" || value === null || typeof value.name !== "string") return null;
  return value.kind === "session" || value.kind === "document" ? value : null;
}

/** A connection to one database that heals: reopened after the browser or another tab closed it. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { storageError } from "./errors.js";
import { type DatabaseSpec, migrate } from "./schema.js";

/** How long another tab may hold an older version before opening is given up. */
export const BLOCKED_MS = 3_000;

export class DatabaseConnection<S extends DBSchema> {
  readonly #spec: DatabaseSpec<S>;
  readonly #blockedMs: number;
  #opening: Promise<IDBPDatabase<S>> | null = null;
  #closed = false;

  constructor(spec: DatabaseSpec<S>, blockedMs: number = BLOCKED_MS) {
    this.#spec = spec;
    this.#blockedMs = blockedMs;
  }

  /** Open, or return the open database. @throws {EngineError} `storage`, with its reason. */
  database(): Promise<IDBPDatabase<S>> {
    if (this.#closed) {
      return Promise.reject(storageError("open the database", null, "failed"));
    }
    if (!this.#opening) {
      const opening: Promise<IDBPDatabase<S>> = this.#open(() => this.#forget(opening));
      this.#opening = opening;
      opening.catch(() => this.#forget(opening));
    }
    return this.#opening;
  }

  /**
   * Run an action on the database. Where the connection was lost beneath it (some browsers
   * close it when the page sleeps), it is opened anew and the action runs once more.
   */
  async run<T>(what: string, action: (database: IDBPDatabase<S>) => Promise<T>): Promise<T> {
    const opening = this.database();
    try {
      return await action(await opening);
    } catch (error) {
      if (!isLostConnection(error)) throw storageError(what, error);
      this.#forget(opening);
      try {
        return await action(await this.database());
      } catch (again) {
        throw storageError(what, again);
      }
    }
  }

  close(): void {
    this.#closed = true;
    const opening = this.#opening;
    this.#opening = null;
    opening?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  #forget(opening: Promise<IDBPDatabase<S>>): void {
    if (this.#opening === opening) this.#opening = null;
  }

  /** `onLost`: this connection will not work any more; the next call wants another one. */
  async #open(onLost: () => void): Promise<IDBPDatabase<S>> {
    if (typeof indexedDB === "undefined") {
      throw storageError("open the database", null, "missing");
    }
    let expire: (error: unknown) => void = () => undefined;
    const expired = new Promise<never>((_, reject) => {
      expire = reject;
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const opening = openDB<S>(this.#spec.name, this.#spec.migrations.length, {
      upgrade: (database, oldVersion, _newVersion, transaction) =>
        migrate(this.#spec, database, transaction, oldVersion),
      // We wait for an older version in another tab; it is asked to close.
      blocked: () => {
        timer = setTimeout(
          () => expire(storageError("open the database", null, "blocked")),
          this.#blockedMs,
        );
      },
      // Another tab waits for us: make room; the next call reopens, or learns of the newer version.
      blocking: (_current, _blocked, event) => {
        onLost();
        (event.target as IDBDatabase).close();
      },
      terminated: onLost,
    });
    try {
      return await Promise.race([opening, expired]);
    } catch (error) {
      opening.then((late) => late.close()).catch(() => undefined);
      throw storageError("open the database", error);
    } finally {
      clearTimeout(timer);
    }
  }
}

function isLostConnection(error: unknown): boolean {
  const { name, message } = (error ?? {}) as { name?: string; message?: string };
  return name === "InvalidStateError" || /connection .*(lost|clos)/i.test(message ?? "");
}

/** A connection to one database that heals: reopened after the browser or another tab closed it. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { storageError, storageReason } from "./errors.js";
import { type DatabaseSpec, migrate } from "./schema.js";

/** How long another tab may hold an older version before opening is given up. */
export const BLOCKED_MS = 3_000;

/** How long reading another version's database may take. */
const READ_MS = 2_000;

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

  /**
   * What another version of this page has stored, as far as it can be read without changing
   * it: the way to the lifter's log where this version can not open it.
   */
  async readOnly<T>(action: (database: IDBPDatabase<S>) => Promise<T>): Promise<T> {
    let missing = false;
    const opening = openDB<S>(this.#spec.name, undefined, {
      upgrade: (_database, _old, _new, transaction) => {
        missing = true;
        transaction.done.catch(() => undefined);
        transaction.abort(); // There is none: leave none behind.
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    const timeout = new Promise<never>((_, reject) => {
      setTimeout(() => reject(storageError("read what is stored", null, "blocked")), READ_MS);
    });
    try {
      const database = await Promise.race([opening, timeout]);
      return await action(database);
    } catch (error) {
      throw storageError("read what is stored", error, missing ? "missing" : undefined);
    } finally {
      opening.then((late) => late.close()).catch(() => undefined);
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
    let failedUpgrade: unknown;
    const opening = openDB<S>(this.#spec.name, this.#spec.migrations.length, {
      upgrade: (database, oldVersion, _newVersion, transaction) => {
        // A rejection would be unheard, and half a migration stored: take all of it back.
        transaction.done.catch(() => undefined);
        migrate(this.#spec, database, transaction, oldVersion).catch((error) => {
          failedUpgrade = error;
          transaction.abort();
        });
      },
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
      if (failedUpgrade === undefined) throw storageError("open the database", error);
      const full = storageReason(failedUpgrade) === "quota";
      const reason = full ? "quota" : "upgrade_failed";
      throw storageError("bring what is stored to this version", failedUpgrade, reason);
    } finally {
      clearTimeout(timer);
    }
  }
}

function isLostConnection(error: unknown): boolean {
  const { name, message } = (error ?? {}) as { name?: string; message?: string };
  return name === "InvalidStateError" || /connection .*(lost|clos)/i.test(message ?? "");
}

/** Where the log lives: on the device, or in memory until the device can be used again. */
import { ALL_TABLES, applyChange, LOG_TABLES } from "./changes.js";
import { DatabaseConnection } from "./connection.js";
import { storageReason } from "./errors.js";
import { type Known, type Prepared, preparedFrom } from "./known.js";
import { documentTexts } from "./log-database.js";
import { MemoryDatabase } from "./memory.js";
import { parse } from "./reading.js";
import type { DatabaseSpec, ImportUndo, LogSchema, StoredDocument } from "./schema.js";
import { together } from "./settle.js";
import { IndexedDatabase, type LogDatabase, type LogTables, type TableName } from "./tables.js";
import type { ImportEntry, LogRecord, OpenOptions, StorageReason, StorageStatus } from "./types.js";
import { type Unsaved, UnsavedEntries } from "./unsaved.js";

/** Failures after which the device cannot be used until something has changed. */
const LASTING: ReadonlySet<StorageReason> = new Set([
  "missing",
  "denied",
  "blocked",
  "newer_version",
  "upgrade_failed",
]);

/** Failures that leave another version's database to be read. */
const READABLE: ReadonlySet<StorageReason> = new Set(["newer_version", "upgrade_failed"]);

/** What memory started from: what is stored, as far as it is known. */
interface Seed {
  records: ReadonlyMap<string, LogRecord>;
  documents: ReadonlyMap<string, string>;
  /** The database that this is of; null where that is not known. */
  epoch: string | null;
}

const NOTHING: Seed = { records: new Map(), documents: new Map(), epoch: null };

export class Home {
  readonly name: string;
  readonly unsaved: UnsavedEntries;
  status: StorageStatus = { durable: false, reason: "failed" };
  readonly #spec: DatabaseSpec<LogSchema>;
  readonly #options: OpenOptions;
  #database: LogDatabase = new MemoryDatabase();
  #seed: Seed = NOTHING;
  /** What this page keeps aside; entries of other pages are theirs to forget. */
  readonly #aside = new Map<string, Unsaved>();

  constructor(spec: DatabaseSpec<LogSchema>, options: OpenOptions) {
    this.#spec = spec;
    this.#options = options;
    this.name = spec.name;
    this.unsaved = new UnsavedEntries(spec.name);
  }

  /** Open the database; else show in memory what can be read of it. Never rejects. */
  async open(): Promise<void> {
    const connection = new DatabaseConnection(this.#spec, this.#options.blockedMs);
    try {
      await connection.database();
      this.#settleIn(connection);
      await this.#takeUp(this.unsaved.all());
    } catch (error) {
      const reason = storageReason(error);
      const seed = READABLE.has(reason) ? await readSeed(connection).catch(() => NOTHING) : NOTHING;
      connection.close();
      await this.#move(reason, seed);
      await this.#takeUp(this.unsaved.all());
    }
  }

  run<T>(
    what: string,
    mode: "readonly" | "readwrite",
    names: readonly TableName[],
    action: (tables: LogTables) => Promise<T>,
  ): Promise<T> {
    return this.#database.run(what, mode, names, action);
  }

  /** True where something may be stored that cannot be reached now. */
  get hidden(): boolean {
    const { durable, reason } = this.status;
    return !durable && reason !== "missing" && reason !== "denied";
  }

  /** Whether memory is the way to go on after a failure of this kind. */
  canLeave(reason: StorageReason): boolean {
    return this.status.durable && LASTING.has(reason);
  }

  /** Go on in memory, from what the page knows. */
  async leave(reason: StorageReason, known: Known, epoch: string | null): Promise<void> {
    const records = new Map(known.records().map((record) => [record.id, record]));
    this.#database.close();
    await this.#move(reason, { records, documents: new Map(known.documents), epoch });
  }

  /** Try the device again; what changed in memory is merged into what is stored. */
  async retry(): Promise<boolean> {
    const connection = new DatabaseConnection(this.#spec, this.#options.blockedMs);
    try {
      await connection.database();
      const [changesOf, imports, undo] = await this.#inMemory();
      const { epoch } = this.#seed;
      const stored = new IndexedDatabase(connection, this.name);
      await stored.run("store what was in memory", "readwrite", ALL_TABLES, async (tables) => {
        const meta = await tables.meta.get("log");
        // Another database means that the browser has deleted the one that memory came from.
        const same = epoch === null || (meta?.key === "log" && meta.epoch === epoch);
        await applyChange(tables, changesOf(same ? this.#seed : NOTHING));
        await together([
          ...imports.map((entry) => tables.imports.put(entry)),
          ...undo.map((entry) => tables.importUndo.put(entry)),
        ]);
      });
      this.#settleIn(connection);
      this.forgetAside();
      return true;
    } catch (error) {
      connection.close();
      this.status = { durable: false, reason: storageReason(error) };
      return false;
    }
  }

  /** Keep what could not be stored, so that it survives this page. */
  keepAside(entries: readonly Unsaved[]): void {
    for (const entry of entries) {
      if (this.unsaved.keep(entry)) this.#aside.set(`${entry.kind}/${entry.name}`, entry);
    }
  }

  /** These (or all) of this page's have been stored. */
  forgetAside(entries: readonly Unsaved[] = [...this.#aside.values()]): void {
    if (this.#aside.size === 0) return;
    for (const entry of entries) {
      if (this.#aside.delete(`${entry.kind}/${entry.name}`)) this.unsaved.remove(entry);
    }
  }

  /** The browser had deleted the database; what this page knew was written again. */
  evicted(): void {
    this.status = { durable: true, reason: "evicted" };
  }

  close(): void {
    this.#database.close();
  }

  #settleIn(connection: DatabaseConnection<LogSchema>): void {
    this.#database = new IndexedDatabase(connection, this.name);
    this.#seed = NOTHING;
    this.status = { durable: true };
  }

  async #move(reason: StorageReason, seed: Seed): Promise<void> {
    this.#database = new MemoryDatabase();
    this.#seed = seed;
    this.status = { durable: false, reason };
    await this.run("show what is stored", "readwrite", LOG_TABLES, (tables) =>
      together([
        ...[...seed.records.values()].map((record) => tables.sessions.put(record)),
        ...[...seed.documents].map(([name, text]) =>
          tables.documents.put({ name, text, revision: 0 }),
        ),
      ]),
    );
  }

  /** Store what an earlier page could not; it stays aside while that does not work. */
  async #takeUp(entries: readonly Unsaved[]): Promise<void> {
    if (entries.length === 0) return;
    try {
      await this.run("store what was kept aside", "readwrite", LOG_TABLES, (tables) =>
        applyChange(tables, preparedFrom(entries)),
      );
      if (this.status.durable) for (const entry of entries) this.unsaved.forget(entry);
    } catch {
      // The next page tries again.
    }
  }

  /** What memory holds: the changes since a seed, and the journal. */
  async #inMemory(): Promise<[(seed: Seed) => Prepared, ImportEntry[], ImportUndo[]]> {
    const [records, documents, imports, undo] = await this.run(
      "read memory",
      "readonly",
      ALL_TABLES,
      (tables) =>
        Promise.all([
          tables.sessions.all(),
          tables.documents.all(),
          tables.imports.all(),
          tables.importUndo.all(),
        ]),
    );
    return [(seed) => changesSinceSeed(records, documents, seed), imports, undo];
  }
}

function changesSinceSeed(
  records: readonly LogRecord[],
  documents: readonly StoredDocument[],
  seed: Seed,
): Prepared {
  const present = new Set(records.map(({ id }) => id));
  return {
    puts: records
      .filter(({ id, hash }) => seed.records.get(id)?.hash !== hash)
      .map(({ id, hash, startTime, text }) => {
        const base = seed.records.get(id);
        return {
          record: { id, hash, startTime, text },
          base: { hash: base?.hash ?? "", value: base && parse(base.text) },
        };
      }),
    deletions: [...seed.records.values()].filter(({ id }) => !present.has(id)),
    documents: documents
      .filter(({ name, text }) => seed.documents.get(name) !== text)
      .map(({ name, text }) => {
        return { name, text, base: { text: seed.documents.get(name) ?? "null" } };
      }),
  };
}

/** Sessions and documents of a database that this version cannot open, whatever its version. */
function readSeed(connection: DatabaseConnection<LogSchema>): Promise<Seed> {
  return connection.readOnly(async (database) => {
    const named = database.objectStoreNames.contains("meta");
    const transaction = database.transaction([
      "sessions",
      "documents",
      ...(named ? ["meta" as const] : []),
    ]);
    const documents = transaction.objectStore("documents");
    const [records, keys, values, meta] = await Promise.all([
      transaction.objectStore("sessions").getAll(),
      documents.getAllKeys(),
      documents.getAll(),
      named ? transaction.objectStore("meta").get("log") : undefined,
    ]);
    const readable = records.filter(({ id, text }) => typeof (id && text) === "string");
    return {
      records: new Map(readable.map((record) => [record.id, record])),
      documents: new Map(documentTexts(keys, values as (StoredDocument | string)[])),
      epoch: meta?.key === "log" ? meta.epoch : null,
    };
  });
}

import type { IDBPDatabase } from "idb";
import type { DatabaseConnection } from "./connection.js";
import type { LogTables } from "./log-store.js";
import type { LogSchema } from "./schema.js";
import { exclusively } from "./tabs.js";
import type { LogRecord } from "./types.js";

/** The log's records in IndexedDB: one transaction a write, all of it or nothing. */
export class IndexedLogTables implements LogTables {
  readonly #connection: DatabaseConnection<LogSchema>;

  readonly #lock: string;

  constructor(connection: DatabaseConnection<LogSchema>, lock: string) {
    this.#connection = connection;
    this.#lock = lock;
  }

  all(): Promise<{ records: LogRecord[]; documents: Map<string, string> }> {
    return this.#connection.run("read the log", async (database) => {
      const transaction = database.transaction(["sessions", "documents"]);
      const documents = transaction.objectStore("documents");
      const [records, names, texts] = await Promise.all([
        transaction.objectStore("sessions").getAll(),
        documents.getAllKeys(),
        documents.getAll(),
        transaction.done,
      ]);
      return { records, documents: new Map(names.map((name, i) => [name, texts[i] ?? ""])) };
    });
  }

  read(ids: readonly string[]): Promise<LogRecord[]> {
    return this.#connection.run("read sessions", async (database) => {
      const { store, done } = database.transaction("sessions");
      const records = await Promise.all(ids.map((id) => store.get(id)));
      await done;
      return records.filter((record) => record !== undefined);
    });
  }

  readDocument(name: string): Promise<string | undefined> {
    return this.#connection.run(`read ${name}`, (database) => database.get("documents", name));
  }

  write(
    records: readonly LogRecord[],
    deleted: readonly string[],
    documents: ReadonlyMap<string, string>,
  ): Promise<void> {
    return this.#write("store the change", async (database) => {
      const transaction = database.transaction(["sessions", "documents"], "readwrite", DURABLE);
      const sessions = transaction.objectStore("sessions");
      await settle(transaction, function* () {
        for (const id of deleted) yield sessions.delete(id);
        for (const record of records) yield sessions.put(record);
        for (const [name, text] of documents) {
          yield transaction.objectStore("documents").put(text, name);
        }
      });
    });
  }

  erase(): Promise<void> {
    return this.#write("erase the log", async (database) => {
      const transaction = database.transaction(["sessions", "documents"], "readwrite", DURABLE);
      await settle(transaction, () => [
        transaction.objectStore("sessions").clear(),
        transaction.objectStore("documents").clear(),
      ]);
    });
  }

  close(): void {
    this.#connection.close();
  }

  #write(
    what: string,
    action: (database: IDBPDatabase<LogSchema>) => Promise<void>,
  ): Promise<void> {
    return exclusively(this.#lock, () => this.#connection.run(what, action));
  }
}

/** What is ticked off as stored survives a phone that dies now. */
const DURABLE = { durability: "strict" } as const;

interface Settling {
  readonly done: Promise<void>;
  abort(): void;
}

/**
 * Issue the requests and wait until the transaction is done. A request that cannot even be
 * issued (a value that cannot be cloned) aborts the whole transaction.
 */
export async function settle(
  transaction: Settling,
  issue: () => Iterable<Promise<unknown>>,
): Promise<void> {
  const requests: Promise<unknown>[] = [];
  try {
    for (const request of issue()) requests.push(request);
  } catch (error) {
    transaction.abort();
    await Promise.allSettled([...requests, transaction.done]);
    throw error;
  }
  const outcomes = await Promise.allSettled([...requests, transaction.done]);
  // The request that failed knows more than the transaction, which only says "aborted".
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

/** The registry of models over its tables. */
import { EngineError } from "../errors.js";
import type { FileRow, ModelTables } from "../storage/model-database.js";
import type { OpenOptions, StorageReason } from "../storage/types.js";
import { type ModelDatabase, openModelDatabase } from "./database.js";
import { sha256 } from "./hashing.js";
import { DeliveryJournal, eraseAll, forgetEtag } from "./journal.js";
import { hashes, keyOf, Shelf } from "./shelf.js";
import {
  ACTIVE_BUDGET,
  type Artefact,
  type InstalledModel,
  type ModelFailure,
  type ModelRegistry,
  type ModelSizes,
  STORED_BUDGET,
} from "./types.js";

/** Open the registry. Never rejects: without IndexedDB it is in memory, and says so. */
export async function openModelRegistry(options: OpenOptions = {}): Promise<IndexedModelRegistry> {
  return new IndexedModelRegistry(await openModelDatabase(options));
}

export class IndexedModelRegistry implements ModelRegistry {
  readonly durable: boolean;
  readonly reason?: StorageReason;
  /** What updates keep of their own. */
  readonly journal: DeliveryJournal;
  readonly #database: ModelDatabase;

  constructor(database: ModelDatabase) {
    this.#database = database;
    this.durable = database.durable;
    if (database.reason !== undefined) this.reason = database.reason;
    this.journal = new DeliveryJournal(database);
  }

  list(): Promise<InstalledModel[]> {
    return this.#database.read("list the models", async (tables) => {
      const shelf = await Shelf.read(tables);
      return [...shelf.rows.values()].map((row) => {
        const { active, lastGood, pinned } = shelf.pointer(row.name);
        return {
          name: row.name,
          version: row.version,
          bytes: row.bytes,
          active: active === row.version,
          lastGood: lastGood === row.version,
          pinned,
          files: [row.data, ...row.files].filter(({ name }) => name !== ""),
          card: JSON.parse(row.card) as InstalledModel["card"],
          installed: row.installed,
        };
      });
    });
  }

  async sizes(): Promise<ModelSizes> {
    const models = await this.list();
    const sum = (rows: readonly InstalledModel[]) =>
      rows.reduce((all, { bytes }) => all + bytes, 0);
    return {
      active: sum(models.filter(({ active }) => active)),
      activeBudget: ACTIVE_BUDGET,
      stored: sum(models),
      storedBudget: STORED_BUDGET,
    };
  }

  async active(name: string): Promise<Artefact | null> {
    const found = await this.#database.read("read a model", async (tables) => {
      // Not the shelf: the engine asks for each model when it starts, and cards are long.
      const version = (await tables.pointers.get(name))?.active ?? null;
      const row = version === null ? undefined : await tables.artefacts.get(keyOf(name, version));
      return row && { row, data: (await tables.blobs.get(row.data.sha256))?.data };
    });
    if (!found) return null;
    const { row } = found;
    return {
      name,
      version: row.version,
      sha256: row.data.sha256,
      data: await whole(`${name} ${row.version}`, row.data, found.data),
      card: JSON.parse(row.card) as Artefact["card"],
      files: new Map(row.files.map((file) => [file.name, file.sha256])),
    };
  }

  async file(name: string, version: string, file: string): Promise<ArrayBuffer> {
    const { row, data } = await this.#database.read("read a model", async (tables) => {
      const artefact = (await Shelf.read(tables)).require(name, version);
      const row = artefact.files.find((other) => other.name === file);
      if (!row) {
        throw new EngineError("invalid_request", `${name} ${version} has no such file`, {
          expected: artefact.files.map((other) => other.name).join(", ") || "no file",
          received: file,
        });
      }
      return { row, data: (await tables.blobs.get(row.sha256))?.data };
    });
    return whole(`${file} of ${name} ${version}`, row, data);
  }

  async install(
    artefact: Artefact,
    files: ReadonlyMap<string, ArrayBuffer> = new Map(),
  ): Promise<void> {
    const { name, version, card } = artefact;
    const what = `artefact ${name} ${version}`;
    const data = {
      name: "",
      sha256: artefact.sha256.toLowerCase(),
      bytes: artefact.data.byteLength,
    };
    const blobs = new Map([[data.sha256, await whole(what, data, artefact.data)]]);
    if (files.size !== artefact.files.size) throw damaged(what);
    const rows: FileRow[] = [];
    for (const [file, hash] of artefact.files) {
      const bytes = files.get(file);
      const row = { name: file, sha256: hash.toLowerCase(), bytes: bytes?.byteLength ?? 0 };
      blobs.set(row.sha256, await whole(`${file} of ${what}`, row, bytes));
      rows.push(row);
    }
    const bytes = [data, ...rows].reduce((sum, row) => sum + row.bytes, 0);
    await this.#change("install a model", async (shelf, tables) => {
      const more = { card: JSON.stringify(card), source: "", bytes, installed: Date.now() };
      shelf.install({ name, version, data, files: rows, ...more });
      for (const [hash, blob] of blobs) await tables.blobs.put({ sha256: hash, data: blob });
    });
  }

  activate(name: string, version: string): Promise<void> {
    return this.#choose("activate a model", name, (shelf) => shelf.activate(name, version));
  }

  deactivate(name: string): Promise<void> {
    return this.#choose("deactivate a model", name, (shelf) => shelf.deactivate(name));
  }

  rollBack(name: string): Promise<string> {
    return this.#choose("roll back a model", name, (shelf) => shelf.rollBack(name));
  }

  remove(name: string, version: string): Promise<void> {
    return this.#change("remove a model", async (shelf) => shelf.remove(name, version));
  }

  async pin(name: string, pinned: boolean): Promise<void> {
    await this.#change("pin a model", async (shelf, tables) => {
      shelf.pointers.set(name, { ...shelf.pointer(name), pinned });
      await forgetEtag(tables);
    });
  }

  failures(): Promise<ModelFailure[]> {
    return this.journal.failures();
  }

  subscribe(listener: () => void): () => void {
    return this.#database.subscribe(listener);
  }

  async erase(): Promise<void> {
    await this.#database.write("erase the models", eraseAll);
    this.#database.tell();
  }

  close(): void {
    this.#database.close();
  }

  /** Names of active artefacts of which a byte is missing or damaged. */
  async damaged(): Promise<string[]> {
    const active = await this.#database.read("check the models", async (tables) => {
      const shelf = await Shelf.read(tables);
      const rows = [...shelf.rows.values()].filter((row) => shelf.active(row.name) === row);
      return Promise.all(
        rows.map(async (row) => {
          const blobs = await Promise.all(hashes(row).map((hash) => tables.blobs.get(hash)));
          return { row, blobs };
        }),
      );
    });
    const names: string[] = [];
    for (const { row, blobs } of active) {
      for (const [i, hash] of hashes(row).entries()) {
        const data = blobs[i]?.data;
        if (data && (await sha256(data)) === hash) continue;
        names.push(row.name);
        break;
      }
    }
    return names;
  }

  /** What a lifter does by hand is pinned: no update takes it back. */
  #choose<T>(what: string, name: string, change: (shelf: Shelf) => T): Promise<T> {
    return this.#change(what, async (shelf, tables) => {
      await forgetEtag(tables);
      const result = change(shelf);
      const pointer = shelf.pointers.get(name);
      if (pointer) shelf.pointers.set(name, { ...pointer, pinned: true });
      return result;
    });
  }

  async #change<T>(
    what: string,
    change: (shelf: Shelf, tables: ModelTables) => Promise<T>,
  ): Promise<T> {
    const result = await this.#database.write(what, async (tables) => {
      const shelf = await Shelf.read(tables);
      const result = await change(shelf, tables);
      shelf.fit();
      await shelf.save(tables);
      return result;
    });
    this.#database.tell();
    return result;
  }
}

/** Return bytes if they are there and fit their SHA-256. */
async function whole(
  what: string,
  { sha256: expected }: FileRow,
  data: ArrayBuffer | undefined,
): Promise<ArrayBuffer> {
  const received = data && (await sha256(data));
  if (data && received === expected) return data;
  throw damaged(what, expected, received);
}

function damaged(what: string, expected?: string, received?: string): EngineError {
  return new EngineError("corrupt_data", `${what} is damaged`, {
    expected: expected === undefined ? "the files that it names" : `SHA-256 ${expected}`,
    received: received ?? "other files, or none",
    remedy: "Install it again from where it came",
  });
}

/** What updates keep of their own: what was seen, what came so far, and why some failed. */
import type { DeliveryRow, ModelTables } from "../storage/model-database.js";
import { together } from "../storage/settle.js";
import type { ModelDatabase } from "./database.js";
import { type DeliveryError, erased } from "./errors.js";
import { sha256 } from "./hashing.js";
import { Shelf } from "./shelf.js";
import type { FailureCode, LeftOut, ModelFailure } from "./types.js";

/** How many failures are kept. */
export const KEPT_FAILURES = 20;

const NEVER: DeliveryRow = {
  key: "delivery",
  sequence: 0,
  manifest: "",
  etag: null,
  basis: "",
  checked: 0,
  released: [],
  left: [],
  expires: null,
  erased: 0,
};

/** What is known of releases, and the models that are wanted besides the defaults. */
export interface Seen extends Omit<DeliveryRow, "key" | "left"> {
  left: LeftOut[];
  wanted: string[];
}

/** What of it a page shows. */
export type Known = Omit<Seen, "manifest" | "etag" | "basis" | "erased">;

export class DeliveryJournal {
  readonly #database: ModelDatabase;
  /** How often everything had been erased when this was asked for; null where that is no matter. */
  readonly #since: number | null;

  constructor(database: ModelDatabase, since: number | null = null) {
    this.#database = database;
    this.#since = since;
  }

  /** Names the lock that updates hold: one at a time over all tabs. */
  get lock(): string {
    return `${this.#database.name}-update`;
  }

  /**
   * The journal of an update that is asked for now. From when on everything is erased, in whatever
   * tab, it writes nothing any more, and rejects: what is half done must not come back.
   */
  async untilErased(): Promise<DeliveryJournal> {
    return new DeliveryJournal(this.#database, await this.#erasures());
  }

  async isErased(): Promise<boolean> {
    return this.#since !== null && this.#since !== (await this.#erasures());
  }

  /**
   * Note that an update begins. One that began and never ended was cut off, which is noted as a
   * failure.
   *
   * @param alone whether the lock is held; without locks it may be going on in another tab.
   */
  begin(now: number, alone: boolean): Promise<Seen> {
    return this.#write("begin an update of the models", async (tables) => {
      const running = await tables.meta.get("running");
      if (alone && running?.key === "running") {
        await note(tables, {
          at: running.at,
          code: "interrupted",
          message: "the page was closed before the update was complete",
          manifestSequence: running.sequence,
        });
      }
      await tables.meta.put({ key: "running", at: now, sequence: null });
      const { key: _, ...seen } = await readSeen(tables);
      return { ...seen, left: leftOf(seen), wanted: await readWanted(tables) };
    });
  }

  /**
   * Note a verified manifest before anything of it is used, unless it is older than one that was
   * seen before, or another one of the same number: these are refused from then on.
   */
  seen(
    { sequence, manifest, expires }: Pick<Seen, "sequence" | "manifest" | "expires">,
    now: number,
  ): Promise<"fine" | "older" | "changed"> {
    return this.#write("note the release", async (tables) => {
      await tables.meta.put({ key: "running", at: now, sequence });
      const before = await readSeen(tables);
      const same = before.manifest === manifest;
      if (sequence < before.sequence) return "older";
      if (sequence === before.sequence && !same) return "changed";
      const etag = same ? before.etag : null;
      await tables.meta.put({ ...before, sequence, manifest, expires, etag, checked: now });
      return "fine";
    });
  }

  /** Note that the server has nothing new. */
  unchanged(now: number): Promise<void> {
    return this.#write("note the release", async (tables) => {
      await tables.meta.put({ ...(await readSeen(tables)), checked: now });
      await tables.meta.delete("running");
    });
  }

  /** Note why an update came to nothing. */
  failed({ code, message }: DeliveryError, at: number): Promise<ModelFailure> {
    return this.#write("note a failed update", async (tables) => {
      const running = await tables.meta.get("running");
      const manifestSequence = running?.key === "running" ? running.sequence : null;
      await tables.meta.delete("running");
      return note(tables, { at, code, message, manifestSequence });
    });
  }

  /** Note why a model is not in use any more, outside of any update. */
  note(failure: Pick<ModelFailure, "code" | "message">, at: number): Promise<ModelFailure> {
    return this.#write("note a failure", (tables) =>
      note(tables, { at, manifestSequence: null, ...failure }),
    );
  }

  /** What is known of releases without asking for one, and what is wanted of them. */
  known(): Promise<Known> {
    return this.#database.read("read what is known of releases", async (tables) => {
      const seen = await readSeen(tables);
      const { sequence, checked, released, expires } = seen;
      const wanted = await readWanted(tables);
      return { sequence, checked, released, expires, left: leftOf(seen), wanted };
    });
  }

  /**
   * Remember whether a model is wanted that is no default; updates bring it in from then on, and
   * keep it up to date.
   */
  async want(model: string, wanted: boolean): Promise<void> {
    await this.#write("note a wish", async (tables) => {
      const others = (await readWanted(tables)).filter((other) => other !== model);
      const models = wanted ? [...others, model].sort() : others;
      await tables.meta.put({ key: "wanted", models });
      const pointer = await tables.pointers.get(model);
      if (!wanted || !pointer?.pinned) return;
      await tables.pointers.put({ ...pointer, pinned: false });
      await forgetEtag(tables);
    });
    this.#database.tell();
  }

  failures(): Promise<ModelFailure[]> {
    return this.#database.read("read the failed updates", async (tables) =>
      newestFirst(await tables.failures.all()).map(({ id: _, ...failure }) => ({
        ...failure,
        code: failure.code as FailureCode,
      })),
    );
  }

  /** Bytes of this hash that are here already, of an installed artefact or of an earlier try. */
  async found(hash: string): Promise<ArrayBuffer | null> {
    const rows = await this.#database.read("look for a file", (tables) =>
      Promise.all([tables.downloads.get(hash), tables.blobs.get(hash)]),
    );
    for (const row of rows) if (row && (await sha256(row.data)) === hash) return row.data;
    return null;
  }

  /** Keep a verified file until its release is complete. */
  keep(hash: string, data: ArrayBuffer): Promise<void> {
    return this.#write("keep a file", async (tables) => {
      await tables.downloads.put({ sha256: hash, data });
    });
  }

  /** Let go of files that no release waits for. */
  dropDownloads(except: ReadonlySet<string> = new Set()): Promise<void> {
    return this.#write("drop files", async (tables) => {
      const rows = await tables.downloads.all();
      const gone = rows.filter((row) => !except.has(row.sha256));
      await together(gone.map((row) => tables.downloads.delete(row.sha256)));
    });
  }

  /** Whether a change would fit the budgets, without making it. */
  rehearse(change: (shelf: Shelf) => void): Promise<void> {
    return this.#database.read("check the budgets", async (tables) => {
      const shelf = await Shelf.read(tables);
      change(shelf);
      shelf.fit();
    });
  }

  /** What is installed, as it is now. */
  shelf(): Promise<Shelf> {
    return this.#database.read("list the models", (tables) => Shelf.read(tables));
  }

  /**
   * Bring a release in: bytes, artefacts, what is active, what was seen and why some of it was
   * left out; or nothing of it.
   */
  async complete(
    change: (shelf: Shelf) => void,
    blobs: ReadonlyMap<string, ArrayBuffer>,
    seen: Pick<Seen, "etag" | "basis" | "released" | "left">,
    now: number,
  ): Promise<void> {
    await this.#write("install the models", async (tables) => {
      const shelf = await Shelf.read(tables);
      change(shelf);
      shelf.fit();
      for (const [hash, data] of blobs) await tables.blobs.put({ sha256: hash, data });
      await shelf.save(tables);
      await tables.meta.put({ ...(await readSeen(tables)), ...seen, checked: now });
      const running = await tables.meta.get("running");
      const manifestSequence = running?.key === "running" ? running.sequence : null;
      for (const { code, message } of seen.left) {
        await note(tables, { at: now, code, message, manifestSequence });
      }
      await tables.meta.delete("running");
      await tables.downloads.clear();
    });
    this.#database.tell();
  }

  #erasures(): Promise<number> {
    return this.#database.read("read what was erased", async (tables) => {
      return (await readSeen(tables)).erased;
    });
  }

  async #write<T>(what: string, action: (tables: ModelTables) => Promise<T>): Promise<T> {
    const done = await this.#database.write(what, async (tables) => {
      const isErased = this.#since !== null && this.#since !== (await readSeen(tables)).erased;
      return isErased ? null : { result: await action(tables) };
    });
    if (!done) throw erased();
    return done.result;
  }
}

/** Let go of everything, but for the number of the release seen last: no old one comes back. */
export async function eraseAll(tables: ModelTables): Promise<void> {
  const { sequence, manifest, erased } = await readSeen(tables);
  for (const table of Object.values(tables)) await table.clear();
  await tables.meta.put({ ...NEVER, sequence, manifest, erased: erased + 1 });
}

/** What is in use is not what the release left: the next update looks at all of it again. */
export async function forgetEtag(tables: ModelTables): Promise<void> {
  const seen = await tables.meta.get("delivery");
  if (seen?.key === "delivery") await tables.meta.put({ ...seen, etag: null });
}

async function readSeen(tables: ModelTables): Promise<DeliveryRow> {
  const seen = await tables.meta.get("delivery");
  return seen?.key === "delivery" ? { ...NEVER, ...seen } : NEVER;
}

function leftOf({ left }: Pick<DeliveryRow, "left">): LeftOut[] {
  return left.map((each) => ({ ...each, code: each.code as FailureCode }));
}

async function readWanted(tables: ModelTables): Promise<string[]> {
  const row = await tables.meta.get("wanted");
  return row?.key === "wanted" ? row.models : [];
}

/** Note a failure; the same one again, in a row, is counted. */
async function note(
  tables: ModelTables,
  failure: Omit<ModelFailure, "times">,
): Promise<ModelFailure> {
  const rows = newestFirst(await tables.failures.all());
  const [last] = rows;
  const again =
    last?.code === failure.code &&
    last.message === failure.message &&
    last.manifestSequence === failure.manifestSequence;
  const times = again ? last.times + 1 : 1;
  const number = last ? Number(last.id) + (again ? 0 : 1) : 1;
  // Padded, so that keys sort as the numbers do.
  await tables.failures.put({ ...failure, times, id: String(number).padStart(12, "0") });
  for (const old of rows.slice(again ? KEPT_FAILURES : KEPT_FAILURES - 1)) {
    await tables.failures.delete(old.id);
  }
  return { ...failure, times };
}

function newestFirst<T extends { id: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.id < b.id ? 1 : -1));
}

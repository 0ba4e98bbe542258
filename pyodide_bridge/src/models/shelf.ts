/** What is installed and in use; the rules are those of `voltlift_core.adapters.shelf`. */
import { EngineError } from "../errors.js";
import type { ArtefactRow, ModelTables, PointerRow } from "../storage/model-database.js";
import { together } from "../storage/settle.js";
import { ACTIVE_BUDGET, STORED_BUDGET } from "./types.js";

export function keyOf(name: string, version: string): string {
  return JSON.stringify([name, version]);
}

/** A draft of the registry's tables: changed here, checked by `fit`, then stored at once. */
export class Shelf {
  readonly #before: ReadonlyMap<string, ArtefactRow>;
  readonly #pointersBefore: ReadonlyMap<string, PointerRow>;
  readonly #fresh = new Set<string>();
  readonly rows: Map<string, ArtefactRow>;
  readonly pointers: Map<string, PointerRow>;

  private constructor(rows: readonly ArtefactRow[], pointers: readonly PointerRow[]) {
    const sorted = [...rows].sort((a, b) => a.order - b.order);
    this.#before = new Map(sorted.map((row) => [row.key, row]));
    this.#pointersBefore = new Map(pointers.map((row) => [row.name, row]));
    this.rows = new Map(this.#before);
    this.pointers = new Map(this.#pointersBefore);
  }

  static async read(tables: ModelTables): Promise<Shelf> {
    const [rows, pointers] = await Promise.all([tables.artefacts.all(), tables.pointers.all()]);
    return new Shelf(rows, pointers);
  }

  pointer(name: string): PointerRow {
    const none = { name, active: null, lastGood: null, pinned: false };
    return this.pointers.get(name) ?? none;
  }

  /** The active artefact of a name. */
  active(name: string): ArtefactRow | undefined {
    const { active } = this.pointer(name);
    return active === null ? undefined : this.rows.get(keyOf(name, active));
  }

  install(row: Omit<ArtefactRow, "key" | "order">): void {
    const key = keyOf(row.name, row.version);
    const last = [...this.rows.values()].at(-1)?.order ?? 0;
    const order = this.rows.get(key)?.order ?? last + 1;
    this.rows.set(key, { ...row, key, order });
    this.#fresh.add(key);
  }

  activate(name: string, version: string): void {
    this.require(name, version);
    const pointer = this.pointer(name);
    let { lastGood } = pointer;
    if (pointer.active !== null && pointer.active !== version) lastGood = pointer.active;
    // It was switched off, and is on again.
    else if (lastGood === version) lastGood = null;
    this.pointers.set(name, { ...pointer, active: version, lastGood });
  }

  deactivate(name: string): void {
    const pointer = this.pointer(name);
    if (pointer.active === null) return;
    this.pointers.set(name, { ...pointer, active: null, lastGood: pointer.active });
  }

  rollBack(name: string): string {
    const pointer = this.pointer(name);
    if (pointer.lastGood === null) {
      throw new EngineError("invalid_request", `${name} has no last good version`, {
        remedy: "Activate one of those that are installed",
      });
    }
    this.pointers.set(name, { ...pointer, active: pointer.lastGood, lastGood: null });
    return pointer.lastGood;
  }

  remove(name: string, version: string): void {
    this.require(name, version);
    const pointer = this.pointer(name);
    if (pointer.active === version) {
      throw new EngineError("invalid_request", `${name} ${version} is in use`, {
        expected: "a version that is not active",
        remedy: "Deactivate it first",
      });
    }
    this.rows.delete(keyOf(name, version));
    if (pointer.lastGood === version) this.pointers.set(name, { ...pointer, lastGood: null });
  }

  /** @throws {EngineError} `invalid_request` where a version is not installed. */
  require(name: string, version: string): ArtefactRow {
    const row = this.rows.get(keyOf(name, version));
    if (row) return row;
    const installed = [...this.rows.values()].filter((other) => other.name === name);
    const versions = installed.map((other) => other.version).join(", ");
    throw new EngineError("invalid_request", `${name} has no such version installed`, {
      expected: versions ? `one of ${versions}` : "an installed version",
      received: version,
      remedy: "Install it first",
    });
  }

  /**
   * Let the oldest of what is not in use make room.
   *
   * @throws {EngineError} `file_too_large` where the rest is beyond a budget.
   */
  fit(): void {
    const kept = new Set(this.#fresh);
    let active = 0;
    for (const { name, active: version, lastGood } of this.pointers.values()) {
      for (const used of [version, lastGood]) if (used !== null) kept.add(keyOf(name, used));
      if (version !== null) active += this.rows.get(keyOf(name, version))?.bytes ?? 0;
    }
    let { stored } = this;
    for (const [key, row] of this.rows) {
      if (stored <= STORED_BUDGET) break;
      if (kept.has(key)) continue;
      this.rows.delete(key);
      stored -= row.bytes;
    }
    check("installed", stored, STORED_BUDGET);
    check("active", active, ACTIVE_BUDGET);
  }

  get stored(): number {
    return [...this.rows.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Store what has changed, and let go of bytes that nothing holds any more. */
  async save(tables: ModelTables): Promise<void> {
    const held = new Set([...this.rows.values()].flatMap(hashes));
    const { rows, pointers } = this;
    const [before, pointersBefore] = [this.#before, this.#pointersBefore];
    await together(
      (function* () {
        for (const [key, row] of before) {
          if (!rows.has(key)) yield tables.artefacts.delete(key);
          if (rows.get(key) === row) continue;
          for (const hash of hashes(row)) if (!held.has(hash)) yield tables.blobs.delete(hash);
        }
        for (const [key, row] of rows) {
          if (before.get(key) !== row) yield tables.artefacts.put(row);
        }
        for (const [name, pointer] of pointers) {
          if (pointersBefore.get(name) !== pointer) yield tables.pointers.put(pointer);
        }
      })(),
    );
  }
}

/** SHA-256 of all files of an artefact. */
export function hashes({ data, files }: Pick<ArtefactRow, "data" | "files">): string[] {
  return [data.sha256, ...files.map(({ sha256 }) => sha256)];
}

function check(which: string, size: number, budget: number): void {
  if (size <= budget) return;
  throw new EngineError(
    "file_too_large",
    `the ${which} artefacts would exceed their budget: at most ${budget} bytes, received ${size}`,
    {
      expected: `at most ${budget} bytes`,
      received: String(size),
      remedy: "Remove or deactivate others first",
    },
  );
}

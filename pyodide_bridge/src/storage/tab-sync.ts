/** Which writes of the log this page knows of, and which it has yet to look up. */

import type { Changes } from "./changes.js";
import type { StoredDocument, StoredRecord } from "./schema.js";

/** What other tabs wrote. */
export interface News {
  records: StoredRecord[];
  documents: StoredDocument[];
  deleted: string[];
  erased: boolean;
}

/**
 * Every write has a number that counts over all tabs. This keeps up to which one the page
 * knows everything, and which later ones were its own.
 */
export class SeenRevisions {
  #seen = 0;
  #own = new Set<number>();
  /** The database that the numbers are of; null until something was stored in it. */
  epoch: string | null = null;

  get seen(): number {
    return this.#seen;
  }

  /** Everything up to here was read. */
  start(revision: number, epoch: string | null): void {
    this.#seen = revision;
    this.#own.clear();
    this.epoch = epoch;
  }

  /** A write of this page has got this number; false where others have written before it. */
  wrote(revision: number): boolean {
    const next = revision === this.#seen + 1;
    if (next) this.#seen = revision;
    else this.#own.add(revision);
    return next;
  }

  /** What is new to the page in all that was written since `seen`. */
  news({ meta, records, documents, deleted }: Changes): News {
    const erased = meta.replaced > this.#seen && !this.#own.has(meta.replaced);
    // Where all was replaced, the page starts anew, its own later writes included.
    const isNew = ({ revision = 0 }: { revision?: number }) => erased || !this.#own.has(revision);
    const news = {
      records: records.filter(isNew),
      documents: documents.filter(isNew),
      deleted: deleted.filter(isNew).map(({ id }) => id),
      erased,
    };
    this.#seen = Math.max(this.#seen, meta.revision);
    this.#own = new Set([...this.#own].filter((revision) => revision > this.#seen));
    this.epoch ??= meta.epoch;
    return news;
  }
}

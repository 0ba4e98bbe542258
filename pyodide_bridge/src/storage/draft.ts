/** A session that is being edited here while other tabs may edit it, too. */
import type { WorkoutSession } from "../contract/contract.js";
import { merge } from "./merge.js";

export interface DraftOptions {
  /** Write what was made of `base`; resolves to what is stored then (`LogStore.write`). */
  write(mine: WorkoutSession, base: WorkoutSession | null): Promise<WorkoutSession>;
  /** `shown` is what the lifter sees, `saved` what is known to be durable. */
  changed(shown: WorkoutSession | null, saved: WorkoutSession | null): void;
  /** A write has failed; what is shown stays, and the next change (or `retry`) writes it. */
  failed(error: unknown): void;
  /** A write has succeeded. */
  stored?(): void;
  /** A write has succeeded of a session that is no longer the one that is edited. */
  passed?(stored: WorkoutSession): void;
}

/**
 * Shows changes at once and writes the newest version, one write at a time: versions that are
 * overtaken while a write is under way are skipped, and an older one never lands after a newer
 * one. What other tabs make of the session is merged into both what is shown and what is
 * under way, so that no write takes for a deletion what it merely has not heard of.
 */
export class Draft {
  readonly #options: DraftOptions;
  #shown: WorkoutSession | null = null;
  #saved: WorkoutSession | null = null;
  #writing: WorkoutSession | null = null;
  #running: Promise<void> | null = null;

  constructor(options: DraftOptions) {
    this.#options = options;
  }

  get shown(): WorkoutSession | null {
    return this.#shown;
  }

  get saved(): WorkoutSession | null {
    return this.#saved;
  }

  /** Take a session as stored, or none. */
  open(stored: WorkoutSession | null): void {
    this.#shown = stored;
    this.#saved = stored;
    this.#writing = null;
    this.#tell();
  }

  /** Show a change, and write it. */
  change(mine: WorkoutSession): void {
    if (this.#saved?.id !== mine.id) this.#saved = null;
    this.#shown = mine;
    this.#tell();
    this.retry();
  }

  /** Write what is not stored yet, as after a failure. */
  retry(): void {
    this.#running ??= this.#run();
  }

  /** Another tab has stored a version of it, or (null) deleted it. */
  hear(theirs: WorkoutSession | null): void {
    if (!this.#shown) return;
    if (theirs === null) {
      // Changes that nobody else has seen yet bring it back as a whole.
      if (this.#shown === this.#saved && !this.#writing) this.open(null);
      return;
    }
    const unsaved = this.#shown !== this.#saved;
    this.#shown = unsaved ? merged(this.#saved, this.#shown, theirs) : theirs;
    if (this.#writing) this.#writing = merged(this.#saved, this.#writing, theirs);
    this.#saved = theirs;
    this.#tell();
    if (unsaved) this.retry();
  }

  /** Resolves once nothing is being written and nothing waits, or the last write has failed. */
  idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  async #run(): Promise<void> {
    // The first write starts when the change that asked for it is complete.
    await null;
    while (this.#shown && this.#shown !== this.#saved) {
      const mine = this.#shown;
      this.#writing = mine;
      try {
        const stored = await this.#options.write(mine, this.#saved);
        const written = this.#writing;
        this.#writing = null;
        // It was finished, deleted or replaced by another session meanwhile.
        if (written === null || this.#shown?.id !== stored.id) {
          this.#options.passed?.(stored);
          continue;
        }
        this.#shown = this.#shown === written ? stored : merged(written, this.#shown, stored);
        this.#saved = stored;
        this.#tell();
        this.#options.stored?.();
      } catch (error) {
        this.#writing = null;
        this.#options.failed(error);
        break;
      }
    }
    this.#running = null;
  }

  #tell(): void {
    this.#options.changed(this.#shown, this.#saved);
  }
}

function merged(
  base: WorkoutSession | null,
  mine: WorkoutSession,
  theirs: WorkoutSession,
): WorkoutSession {
  return merge(base ?? undefined, mine, theirs) as WorkoutSession;
}

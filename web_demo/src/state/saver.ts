/** Writes the newest version of one record, one write at a time. */

export interface Saver<T> {
  /** Ask for `value` to be written; a version that still waits is replaced by it. */
  save(value: T): void;
  /** Resolves once nothing is being written and nothing waits. */
  idle(): Promise<void>;
}

/**
 * Return a saver over `write`.
 *
 * Typing changes a record faster than it can be written. Versions that are overtaken
 * while a write is under way are skipped, so the store is never behind by more than one
 * write and an older version can never land after a newer one.
 */
export function createSaver<T>(
  write: (value: T) => Promise<void>,
  on: { saved(value: T): void; failed(error: unknown, value: T): void },
): Saver<T> {
  let waiting: { value: T } | null = null;
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    while (waiting) {
      const { value } = waiting;
      waiting = null;
      try {
        await write(value);
        on.saved(value);
      } catch (error) {
        on.failed(error, value);
      }
    }
    running = null;
  };

  return {
    save(value) {
      waiting = { value };
      running ??= run();
    },
    idle: () => running ?? Promise.resolve(),
  };
}

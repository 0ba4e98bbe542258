/** A value that changes over time; fits React's `useSyncExternalStore` as it is. */
export interface Readable<T> {
  get(): T;
  /** Call `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** The writable side of a `Readable`. */
export class Cell<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    // A wrapper of its own, so that one function subscribed twice is two subscriptions.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  };

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue; // One before it has unsubscribed it.
      try {
        listener();
      } catch (error) {
        // Reported as any uncaught error; it must not stop the others, or whoever sets.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

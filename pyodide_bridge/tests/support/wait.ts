import type { Readable } from "../../src/readable.js";

/** Resolve once the value fits. */
export function until<T>(readable: Readable<T>, fits: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    let unsubscribe = () => {};
    const look = () => {
      const value = readable.get();
      if (!fits(value)) return;
      unsubscribe();
      resolve(value);
    };
    unsubscribe = readable.subscribe(look);
    look();
  });
}

/** Web Locks of one origin: exclusive ones, granted in the order in which they are asked for. */
export class FakeLocks {
  readonly #queues = new Map<string, Promise<unknown>>();

  request<T>(
    name: string,
    options: LockOptions | (() => Promise<T> | T),
    action?: () => Promise<T> | T,
  ): Promise<T> {
    const { signal } = typeof options === "function" ? {} : options;
    const run = typeof options === "function" ? options : action;
    if (signal?.aborted) return Promise.reject(signal.reason);
    const before = this.#queues.get(name) ?? Promise.resolve();
    const granted = new Promise<void>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
      void before.then(() => resolve());
    });
    const done = granted.then(() => run?.() as T);
    this.#queues.set(name, Promise.allSettled([before, done]));
    return done;
  }
}

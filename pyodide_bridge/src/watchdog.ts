/** Longest part of a wait that one timer measures. */
const STEP_MS = 1_000;

/**
 * Run `action` after `ms` of waking time; returns what cancels it.
 *
 * A page that sleeps with its device, is frozen or throttled sees its timers late, and its
 * worker may not have had that time either. So the wait is a chain of short timers, each of
 * which counts as what it was set to, however late it comes.
 */
function afterAwake(ms: number, action: () => void): () => void {
  let left = ms;
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const step = Math.min(left, STEP_MS);
    timer = setTimeout(() => {
      left -= step;
      if (left > 0) wait();
      else action();
    }, step);
  };
  wait();
  return () => clearTimeout(timer);
}

/** A timer that fires after a silence; each `feed` starts the silence anew. */
export class Watchdog {
  #cancel: () => void = () => undefined;

  constructor(
    readonly silenceMs: number,
    readonly onSilence: () => void,
  ) {
    this.feed();
  }

  feed(): void {
    this.stop();
    this.#cancel = afterAwake(this.silenceMs, this.onSilence);
  }

  stop(): void {
    this.#cancel();
  }
}

/**
 * Resolve to `fallback` where the promise neither resolves nor rejects in time (awake).
 * `listen` is given a function that starts this time anew: a sign of life.
 */
export async function within<T, F>(
  promise: Promise<T>,
  timeoutMs: number,
  fallback: F,
  listen?: (alive: () => void) => void,
): Promise<T | F> {
  let expire = () => {};
  const expired = new Promise<F>((resolve) => {
    expire = () => resolve(fallback);
  });
  const watchdog = new Watchdog(timeoutMs, expire);
  let over = false;
  listen?.(() => {
    if (!over) watchdog.feed();
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    over = true;
    watchdog.stop();
  }
}

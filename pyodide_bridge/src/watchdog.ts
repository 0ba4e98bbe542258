/** A timer that fires after a silence; each `feed` starts the silence anew. */
export class Watchdog {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly silenceMs: number,
    readonly onSilence: () => void,
  ) {
    this.feed();
  }

  feed(): void {
    this.stop();
    this.#timer = setTimeout(this.onSilence, this.silenceMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Resolve to `fallback` where the promise neither resolves nor rejects in time. */
export async function within<T, F>(
  promise: Promise<T>,
  timeoutMs: number,
  fallback: F,
): Promise<T | F> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<F>((resolve) => {
    timer = setTimeout(() => resolve(fallback), timeoutMs);
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}

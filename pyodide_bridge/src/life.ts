/**
 * How the page notices a worker that ends without a word: the worker holds a Web Lock as long
 * as it lives, and the browser gives that lock away when it ends, however that happens. Unlike
 * a heartbeat it says nothing false of a worker that is busy, and it costs nothing meanwhile.
 */

const FOREVER = new Promise<void>(() => undefined);

/**
 * Hold the lock for the rest of this thread's life.
 *
 * @param until ends it earlier; for tests, whose workers share a thread.
 * @returns whether it is held; false where there are no Web Locks.
 */
export async function showLife(lock: string, until: Promise<void> = FOREVER): Promise<boolean> {
  const locks = lockManager();
  if (!locks) return false;
  return new Promise((resolve) => {
    const held = locks.request(lock, () => {
      resolve(true);
      return until;
    });
    held.catch(() => resolve(false));
  });
}

/**
 * Run `onEnd` when the thread that is asked to hold a lock lives no more; never where it
 * cannot be known.
 */
export async function watchLife(
  ask: (lock: string) => Promise<boolean>,
  signal: AbortSignal,
  onEnd: () => void,
): Promise<void> {
  const locks = lockManager();
  if (!locks) return;
  try {
    const lock = `voltlift-life-${crypto.randomUUID()}`;
    if (await ask(lock)) await locks.request(lock, { signal }, onEnd);
  } catch {
    // We ended it ourselves, or the page may not use locks: the timeouts remain.
  }
}

function lockManager(): LockManager | undefined {
  return typeof navigator === "undefined" ? undefined : navigator.locks;
}

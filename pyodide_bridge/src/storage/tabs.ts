/** One writer at a time over all tabs, and word of what was written. */

/** What one tab tells the others: that something was written. They look it up themselves. */
export interface TabMessage {
  revision: number;
}

/** How long a write waits for its turn; a tab that is frozen with the lock may never end. */
const PATIENCE_MS = 3_000;

/**
 * Run a write under a lock shared by all tabs, where the browser has Web Locks. It goes on
 * without where the lock cannot be had: a write is one transaction, so nothing can break.
 */
export async function exclusively<T>(
  name: string,
  action: () => Promise<T>,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  if (!locks) return action();
  let granted = false;
  const run = () => {
    granted = true;
    return action();
  };
  try {
    return await locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, run);
  } catch (error) {
    if (granted) throw error;
    return action();
  }
}

/** Sends and receives `TabMessage`s; silent where the browser has no BroadcastChannel. */
export class TabChannel {
  #channel: BroadcastChannel | null;

  constructor(name: string, onMessage: (message: TabMessage) => void) {
    this.#channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
    this.#channel?.addEventListener("message", (event: MessageEvent<TabMessage>) =>
      onMessage(event.data),
    );
    // In Node an open channel would keep the process alive.
    (this.#channel as { unref?: () => void } | null)?.unref?.();
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = null; // Telling on a closed channel would throw.
  }
}

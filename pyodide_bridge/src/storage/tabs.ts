/** One writer at a time over all tabs, and word of what was written. */

/** What one tab tells the others: ids and names, not contents. */
export interface TabMessage {
  sessions: string[];
  deleted: string[];
  documents: string[];
  erased: boolean;
}

/** Run a write under a lock shared by all tabs, where the browser has Web Locks. */
export async function exclusively<T>(name: string, action: () => Promise<T>): Promise<T> {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  return locks ? await locks.request(name, action) : await action();
}

/** Sends and receives `TabMessage`s; silent where the browser has no BroadcastChannel. */
export class TabChannel {
  readonly #channel: BroadcastChannel | null;

  constructor(name: string, onMessage: (message: TabMessage) => void) {
    this.#channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
    this.#channel?.addEventListener("message", (event: MessageEvent<TabMessage>) =>
      onMessage(event.data),
    );
    // In Node an open channel would keep the process alive.
    (this.#channel as { unref?: () => void } | null)?.unref?.();
  }

  tell(message: Partial<TabMessage>): void {
    const whole = { sessions: [], deleted: [], documents: [], erased: false, ...message };
    this.#channel?.postMessage(whole);
  }

  close(): void {
    this.#channel?.close();
  }
}

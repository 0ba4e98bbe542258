/** Long work in pieces: the page stays responsive between them. */

/** A frame has 16 ms; what is left of it is for everything else. */
const BUDGET_MS = 8;

/**
 * A pause to await between two pieces of work; it lets the page go on only where this work
 * has taken its share of a frame.
 */
export function breathe(now: () => number = () => performance.now()): () => Promise<void> {
  let since = now();
  return async () => {
    if (now() - since < BUDGET_MS) return;
    await nextTurn();
    since = now();
  };
}

/** A message is answered after what waits already, and is not slowed down like a timer. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

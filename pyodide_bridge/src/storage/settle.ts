/** Transactions that are done as a whole or not at all. */

interface Settling {
  readonly done: Promise<void>;
  readonly error: DOMException | null;
  abort(): void;
}

/**
 * Run `action` in a transaction and wait until it is durable. Where anything fails, the whole
 * transaction is aborted, and the error says why: a full device is known to the transaction
 * only, whose requests just say "aborted".
 */
export async function settle<T>(transaction: Settling, action: () => Promise<T>): Promise<T> {
  const done = transaction.done.catch(() => undefined); // Heard below, in any order.
  try {
    const result = await action();
    await transaction.done;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It is over already.
    }
    await done;
    throw isAbort(error) && transaction.error ? transaction.error : error;
  }
}

/**
 * Issue requests and wait for all of them. One that cannot even be issued (a value that
 * cannot be cloned) fails them all.
 */
export async function together(requests: Iterable<Promise<unknown>>): Promise<void> {
  const issued: Promise<unknown>[] = [];
  try {
    for (const request of requests) issued.push(request);
  } catch (error) {
    for (const request of issued) request.catch(() => undefined);
    throw error;
  }
  const outcomes = await Promise.allSettled(issued);
  const failures = outcomes.flatMap((item) => (item.status === "rejected" ? [item.reason] : []));
  // The one that failed first knows why; the others were only aborted with it.
  if (failures.length > 0) throw failures.find((error) => !isAbort(error)) ?? failures[0];
}

function isAbort(error: unknown): boolean {
  return (error as { name?: unknown } | null)?.name === "AbortError";
}

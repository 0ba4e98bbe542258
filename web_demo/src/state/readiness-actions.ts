import type { Persistence, Store } from "./persistence.ts";
import { type CheckIn, withCheckIn, withoutCheckIn } from "./readiness.ts";

/** What can be answered about today. */
export function createReadinessActions(store: Store, persistence: Persistence) {
  let queue: Promise<void> = Promise.resolve();

  /** One after the other: quick taps all build on what the one before has written. */
  const change = (
    make: (logs: Record<string, unknown>, now: number) => Record<string, unknown>,
  ): Promise<void> => {
    const write = () =>
      persistence.commit({ dailyLogs: make(store.getState().dailyLogs, Date.now()) });
    const done = queue.then(write);
    // What fails is said by the storage notice; it does not hold up what comes after.
    queue = done.catch(() => undefined);
    return queue;
  };

  return {
    /** Keep answers of today's check-in, beside those that are there. */
    checkIn: (answers: CheckIn) => change((logs, now) => withCheckIn(logs, now, answers)),

    /** Take today's answers back. */
    clearCheckIn: () => change(withoutCheckIn),
  };
}

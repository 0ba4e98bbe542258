/** Tells the engine what became of its suggestions, and keeps what it learns from that. */
import type { RecordFeedbackRequest, RecordFeedbackResponse } from "@voltlift/bridge";
import type { Persistence, Store } from "./persistence.ts";

export interface Feedback {
  /**
   * Record what is asked for, one after the other: each answer builds on the settings that
   * the one before it has left. What fails stays open; it is asked again another time.
   */
  settle(open: () => readonly RecordFeedbackRequest[]): Promise<void>;
}

/**
 * Return what records feedback by `record`, which has to answer from the settings as stored.
 * It never gets in the way: the sets themselves are stored long before.
 */
export function createFeedback(
  store: Store,
  persistence: Persistence,
  record: (request: RecordFeedbackRequest) => Promise<RecordFeedbackResponse>,
): Feedback {
  let queue: Promise<void> = Promise.resolve();

  const run = async (open: () => readonly RecordFeedbackRequest[]): Promise<void> => {
    for (const request of open()) {
      const { suggestionHistory, suggestionBias } = await record(request);
      const { settings } = store.getState();
      if (!settings) return; // Erased meanwhile: nothing of it may come back.
      await persistence.commit({ settings: { ...settings, suggestionHistory, suggestionBias } });
    }
  };

  return {
    settle(open) {
      queue = queue.then(() => run(open)).catch(() => undefined);
      return queue;
    },
  };
}

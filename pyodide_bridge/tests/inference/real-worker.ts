import type { RoomAnswer } from "../../src/inference/rooms.js";
import { Sessions } from "../../src/inference/sessions.js";
import { FakeInferenceWorker } from "./fake-worker.js";

/** A worker whose sessions are real, behind the real protocol, though on this thread. */
export function realWorker(): FakeInferenceWorker {
  const sessions = new Sessions();
  const answer = async <T>(asked: Promise<T>): Promise<RoomAnswer<T>> =>
    asked.then(
      (ok) => ({ ok }),
      (error) => ({ error: error.toJSON() }),
    );
  return new FakeInferenceWorker({
    open: (...args) => answer(sessions.open(...args)),
    run: (...args) => answer(sessions.run(...args)),
    dispose: (id) => answer(sessions.dispose(id)),
  });
}

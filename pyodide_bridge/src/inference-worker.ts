/** The worker of the runtimes: opens models and asks them, for the engine's worker. */
import { expose, transfer } from "comlink";
import { EngineError } from "./errors.js";
import type { RoomAnswer, RoomApi } from "./inference/rooms.js";
import { Sessions } from "./inference/sessions.js";

const sessions = new Sessions();

const api: RoomApi = {
  open: (...args) => answer(sessions.open(...args)),
  async run(...args) {
    const found = await answer(sessions.run(...args));
    return "ok" in found ? transfer(found, [found.ok.data.buffer]) : found;
  },
  dispose: (id) => answer(sessions.dispose(id)),
};

/** Thrown, an error would lose its code on the way. */
async function answer<T>(asked: Promise<T>): Promise<RoomAnswer<T>> {
  try {
    return { ok: await asked };
  } catch (error) {
    return { error: EngineError.from(error, "inference").toJSON() };
  }
}

expose(api);

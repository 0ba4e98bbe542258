/** Engines that die while something runs in them which is not their own. */
import type { EngineClient } from "../client.js";
import type { EngineErrorCode } from "../errors.js";

/** Deaths within this time belong together, and this many are no chance. */
const WINDOW_MS = 60_000;
const TOO_MANY = 2;

const CODES: readonly EngineErrorCode[] = ["worker_crashed", "timeout"];

/**
 * Run `onHang` when the engine has died or hung twice within a minute while models were in it
 * that another runtime runs: sooner than its client gives it up.
 *
 * @param suspects names of these models, if they were given to the engine that has died.
 */
export function watchDeaths(
  client: EngineClient,
  suspects: () => readonly string[],
  onHang: (names: readonly string[]) => void,
): () => void {
  let deaths: number[] = [];
  let before = client.boot.get().error;
  return client.boot.subscribe(() => {
    const { phase, error } = client.boot.get();
    const isNew = error !== null && error !== before;
    before = error;
    if (!isNew || (phase !== "restarting" && phase !== "failed")) return;
    const names = CODES.includes(error.code) ? suspects() : [];
    if (names.length === 0) return;
    const now = Date.now();
    deaths = [...deaths.filter((time) => now - time < WINDOW_MS), now];
    if (deaths.length < TOO_MANY) return;
    deaths = [];
    onHang(names);
  });
}

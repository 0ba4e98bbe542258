/** Updates, apart from what a page begins with: no list waits for them to be loaded. */
import type { UpdateOptions, UpdateResult } from "./update.js";

/**
 * Look for a newer release and bring it in: verified, tried out, all at once. Never rejects: on
 * any failure what was active stays, and the reason is kept in the registry and returned.
 *
 * One tab at a time does this; another one waits, and finds nothing left to do.
 */
export async function updateModels(options: UpdateOptions): Promise<UpdateResult> {
  const update = await import("./update.js");
  return update.updateModels(options);
}

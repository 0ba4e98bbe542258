/**
 * Ask the browser to keep this page's storage when space runs out. It may say no, and some
 * browsers delete it anyway after days without a visit: offer an export whatever the answer.
 *
 * @returns whether storage is kept; false too where the browser cannot be asked.
 */
export async function requestPersistence(): Promise<boolean> {
  const storage = typeof navigator === "undefined" ? undefined : navigator.storage;
  try {
    // Asking again could show a second prompt (Firefox).
    return (await storage?.persisted?.()) || ((await storage?.persist?.()) ?? false);
  } catch {
    return false;
  }
}

/** How much of the runtime has arrived, for a progress bar and for the boot watchdog. */

interface Manifest {
  files: { name: string; size: number }[];
}

/**
 * Report bytes as they arrive, in steps of a hundredth.
 *
 * Pyodide fetches its largest files by itself, so until `stop` this thread's `fetch` counts.
 * It counts on a copy: the response itself goes on as it came, since of any other the browser
 * would not keep the compiled code. Scripts that are imported count once they are there.
 *
 * @returns the `fetch` to load assets with, and a function that ends the reports.
 */
export function watchDownloads(
  runtimeUrl: string,
  report: (done: number, total: number) => void,
): { fetchAsset: (url: URL) => Promise<Response>; stop: () => void } {
  const sizes = new Map<string, number>();
  const received = new Map<string, number>();
  let told = -1;
  const update = () => {
    let done = 0;
    let total = 0;
    for (const [name, size] of sizes) {
      total += size;
      done += Math.min(received.get(name) ?? 0, size);
    }
    const hundredths = total > 0 ? Math.floor((100 * done) / total) : told;
    if (hundredths === told) return;
    told = hundredths;
    report(done, total);
  };
  const note = (name: string, bytes: number) => {
    received.set(name, bytes);
    update();
  };
  const nameOf = (url: string) =>
    url.startsWith(runtimeUrl) ? url.slice(runtimeUrl.length) : undefined;

  const readSizes = async (manifest: Response) => {
    const { files } = (await manifest.json()) as Manifest;
    for (const { name, size } of files) sizes.set(name, size);
    update();
  };
  const count = async (name: string, copy: Response) => {
    let bytes = 0;
    const reader = copy.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      bytes += part.value.byteLength;
      note(name, bytes);
    }
    note(name, Number.POSITIVE_INFINITY);
  };

  const plainFetch = globalThis.fetch;
  const countingFetch: typeof fetch = async (input, init) => {
    const response = await plainFetch(input, init);
    const name = nameOf(input instanceof Request ? input.url : String(input));
    if (name === undefined || !response.ok) return response;
    if (name === "runtime.json") await readSizes(response.clone());
    // Where the copy fails to arrive, so does the response, and its reader says so.
    else count(name, response.clone()).catch(() => undefined);
    return response;
  };
  globalThis.fetch = countingFetch;
  const observer = observe((url) => {
    const name = nameOf(url);
    if (name !== undefined) note(name, Number.POSITIVE_INFINITY);
  });
  return {
    fetchAsset: countingFetch,
    stop() {
      observer?.disconnect();
      if (globalThis.fetch === countingFetch) globalThis.fetch = plainFetch;
    },
  };
}

/** Hear of files that have arrived, whoever loaded them. */
function observe(note: (url: string) => void): PerformanceObserver | null {
  if (typeof PerformanceObserver === "undefined") return null;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) note(entry.name);
  });
  observer.observe({ type: "resource", buffered: true });
  return observer;
}

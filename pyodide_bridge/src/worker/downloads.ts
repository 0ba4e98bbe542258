/** How much of the runtime has arrived, for a progress bar and for the boot watchdog. */

interface Manifest {
  files: { name: string; size: number }[];
}

/**
 * Report bytes as files arrive. The browser's own record of finished downloads is read, since
 * wrapping the responses would cost the compiled-code cache of WebAssembly.
 *
 * @returns the `fetch` to load assets with, and a function that ends the reports.
 */
export function watchDownloads(
  runtimeUrl: string,
  report: (done: number, total: number) => void,
): { fetchAsset: (url: URL) => Promise<Response>; stop: () => void } {
  const arrived = new Set<string>();
  const sizes = new Map<string, number>();
  const update = () => {
    if (sizes.size === 0) return;
    let done = 0;
    let total = 0;
    for (const [name, size] of sizes) {
      total += size;
      if (arrived.has(name)) done += size;
    }
    report(done, total);
  };
  const note = (url: string) => {
    if (!url.startsWith(runtimeUrl)) return;
    arrived.add(url.slice(runtimeUrl.length));
    update();
  };
  const observer = observe(note);
  return {
    async fetchAsset(url) {
      const response = await fetch(url);
      if (response.ok && url.pathname.endsWith("/runtime.json")) {
        const { files } = (await response.clone().json()) as Manifest;
        for (const { name, size } of files) sizes.set(name, size);
        update();
      }
      return response;
    },
    stop: () => observer?.disconnect(),
  };
}

function observe(note: (url: string) => void): PerformanceObserver | null {
  if (typeof PerformanceObserver === "undefined") return null;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) note(entry.name);
  });
  observer.observe({ type: "resource", buffered: true });
  return observer;
}

/** The engine on Pyodide as released: its loader, its packages from wheels, no preparation. */
import type { PyodideInterface } from "pyodide";

interface Dispatcher {
  call(method: string, request: string): Promise<string>;
}

type Call = [method: string, request: string];

async function boot(): Promise<Dispatcher> {
  const indexURL = new URL("/runtime/stock/", self.location.href).href;
  const { loadPyodide } = (await import(/* @vite-ignore */ `${indexURL}pyodide.mjs`)) as {
    loadPyodide(options: { indexURL: string; packages: string[] }): Promise<PyodideInterface>;
  };
  const pyodide = await loadPyodide({ indexURL, packages: ["voltlift-bridge"] });
  const bridge = pyodide.pyimport("voltlift_bridge") as {
    Dispatcher: { create(): Promise<Dispatcher> };
  };
  return bridge.Dispatcher.create();
}

const booted = boot();

self.onmessage = async ({ data }: MessageEvent<Call[]>) => {
  const dispatcher = await booted;
  let answer = "";
  for (const [method, request] of data) answer = await dispatcher.call(method, request);
  self.postMessage(answer);
};
// A boot that fails must end the run, not leave it waiting.
booted.catch((error) => self.reportError(error));

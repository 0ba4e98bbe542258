/** An engine in a worker, as far as models are concerned: it loads what is active, and is asked. */
import type { EngineClient } from "../../src/client.js";
import type { LeftOutModel, TryModelRequest } from "../../src/contract/contract.js";
import type { EngineError } from "../../src/errors.js";
import { openModelRegistry } from "../../src/models/registry.js";
import { createWorkerClient } from "../../src/worker-client.js";
import { FakeWorker } from "../support/fake-worker.js";
import { runLinear, SPEC } from "./release.js";

export class ModelEngine {
  readonly client: EngineClient;
  /** What was asked, in order; of models that are tried, which file. */
  readonly calls: string[] = [];
  /** The worker that runs now. */
  worker!: FakeWorker;
  /** Answers a method with this failure. */
  failing = new Map<string, EngineError>();
  /** Ends the worker where it is asked to load while this model is active. */
  poison: string | null = null;
  leftOut: LeftOutModel[] = [];
  /** What a request waits for. */
  gate: Promise<unknown> = Promise.resolve();

  constructor() {
    this.client = createWorkerClient({
      runtimeUrl: "https://app.example/runtime/",
      restartPausesMs: [0],
      createWorker: () => {
        this.worker = new FakeWorker({
          call: (wire, json, bytes) => this.#call(wire, json, bytes),
        });
        return this.worker;
      },
    });
  }

  async #call(wire: string, json: string, bytes?: ArrayBuffer): Promise<string> {
    const request = JSON.parse(json) as object;
    const answer = (ok: object) => JSON.stringify({ ok });
    const failure = this.failing.get(wire);
    this.calls.push("file" in request ? `${wire} ${String(request.file)}` : wire);
    await this.gate;
    if (failure) return JSON.stringify({ error: failure.toJSON() });
    if (wire === "load_models") return answer(await this.#load());
    if (wire !== "try_model") return answer({});
    const files = parts(request as TryModelRequest, bytes);
    const { model, version, file, inputs } = request as TryModelRequest;
    const data = files.get(file) ?? new ArrayBuffer();
    const { signal } = new AbortController();
    const outputs = await runLinear({ model, version, file, files, data, inputs, signal });
    return answer({ outputs: [...(outputs as Float32Array)], runtime: "numpy" });
  }

  async #load(): Promise<object> {
    const registry = await openModelRegistry();
    const active = (await registry.list()).filter((model) => model.active);
    registry.close();
    if (active.some(({ name }) => name === this.poison)) {
      this.worker.crash("out of memory");
      await new Promise(() => undefined);
    }
    const models = active.map(({ name, version }) => ({ name, version, runtime: "numpy" }));
    const { leftOut } = this;
    return { engineVersion: "0.1.0", specs: [SPEC], models, leftOut, durationMs: 1 };
  }
}

function parts({ files }: TryModelRequest, bytes: ArrayBuffer | undefined) {
  const found = new Map<string, ArrayBuffer>();
  let offset = 0;
  for (const { name, bytes: length } of files) {
    found.set(name, (bytes ?? new ArrayBuffer()).slice(offset, offset + length));
    offset += length;
  }
  return found;
}

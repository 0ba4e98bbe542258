import { expose } from "comlink";
import { showLife } from "../../src/life.js";
import type { BootOptions, BootProgress, CallProgress, WorkerApi } from "../../src/protocol.js";
import type { WorkerLike } from "../../src/worker-session.js";

const NEVER = new Promise<never>(() => undefined);

/** What a fake worker does; each part may be replaced by a test. */
export interface Behaviour {
  boot?(options: BootOptions, onProgress: (progress: BootProgress) => void): Promise<string>;
  call?(
    wire: string,
    json: string,
    bytes?: ArrayBuffer,
    onProgress?: (progress: CallProgress) => void,
  ): Promise<string>;
  ping?(): Promise<true>;
}

export const DESCRIPTION = { engineVersion: "1.2.3", revision: 7, workouts: 42, notices: [] };

/**
 * A worker that speaks the real protocol over a real MessageChannel, on this thread. It can
 * crash (an error event) and hang (nothing is answered any more, pings included).
 */
export class FakeWorker implements WorkerLike {
  readonly calls: { wire: string; request: unknown; bytes: ArrayBuffer | undefined }[] = [];
  terminated = false;
  /** The requests that it was told to give up, by their place in `calls`. */
  readonly aborts: number[] = [];
  hanging = false;
  /** Ends the worker's life as the browser sees it, without a word to the page. */
  vanish = (): void => undefined;
  readonly #page: MessagePort;
  readonly #inside: MessagePort;
  readonly #events = new EventTarget();

  constructor(behaviour: Behaviour = {}) {
    const { port1, port2 } = new MessageChannel();
    this.#page = port1;
    this.#inside = port2;
    const answer = <T>(action: () => Promise<T>): Promise<T> => (this.hanging ? NEVER : action());
    const ids: number[] = [];
    const api: WorkerApi = {
      boot: (options, onProgress) =>
        answer(
          async () => behaviour.boot?.(options, onProgress) ?? JSON.stringify({ ok: DESCRIPTION }),
        ),
      call: (id, wire, json, bytes, onProgress) => {
        ids.push(id);
        this.calls.push({ wire, request: JSON.parse(json), bytes });
        return answer(
          async () => behaviour.call?.(wire, json, bytes, onProgress) ?? `{"ok":${json}}`,
        );
      },
      abort: async (id) => {
        this.aborts.push(ids.indexOf(id));
      },
      showLife: (lock) =>
        answer(() =>
          showLife(
            lock,
            new Promise((resolve) => {
              this.vanish = resolve;
            }),
          ),
        ),
      ping: () => answer(async () => behaviour.ping?.() ?? (true as const)),
    };
    expose(api, this.#inside);
  }

  crash(message: string): void {
    this.#events.dispatchEvent(Object.assign(new Event("error"), { message }));
  }

  garble(): void {
    this.#events.dispatchEvent(new Event("messageerror"));
  }

  terminate(): void {
    this.terminated = true;
    this.vanish();
    this.#page.close();
    this.#inside.close();
  }

  postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions): void {
    if (!this.terminated) this.#page.postMessage(message, transfer as Transferable[]);
  }

  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type === "message") {
      this.#page.addEventListener(type, listener);
      this.#page.start();
    } else this.#events.addEventListener(type, listener);
  }

  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    this.#page.removeEventListener(type, listener);
    this.#events.removeEventListener(type, listener);
  }
}

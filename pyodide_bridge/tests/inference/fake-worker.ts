import { expose } from "comlink";
import type { RoomApi } from "../../src/inference/rooms.js";
import type { WorkerLike } from "../../src/worker-session.js";

const NEVER = new Promise<never>(() => undefined);

/** What the sessions of a fake worker do; each part may be replaced by a test. */
export type Behaviour = Partial<RoomApi>;

/**
 * A worker of runtimes that speaks the real protocol over a real MessageChannel, on this thread.
 * It can crash (an error event) and hang (nothing is answered any more).
 */
export class FakeInferenceWorker implements WorkerLike {
  terminated = false;
  hanging = false;
  readonly asked: string[] = [];
  readonly #outside: MessagePort;
  readonly #inside: MessagePort;
  readonly #events = new EventTarget();

  constructor(behaviour: Behaviour = {}) {
    const { port1, port2 } = new MessageChannel();
    this.#outside = port1;
    this.#inside = port2;
    const answer = <T>(what: string, action: () => Promise<T>): Promise<T> => {
      this.asked.push(what);
      return this.hanging ? NEVER : action();
    };
    let count = 0;
    const api: RoomApi = {
      open: (...args) =>
        answer("open", async () => {
          if (behaviour.open) return behaviour.open(...args);
          count += 1;
          return { ok: { id: `inner-${count}`, runtime: "fake", inputs: ["x"], outputs: ["y"] } };
        }),
      run: (...args) =>
        answer(`run ${args[0]}`, async () => {
          if (behaviour.run) return behaviour.run(...args);
          return { ok: { shapes: args[1], data: args[2] } };
        }),
      dispose: (id) =>
        answer(`dispose ${id}`, async () => behaviour.dispose?.(id) ?? { ok: undefined }),
    };
    expose(api, this.#inside);
  }

  postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions): void {
    if (!this.terminated) this.#outside.postMessage(message, transfer as Transferable[]);
  }

  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type !== "message") this.#events.addEventListener(type, listener);
    else {
      this.#outside.addEventListener(type, listener);
      this.#outside.start();
    }
  }

  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type !== "message") this.#events.removeEventListener(type, listener);
    else this.#outside.removeEventListener(type, listener);
  }

  terminate(): void {
    this.terminated = true;
    this.#outside.close();
    this.#inside.close();
  }

  /** What the browser tells of a script that fails; returns whether it goes on to tell others. */
  crash(message: string): boolean {
    const event = new Event("error", { cancelable: true });
    return this.#events.dispatchEvent(Object.assign(event, { message }));
  }
}

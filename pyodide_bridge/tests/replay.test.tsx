// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallOptions } from "../src/client.js";
import type { MethodName, Methods, ReplayResponse } from "../src/contract/contract.js";
import { EngineError } from "../src/errors.js";
import type { ModelConnection, ModelsState } from "../src/models/state.js";
import { useReplay, VoltLiftProvider } from "../src/react.js";
import { Cell } from "../src/readable.js";
import type { Connection, SyncState } from "../src/sync/connection.js";
import { FakeEngine, listOf } from "./support/fake-engine.js";

const SYNCED: SyncState = { status: "synced", done: 0, total: 0, error: null, report: null };

function answer(revision: number): ReplayResponse {
  const { meta } = listOf([], { revision });
  return { tasks: [], weights: [], unit: "kg", first: null, last: null, meta };
}

/** Answers a replay when it is told to, and remembers how it was asked. */
class SlowEngine extends FakeEngine {
  asked: { request: object; options: CallOptions }[] = [];
  finish: (outcome: ReplayResponse | EngineError) => void = () => undefined;

  override async call<M extends MethodName>(
    method: M,
    request: Methods[M]["request"],
    options: CallOptions = {},
  ): Promise<Methods[M]["response"]> {
    if (method !== "replay") return super.call(method, request, options);
    this.asked.push({ request, options });
    const outcome = await new Promise<ReplayResponse | EngineError>((resolve) => {
      this.finish = resolve;
      options.signal?.addEventListener("abort", () => resolve(new EngineError("aborted", "")));
    });
    if (outcome instanceof EngineError) throw outcome;
    return outcome as Methods[M]["response"];
  }
}

let engine: SlowEngine;
let revision: Cell<number>;
let models: ModelConnection | null;

beforeEach(() => {
  engine = new SlowEngine();
  revision = new Cell(7);
  models = null;
});
afterEach(cleanup);

const wrapper = ({ children }: { children: ReactNode }) => {
  const connection: Connection = {
    revision,
    state: new Cell<SyncState>(SYNCED),
    synced: () => Promise.resolve(),
    resync: () => undefined,
    stop: () => undefined,
  };
  return (
    <VoltLiftProvider client={engine} connection={connection} models={models}>
      {children}
    </VoltLiftProvider>
  );
};
const show = () => renderHook(() => useReplay({ questions: 40 }), { wrapper });
const settle = (action: () => void = () => undefined) =>
  act(async () => {
    action();
    await new Promise<void>((resolve) => setTimeout(resolve, 5));
  });

describe("a replay", () => {
  it("begins by a tap, tells how far it is, and ends with the result", async () => {
    const { result } = show();
    await settle();
    expect(result.current.status).toBe("idle");
    expect(engine.asked).toHaveLength(0);
    await settle(() => result.current.start());
    expect(result.current.status).toBe("running");
    expect(engine.asked[0]?.request).toMatchObject({ questions: 40 });
    const progress = { stage: "next_exercise", done: 3, total: 40 };
    await settle(() => engine.asked[0]?.options.onProgress?.(progress));
    expect(result.current.progress).toEqual(progress);
    await settle(() => engine.finish(answer(7)));
    expect(result.current).toMatchObject({ status: "done", progress: null, isOlder: false });
  });

  it("asks once, however often it is tapped", async () => {
    const { result } = show();
    await settle(() => {
      result.current.start();
      result.current.start();
    });
    expect(engine.asked).toHaveLength(1);
  });

  it("is given up by a tap; an earlier result stays, and what comes late does not count", async () => {
    const { result } = show();
    await settle(() => result.current.start());
    await settle(() => engine.finish(answer(7)));
    await settle(() => result.current.start());
    const late = engine.asked[1]?.options;
    await settle(() => result.current.cancel());
    expect(late?.signal?.aborted).toBe(true);
    expect(result.current.status).toBe("done");
    await settle(() => late?.onProgress?.({ stage: "next_weight", done: 1, total: 2 }));
    expect(result.current.progress).toBeNull();
    expect(result.current.data?.meta.revision).toBe(7);
  });

  it("is given up by leaving, and its result is there again on coming back", async () => {
    const first = show();
    await settle(() => first.result.current.start());
    first.unmount();
    expect(engine.asked[0]?.options.signal?.aborted).toBe(true);
    const second = show();
    expect(second.result.current.status).toBe("idle");
    await settle(() => second.result.current.start());
    await settle(() => engine.finish(answer(7)));
    second.unmount();
    expect(show().result.current).toMatchObject({ status: "done", isOlder: false });
  });

  it("is marked as older once the log has changed", async () => {
    const { result } = show();
    await settle(() => result.current.start());
    await settle(() => engine.finish(answer(7)));
    await settle(() => revision.set(8));
    expect(result.current.isOlder).toBe(true);
    await settle(() => result.current.start());
    await settle(() => engine.finish(answer(8)));
    expect(result.current.isOlder).toBe(false);
  });

  it("is marked as older once other models answer, but not while they are being loaded", async () => {
    const state = (version: string) =>
      ({
        loaded: [{ name: "ranker", version, runtime: "numpy" }],
        failed: [] as ModelsState["failed"],
      }) as ModelsState;
    const loaded = new Cell(state("1"));
    const settled = new Cell(true);
    models = { state: loaded, settled } as unknown as ModelConnection;
    const { result } = show();
    await settle(() => result.current.start());
    await settle(() => engine.finish(answer(7)));
    await settle(() => {
      settled.set(false);
      loaded.set({ ...state("1"), loaded: [] });
    });
    expect(result.current.isOlder).toBe(false);
    await settle(() => {
      loaded.set(state("1"));
      settled.set(true);
    });
    expect(result.current.isOlder).toBe(false);
    const failed = [{ name: "ranker", version: "1", reason: "it hung" }];
    await settle(() => loaded.set({ ...state("1"), failed }));
    expect(result.current.isOlder).toBe(true);
    await settle(() => loaded.set(state("1")));
    expect(result.current.isOlder).toBe(false);
    await settle(() => loaded.set(state("2")));
    expect(result.current.isOlder).toBe(true);
  });

  it("is marked as older where another engine took over, which may not have had the models", async () => {
    const { result } = show();
    await settle(() => result.current.start());
    const boot = engine.boot.get();
    await settle(() => engine.boot.set({ ...boot, generation: boot.generation + 1 }));
    await settle(() => engine.finish(answer(7)));
    // The answer of the first engine does not count: the second one is asked as well.
    await settle(() => engine.finish(answer(7)));
    expect(result.current).toMatchObject({ status: "done", isOlder: true });
    await settle(() => result.current.start());
    await settle(() => engine.finish(answer(7)));
    expect(result.current).toMatchObject({ status: "done", isOlder: false });
  });

  it("is marked as older once something else is asked", async () => {
    const { result, rerender } = renderHook(
      ({ questions }: { questions: number }) => useReplay({ questions }),
      { wrapper, initialProps: { questions: 40 } },
    );
    await settle(() => result.current.start());
    await settle(() => engine.finish(answer(7)));
    rerender({ questions: 80 });
    expect(result.current.isOlder).toBe(true);
    rerender({ questions: 40 });
    expect(result.current.isOlder).toBe(false);
  });

  it("says what went wrong, keeps an earlier result, and can be tried again", async () => {
    const { result } = show();
    await settle(() => result.current.start());
    await settle(() => engine.finish(new EngineError("timeout", "too long")));
    expect(result.current.status).toBe("failed");
    expect(result.current.error?.code).toBe("timeout");
    await settle(() => result.current.start());
    expect(result.current).toMatchObject({ status: "running", error: null });
    await settle(() => engine.finish(answer(7)));
    expect(result.current.status).toBe("done");
  });
});

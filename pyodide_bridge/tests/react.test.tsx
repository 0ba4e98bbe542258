// @vitest-environment happy-dom
import { act, cleanup, render, renderHook, screen } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RecommendExercisesResponse } from "../src/contract/contract.js";
import { EngineError } from "../src/errors.js";
import {
  type RecommendationQuery,
  useBootState,
  useEngine,
  useExerciseRecommendations,
  useExplanation,
  VoltLiftProvider,
} from "../src/react.js";
import { Cell } from "../src/readable.js";
import { contextKey, createSessionCache, type SessionCache } from "../src/session-cache.js";
import type { Connection, SyncState } from "../src/sync/connection.js";
import { FakeEngine, listOf, recommendation } from "./support/fake-engine.js";

/** A connection whose revision a test sets. */
class FakeConnection implements Connection {
  readonly revision = new Cell(1);
  readonly state = new Cell<SyncState>({
    status: "synced",
    done: 0,
    total: 0,
    error: null,
    report: null,
  });
  waiting: Promise<void> = Promise.resolve();
  synced = () => this.waiting;
  resync = vi.fn();
  stop = vi.fn();
}

let engine: FakeEngine;
let connection: FakeConnection;
let cache: SessionCache;
let answers: RecommendExercisesResponse[];

beforeEach(() => {
  engine = new FakeEngine();
  connection = new FakeConnection();
  localStorage.clear();
  cache = createSessionCache(localStorage);
  answers = [];
  engine.answers.recommendExercises = () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer) throw new EngineError("internal", "no answer prepared");
    return answer;
  };
});
afterEach(cleanup);

const wrapper = ({ children }: { children: ReactNode }) => (
  <StrictMode>
    <VoltLiftProvider client={engine} connection={connection}>
      {children}
    </VoltLiftProvider>
  </StrictMode>
);

function open(query: RecommendationQuery | null = {}) {
  return renderHook(
    ({ query }: { query: RecommendationQuery | null }) =>
      useExerciseRecommendations(query, { cache }),
    { wrapper, initialProps: { query } },
  );
}

/** Let everything that is on its way arrive. */
const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 10)));

const shown = (data: RecommendExercisesResponse | null) =>
  data?.recommendations.map(({ exercise }) => exercise.id);

const asked = () => engine.log.filter(({ method }) => method === "recommendExercises");

function List() {
  const { data, status, savedAt } = useExerciseRecommendations({}, { cache });
  return <p>{`${status} ${savedAt} ${shown(data)?.join()}`}</p>;
}

describe("useExerciseRecommendations", () => {
  it("goes from loading to fresh, and keeps the answer for next time", async () => {
    answers = [listOf(["a", "b"])];
    const { result } = open();
    expect(result.current).toMatchObject({ status: "loading", data: null, savedAt: null });
    await settle();
    expect(result.current).toMatchObject({ status: "fresh", pending: null, error: null });
    expect(shown(result.current.data)).toEqual(["a", "b"]);
    expect(shown(cache.get(contextKey({}))?.response ?? null)).toEqual(["a", "b"]);
  });

  it("fills in the moment and the offset", async () => {
    answers = [listOf(["a"])];
    const before = Date.now();
    open({ limit: 5 });
    await settle();
    const request = asked().at(-1)?.request as { now: number };
    expect(request).toMatchObject({
      limit: 5,
      utcOffsetMinutes: -new Date().getTimezoneOffset(),
    });
    expect(request.now).toBeGreaterThanOrEqual(before);
  });

  it("shows the cached list in its first frame, marked with its time", async () => {
    cache.put(contextKey({}), listOf(["a", "b"]), 1_000);
    connection.waiting = new Promise(() => undefined);
    render(<List />, { wrapper });
    expect(screen.getByText("cached 1000 a,b")).toBeTruthy();
    await settle();
    expect(asked()).toEqual([]); // The log is not synced yet: the engine's answer would be wrong.
  });

  it("updates points in place where the order stays", async () => {
    cache.put(contextKey({}), listOf(["a", "b"], { score: 40 }), 1_000);
    answers = [listOf(["a", "b"], { score: 60 })];
    const { result } = open();
    await settle();
    expect(result.current).toMatchObject({ status: "fresh", savedAt: null, pending: null });
    expect(result.current.data?.recommendations[0]?.score).toBe(60);
  });

  it("holds another order back until it is asked for", async () => {
    cache.put(contextKey({}), listOf(["a", "b"]), 1_000);
    answers = [listOf(["b", "a"])];
    const { result } = open();
    await settle();
    expect(result.current).toMatchObject({ status: "cached", savedAt: 1_000 });
    expect(shown(result.current.data)).toEqual(["a", "b"]);
    expect(shown(result.current.pending)).toEqual(["b", "a"]);
    act(() => result.current.apply());
    expect(result.current).toMatchObject({ status: "fresh", savedAt: null, pending: null });
    expect(shown(result.current.data)).toEqual(["b", "a"]);
  });

  it("shows the newer list when it is opened the next time", async () => {
    cache.put(contextKey({}), listOf(["a", "b"]), 1_000);
    answers = [listOf(["b", "a"])];
    const { result, rerender } = open();
    await settle();
    rerender({ query: null });
    expect(result.current).toMatchObject({ status: "loading", data: null, pending: null });
    rerender({ query: {} });
    expect(shown(result.current.data)).toEqual(["b", "a"]);
    await settle();
    expect(result.current).toMatchObject({ status: "fresh", pending: null });
  });

  it("does not ask again for a query that only looks new", async () => {
    answers = [listOf(["a"])];
    const { rerender } = open({ now: 1, limit: 5 });
    await settle();
    const count = asked().length;
    for (let now = 2; now < 6; now++) rerender({ query: { now, limit: 5 } });
    await settle();
    expect(asked()).toHaveLength(count);
  });

  it("opens another list for another session, at once", async () => {
    answers = [listOf(["a", "b"])];
    const { result, rerender } = open();
    await settle();
    answers = [listOf(["c", "d"])];
    rerender({ query: { session: { logs: [{ id: "1", exerciseId: "a" }] } } });
    expect(result.current).toMatchObject({ status: "loading", data: null });
    await settle();
    expect(shown(result.current.data)).toEqual(["c", "d"]);
    expect(result.current.status).toBe("fresh");
  });

  it("turns the list at once where only the weight of the routine is another one", async () => {
    answers = [listOf(["squat", "row"])];
    const { result, rerender } = open({ limit: 5 });
    await settle();
    answers = [listOf(["row", "squat"])];
    rerender({ query: { limit: 5, routine: 1 } });
    // Nothing is emptied while the answer is on its way.
    expect(shown(result.current.data)).toEqual(["squat", "row"]);
    // The settings that hold the dial are a new revision, on which the list asks once more.
    act(() => connection.revision.set(2));
    await settle();
    expect(result.current.pending).toBeNull();
    expect(result.current.status).toBe("fresh");
    expect(shown(result.current.data)?.[0]).toBe("row");
    // From then on another order waits again.
    answers = [listOf(["squat", "row"])];
    act(() => connection.revision.set(3));
    await settle();
    expect(shown(result.current.data)?.[0]).toBe("row");
    expect(result.current.pending).not.toBeNull();
  });

  it("follows the log, and drops the answer of an older revision", async () => {
    let release = (_answer: RecommendExercisesResponse) => {};
    const old = new Promise<RecommendExercisesResponse>((resolve) => {
      release = resolve;
    });
    engine.answers.recommendExercises = () => old;
    const { result } = open();
    await settle();
    answers = [listOf(["new"], { revision: 2 })];
    engine.answers.recommendExercises = () => answers[0];
    act(() => connection.revision.set(2));
    await settle();
    release(listOf(["old"], { revision: 1 }));
    await settle();
    expect(shown(result.current.data)).toEqual(["new"]);
    expect(result.current.pending).toBeNull();
  });

  it("takes no answer of an engine that was replaced and does not know the log yet", async () => {
    let calls = 0;
    engine.answers.recommendExercises = () => {
      calls += 1;
      if (calls > 1) return listOf(["right"], { revision: 2 });
      engine.forget(); // The worker died; its successor answers the request that was retried.
      return listOf(["knows nothing"], { revision: 0 });
    };
    const put = vi.spyOn(cache, "put");
    const { result } = renderHook(() => useExerciseRecommendations({}, { cache }), {
      wrapper: ({ children }: { children: ReactNode }) => (
        <VoltLiftProvider client={engine} connection={connection}>
          {children}
        </VoltLiftProvider>
      ),
    });
    await settle();
    expect(shown(result.current.data)).toEqual(["right"]);
    expect(put).toHaveBeenCalledOnce();
  });

  it("waits for the log, yet answers where syncing fails", async () => {
    answers = [listOf(["a"])];
    connection.waiting = Promise.reject(new EngineError("internal", "not synced"));
    const { result } = open();
    await settle();
    expect(shown(result.current.data)).toEqual(["a"]);
  });

  it("states an error, and recovers with refresh", async () => {
    const failing = new EngineError("internal", "no");
    engine.answers.recommendExercises = () => {
      throw failing;
    };
    const { result } = open();
    await settle();
    expect(result.current).toMatchObject({ status: "error", data: null, error: failing });
    engine.answers.recommendExercises = () => listOf(["a"]);
    act(() => result.current.refresh());
    await settle();
    expect(result.current).toMatchObject({ status: "fresh", error: null });
  });

  it("keeps a list on screen when a later answer fails, and asks a new engine again", async () => {
    cache.put(contextKey({}), listOf(["a"]), 1_000);
    engine.answers.recommendExercises = () => {
      throw new EngineError("worker_crashed", "gone");
    };
    const { result } = open();
    await settle();
    expect(result.current).toMatchObject({ status: "cached", error: { code: "worker_crashed" } });
    engine.answers.recommendExercises = () => listOf(["a"], { score: 70 });
    act(() => engine.forget());
    await settle();
    expect(result.current).toMatchObject({ status: "fresh", error: null });
  });

  it("shows what refresh brings, whatever its order", async () => {
    answers = [listOf(["a", "b"])];
    const { result } = open();
    await settle();
    answers = [listOf(["b", "a"])];
    act(() => result.current.refresh());
    await settle();
    expect(shown(result.current.data)).toEqual(["b", "a"]);
    expect(result.current.pending).toBeNull();
  });

  it("works without a cache, and keeps nothing then", async () => {
    answers = [listOf(["a"])];
    const { result } = renderHook(() => useExerciseRecommendations({}, { cache: false }), {
      wrapper,
    });
    await settle();
    expect(shown(result.current.data)).toEqual(["a"]);
    expect(localStorage.length).toBe(0);
  });

  it("asks nothing once it is gone", async () => {
    answers = [listOf(["a"])];
    const { unmount } = open();
    await settle();
    const count = asked().length;
    unmount();
    connection.revision.set(9);
    engine.forget();
    await settle();
    expect(asked()).toHaveLength(count);
  });
});

describe("useExplanation", () => {
  const explained = (exerciseId: string) => ({
    candidate: recommendation(exerciseId, 0, 40),
    listed: false,
    lastListed: null,
    gap: 7,
    excluded: null,
    changes: [],
    meta: listOf([]).meta,
  });

  it("is idle until it is asked, then answers for each exercise", async () => {
    engine.answers.explain = ({ exerciseId }) => explained(exerciseId);
    const { result, rerender } = renderHook(
      ({ id }: { id: string | null }) => useExplanation(id, { limit: 5 }),
      { wrapper, initialProps: { id: null as string | null } },
    );
    expect(result.current).toMatchObject({ status: "idle", data: null });
    rerender({ id: "squat" });
    expect(result.current.status).toBe("loading");
    await settle();
    expect(result.current.data?.candidate.exercise.id).toBe("squat");
    rerender({ id: "row" });
    expect(result.current).toMatchObject({ status: "loading", data: null });
    await settle();
    expect(result.current.data?.candidate.exercise.id).toBe("row");
    rerender({ id: null });
    expect(result.current).toMatchObject({ status: "idle", data: null });
  });

  it("asks a new engine again where the last one could not answer", async () => {
    engine.answers.explain = () => {
      throw new EngineError("worker_crashed", "gone");
    };
    const { result } = renderHook(() => useExplanation("squat"), { wrapper });
    await settle();
    expect(result.current.status).toBe("error");
    engine.answers.explain = ({ exerciseId }) => explained(exerciseId);
    act(() => engine.forget());
    await settle();
    expect(result.current).toMatchObject({ status: "fresh", error: null });
  });

  it("takes no answer of an engine that was replaced meanwhile", async () => {
    let gap = 0;
    engine.answers.explain = ({ exerciseId }) => {
      if (gap++ === 0) engine.forget();
      return { ...explained(exerciseId), gap };
    };
    const { result } = renderHook(() => useExplanation("squat"), { wrapper });
    await settle();
    expect(result.current.data?.gap).toBeGreaterThan(1);
    expect(engine.log.filter(({ method }) => method === "explain").length).toBe(gap);
  });

  it("follows the log, states errors and asks again", async () => {
    let gap = 1;
    engine.answers.explain = ({ exerciseId }) => ({ ...explained(exerciseId), gap });
    const { result } = renderHook(() => useExplanation("squat"), { wrapper });
    await settle();
    gap = 2;
    act(() => connection.revision.set(2));
    await settle();
    expect(result.current.data?.gap).toBe(2);
    engine.answers.explain = () => {
      throw new EngineError("unknown_exercise", "no");
    };
    act(() => result.current.refresh());
    await settle();
    expect(result.current).toMatchObject({ status: "error", error: { code: "unknown_exercise" } });
  });
});

describe("the provider", () => {
  it("gives the client and its boot state", () => {
    const { result } = renderHook(() => ({ client: useEngine(), boot: useBootState() }), {
      wrapper,
    });
    expect(result.current.client).toBe(engine);
    expect(result.current.boot.phase).toBe("ready");
    act(() => engine.boot.set({ ...engine.boot.get(), phase: "restarting" }));
    expect(result.current.boot.phase).toBe("restarting");
  });

  it("is needed, and says so", () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(() => renderHook(() => useEngine())).toThrow(/VoltLiftProvider/);
  });
});

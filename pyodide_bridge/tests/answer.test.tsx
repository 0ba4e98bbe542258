// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SuggestLoadResponse } from "../src/contract/contract.js";
import { EngineError } from "../src/errors.js";
import {
  type LoadQuery,
  useLoadSuggestion,
  useTodaysSession,
  VoltLiftProvider,
} from "../src/react.js";
import { Cell } from "../src/readable.js";
import type { Connection, SyncState } from "../src/sync/connection.js";
import { FakeEngine } from "./support/fake-engine.js";

let engine: FakeEngine;
const revision = new Cell(1);
const connection: Connection = {
  revision,
  state: new Cell<SyncState>({ status: "synced", done: 0, total: 0, error: null, report: null }),
  synced: () => Promise.resolve(),
  resync: () => undefined,
  stop: () => undefined,
};

beforeEach(() => {
  engine = new FakeEngine();
  engine.answers.suggestLoad = ({ exerciseId, setIndex }) =>
    ({ exerciseId, setIndex: setIndex ?? 0 }) as Partial<SuggestLoadResponse>;
});
afterEach(cleanup);

const wrapper = ({ children }: { children: ReactNode }) => (
  <StrictMode>
    <VoltLiftProvider client={engine} connection={connection}>
      {children}
    </VoltLiftProvider>
  </StrictMode>
);
const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 10)));
const open = (query: LoadQuery | null) =>
  renderHook(({ query }: { query: LoadQuery | null }) => useLoadSuggestion(query), {
    wrapper,
    initialProps: { query },
  });

describe("an answer", () => {
  it("stays while another set of the same exercise is asked for, and not for another one", async () => {
    const { result, rerender } = open({ exerciseId: "squat" });
    expect(result.current).toMatchObject({ status: "loading", data: null });
    await settle();
    rerender({ query: { exerciseId: "squat", setIndex: 1 } });
    expect(result.current).toMatchObject({ status: "loading", data: { setIndex: 0 } });
    await settle();
    expect(result.current).toMatchObject({ status: "fresh", data: { setIndex: 1 } });
    rerender({ query: { exerciseId: "row" } });
    expect(result.current).toMatchObject({ status: "loading", data: null });
    await settle();
    expect(result.current.data?.exerciseId).toBe("row");
    rerender({ query: null });
    expect(result.current).toMatchObject({ status: "idle", data: null });
  });

  it("is asked for once for an equal question, and again for another moment or revision", async () => {
    const { rerender } = open({ exerciseId: "squat" });
    await settle();
    const asked = () => engine.log.filter(({ method }) => method === "suggestLoad");
    const before = asked().length;
    rerender({ query: { exerciseId: "squat" } });
    await settle();
    expect(asked()).toHaveLength(before);
    act(() => revision.set(revision.get() + 1));
    await settle();
    expect(asked()).toHaveLength(before + 1);
    rerender({ query: { exerciseId: "squat", now: 5_000 } });
    await settle();
    expect(asked().at(-1)?.request).toMatchObject({ now: 5_000 });
  });

  it("carries when and where it was asked, and what went wrong", async () => {
    const { result, rerender } = open({ exerciseId: "squat" });
    await settle();
    const [{ request } = { request: {} }] = engine.log;
    expect(request).toMatchObject({ exerciseId: "squat", now: expect.any(Number) });
    engine.answers.suggestLoad = () => {
      throw new EngineError("unknown_exercise", "no");
    };
    rerender({ query: { exerciseId: "gone" } });
    await settle();
    expect(result.current).toMatchObject({
      status: "error",
      data: null,
      error: { code: "unknown_exercise" },
    });
    engine.answers.suggestLoad = () => ({ exerciseId: "gone" });
    act(() => result.current.refresh());
    await settle();
    expect(result.current).toMatchObject({ status: "fresh", error: null });
  });

  it("of today's session needs no question at all", async () => {
    engine.answers.todaysSession = () => ({ done: 3 });
    const { result } = renderHook(() => useTodaysSession(), { wrapper });
    await settle();
    expect(result.current).toMatchObject({ status: "fresh", data: { done: 3 } });
  });
});

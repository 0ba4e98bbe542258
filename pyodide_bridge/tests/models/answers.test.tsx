// @vitest-environment happy-dom
// What is on the screen while models come, change and go.
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RecommendExercisesResponse } from "../../src/contract/contract.js";
import { type ModelConnection, type ModelsState, UNKNOWN_MODELS } from "../../src/models/state.js";
import {
  useExerciseRecommendations,
  useExplanation,
  useModelConnection,
  useModels,
  usePrograms,
  VoltLiftProvider,
} from "../../src/react.js";
import { Cell } from "../../src/readable.js";
import { contextKey, createSessionCache, type SessionCache } from "../../src/session-cache.js";
import { FakeEngine, listOf } from "../support/fake-engine.js";

let engine: FakeEngine;
let cache: SessionCache;
let answer: RecommendExercisesResponse;
const state = new Cell<ModelsState>(UNKNOWN_MODELS);
const revision = new Cell(0);
const settled = new Cell(false);
const heard = vi.fn();
const models = { state, revision, settled, heard } as unknown as ModelConnection;

beforeEach(() => {
  engine = new FakeEngine();
  localStorage.clear();
  cache = createSessionCache(localStorage);
  state.set(UNKNOWN_MODELS);
  revision.set(0);
  settled.set(false);
  heard.mockClear();
  engine.answers.recommendExercises = () => answer;
  engine.answers.explain = vi.fn(() => ({}));
  engine.answers.recommendPrograms = vi.fn(() => ({}));
});
afterEach(cleanup);

/** A list that a model of this version took part in. */
function hybrid(ids: readonly string[], version = "1"): RecommendExercisesResponse {
  const list = listOf(ids);
  const ranker = { name: "ranker", version, status: "used", part: "habit" } as const;
  return { ...list, meta: { ...list.meta, scorers: [...list.meta.scorers, ranker] } };
}

const wrapper = ({ children }: { children: ReactNode }) => (
  <VoltLiftProvider client={engine} models={models}>
    {children}
  </VoltLiftProvider>
);
const open = () => renderHook(() => useExerciseRecommendations({}, { cache }), { wrapper });
const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 10)));
/** The engine has loaded its models. */
const load = () =>
  act(() => {
    settled.set(true);
    revision.set(revision.get() + 1);
  });
const ids = (data: RecommendExercisesResponse | null | undefined) =>
  data?.recommendations.map(({ exercise }) => exercise.id).join("");

it("shows the list of rules at once where there is no other, and offers the better one", async () => {
  answer = listOf(["a", "b"]);
  const { result } = open();
  await settle();
  expect(ids(result.current.data)).toBe("ab");
  answer = hybrid(["b", "a"]);
  load();
  await settle();
  expect(ids(result.current.data)).toBe("ab");
  expect(ids(result.current.pending)).toBe("ba");
  expect(ids(cache.get(contextKey({}))?.response)).toBe("ba");
});

it("does not let rules replace the list of last time, which had models in it", async () => {
  cache.put(contextKey({}), hybrid(["b", "a"]));
  answer = listOf(["a", "b"]);
  const { result } = open();
  await settle();
  expect(result.current).toMatchObject({ status: "cached", pending: null });
  expect(ids(result.current.data)).toBe("ba");
  answer = hybrid(["b", "a"]);
  load();
  await settle();
  expect(result.current).toMatchObject({ status: "fresh", pending: null });
  expect(ids(result.current.data)).toBe("ba");
});

it("shows the rules' list after all where the models do not come", async () => {
  cache.put(contextKey({}), hybrid(["a", "b"]));
  answer = listOf(["a", "b"]);
  const { result } = open();
  await settle();
  expect(result.current.status).toBe("cached");
  load();
  await settle();
  expect(result.current.status).toBe("fresh");
  expect(cache.get(contextKey({}))?.response.meta.scorers).toHaveLength(1);
});

it("keeps no list that was made with other models", () => {
  cache.put("today", hybrid(["a"], "1"));
  cache.put("tomorrow", hybrid(["b"], "1"));
  expect(ids(cache.get("today")?.response)).toBe("a");
  cache.put("tomorrow", hybrid(["b"], "2"));
  expect(cache.get("today")).toBeNull();
  expect(ids(cache.get("tomorrow")?.response)).toBe("b");
});

it("passes on what answers say of the models, as soon as they are there", async () => {
  cache.put(contextKey({}), hybrid(["a", "b"]));
  answer = listOf(["a", "b"]);
  const { meta } = hybrid(["a"]);
  engine.answers.explain = () => ({ meta });
  engine.answers.recommendPrograms = () => ({ meta: "of something else" });
  open();
  // What was answered in another visit says nothing of these models.
  expect(heard).not.toHaveBeenCalled();
  await settle();
  expect(heard.mock.lastCall).toEqual([answer.meta]);
  renderHook(() => [useExplanation("a"), usePrograms({})], { wrapper });
  await settle();
  expect(heard.mock.calls.slice(1)).toEqual([[meta]]);
});

it("asks again what models take part in, and nothing else", async () => {
  renderHook(() => [useExplanation("a"), usePrograms({})], { wrapper });
  await settle();
  const explain = vi.mocked(engine.answers.explain as () => unknown);
  const programs = vi.mocked(engine.answers.recommendPrograms as () => unknown);
  const before = [explain.mock.calls.length, programs.mock.calls.length] as const;
  load();
  await settle();
  expect(explain).toHaveBeenCalledTimes(before[0] + 1);
  expect(programs).toHaveBeenCalledTimes(before[1]);
});

it("tells components what is known of models, and lets them act", () => {
  const { result } = renderHook(() => [useModels(), useModelConnection()], { wrapper });
  expect(result.current).toEqual([UNKNOWN_MODELS, models]);
  act(() => state.set({ ...UNKNOWN_MODELS, phase: "checking" }));
  expect(result.current[0]).toMatchObject({ phase: "checking" });
});

it("has no models where the provider has none", () => {
  const { result } = renderHook(() => [useModels(), useModelConnection()], {
    wrapper: ({ children }) => <VoltLiftProvider client={engine}>{children}</VoltLiftProvider>,
  });
  expect(result.current[0]).toMatchObject({ phase: "off", loaded: [] });
  expect(result.current[1]).toBeNull();
});

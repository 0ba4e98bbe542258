// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useNovelExercises, useSimilarExercises, VoltLiftProvider } from "../src/react.js";
import { FakeEngine } from "./support/fake-engine.js";

let engine: FakeEngine;

beforeEach(() => {
  engine = new FakeEngine();
});
afterEach(cleanup);

const wrapper = ({ children }: { children: ReactNode }) => (
  <VoltLiftProvider client={engine}>{children}</VoltLiftProvider>
);
const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 5)));

describe("exercises that are alike, and new ones", () => {
  it("are asked for with the moment filled in, and not while nobody asks", async () => {
    engine.answers.similarExercises = ({ exerciseId }) => ({ exerciseId, similar: [] });
    engine.answers.novelExercises = () => ({ exercises: [] });
    const similar = renderHook(
      ({ exerciseId }: { exerciseId: string | null }) =>
        useSimilarExercises(exerciseId === null ? null : { exerciseId, limit: 3 }),
      { wrapper, initialProps: { exerciseId: null as string | null } },
    );
    const novel = renderHook(() => useNovelExercises({ limit: 3 }), { wrapper });
    await settle();
    expect(similar.result.current.status).toBe("idle");
    expect(novel.result.current.data).toEqual({ exercises: [] });
    expect(engine.log.map(({ method }) => method)).toEqual(["novelExercises"]);
    expect(engine.log[0]?.request).toMatchObject({ limit: 3, now: expect.any(Number) });
    similar.rerender({ exerciseId: "barbell-squat" });
    await settle();
    expect(similar.result.current.data?.exerciseId).toBe("barbell-squat");
  });

  it("never show the neighbours of one exercise under another", async () => {
    let answer: (value: unknown) => void = () => undefined;
    engine.answers.similarExercises = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const { result, rerender } = renderHook(
      ({ exerciseId }: { exerciseId: string }) => useSimilarExercises({ exerciseId }),
      { wrapper, initialProps: { exerciseId: "a" } },
    );
    await settle();
    answer({ exerciseId: "a", similar: [] });
    await settle();
    expect(result.current.data?.exerciseId).toBe("a");
    rerender({ exerciseId: "b" });
    expect(result.current).toMatchObject({ data: null, status: "loading" });
  });

  it("say that there is nothing to answer from", async () => {
    const { result } = renderHook(() => useNovelExercises(), { wrapper });
    await settle();
    expect(result.current.error?.code).toBe("not_available");
  });
});

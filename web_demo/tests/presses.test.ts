import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Presses, watchPresses } from "../src/ui/presses.ts";

let target: EventTarget;
let presses: Presses;

beforeEach(() => {
  vi.useFakeTimers();
  target = new EventTarget();
  presses = watchPresses(target);
});
afterEach(() => {
  vi.useRealTimers();
});

function happens(...types: string[]): void {
  for (const type of types) target.dispatchEvent(new Event(type));
}

/** Ask whether presses are over, once the clock has gone on by so much. */
function asked(): (ms: number) => Promise<boolean> {
  let isOver = false;
  void presses.over().then(() => {
    isOver = true;
  });
  return async (ms) => {
    await vi.advanceTimersByTimeAsync(ms);
    return isOver;
  };
}

it("keeps nobody waiting where nothing is pressed", async () => {
  expect(await asked()(0)).toBe(true);
});

it("knows that what was pressed before is over", async () => {
  happens("pointerdown", "pointerup", "click");
  await vi.advanceTimersByTimeAsync(0);
  expect(await asked()(0)).toBe(true);
});

it.each([
  ["pointerdown", ["pointerup", "click"], 0],
  ["pointerdown", ["pointercancel"], 0],
  ["keydown", ["keyup"], 0],
  // A touch that becomes no click.
  ["pointerdown", ["pointerup"], 100],
])("waits from %s to %s", async (down, up, ms) => {
  happens(down);
  const isOver = asked();
  expect(await isOver(500)).toBe(false);
  happens(...up);
  if (ms > 0) expect(await isOver(ms - 1)).toBe(false);
  expect(await isOver(1)).toBe(true);
});

it("waits for a second press that begins before the first is heard of", async () => {
  happens("pointerdown", "pointerup");
  await vi.advanceTimersByTimeAsync(50);
  happens("pointerdown");
  const isOver = asked();
  expect(await isOver(500)).toBe(false);
  happens("pointerup", "click");
  expect(await isOver(0)).toBe(true);
});

it("lets those who listen hear the click first", async () => {
  const heard: string[] = [];
  happens("pointerdown");
  void presses.over().then(() => heard.push("over"));
  target.addEventListener("click", () => void Promise.resolve().then(() => heard.push("click")));
  happens("click");
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(["click", "over"]);
});

it("does not wait for ever", async () => {
  happens("keydown");
  const isOver = asked();
  expect(await isOver(4_999)).toBe(false);
  expect(await isOver(1)).toBe(true);
});

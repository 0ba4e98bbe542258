import { describe, expect, it, vi } from "vitest";
import { Cell } from "../src/readable.js";

describe("Cell", () => {
  it("tells every change, once for each subscription, and no repetition", () => {
    const cell = new Cell(1);
    const listener = vi.fn();
    cell.subscribe(listener);
    const end = cell.subscribe(listener);
    cell.set(2);
    cell.set(2);
    expect(listener).toHaveBeenCalledTimes(2);
    end();
    cell.set(3);
    expect(listener).toHaveBeenCalledTimes(3);
  });

  it("does not tell a listener that was unsubscribed by one before it", () => {
    const cell = new Cell(1);
    const second = vi.fn();
    let end = () => {};
    cell.subscribe(() => end());
    end = cell.subscribe(second);
    cell.set(2);
    expect(second).not.toHaveBeenCalled();
  });

  it("tells the others where a listener throws, and reports what it threw", async () => {
    const cell = new Cell(1);
    const second = vi.fn();
    const reported = vi.fn();
    vi.stubGlobal("queueMicrotask", (task: () => void) => {
      try {
        task();
      } catch (error) {
        reported(error);
      }
    });
    cell.subscribe(() => {
      throw new Error("broken");
    });
    cell.subscribe(second);
    cell.set(2);
    vi.unstubAllGlobals();
    expect(second).toHaveBeenCalledOnce();
    expect(reported).toHaveBeenCalledWith(new Error("broken"));
  });
});

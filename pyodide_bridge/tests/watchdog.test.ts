import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Watchdog, within } from "../src/watchdog.js";

/** Timers of a device that can sleep: what fell due meanwhile fires once, on waking. */
class Device {
  now = 0;
  #timers = new Map<number, { due: number; action: () => void }>();
  #next = 1;

  readonly setTimeout = (action: () => void, ms: number): number => {
    this.#timers.set(this.#next, { due: this.now + ms, action });
    return this.#next++;
  };
  readonly clearTimeout = (id: number): void => {
    this.#timers.delete(id);
  };

  sleep(ms: number): void {
    this.now += ms;
    const due = [...this.#timers].filter(([, timer]) => timer.due <= this.now);
    for (const [id, { action }] of due) if (this.#timers.delete(id)) action();
  }

  stayAwake(ms: number): void {
    for (let passed = 0; passed < ms; passed += 10) this.sleep(10);
  }
}

let device: Device;
beforeEach(() => {
  device = new Device();
  vi.stubGlobal("setTimeout", device.setTimeout);
  vi.stubGlobal("clearTimeout", device.clearTimeout);
});
afterEach(() => vi.unstubAllGlobals());

describe("Watchdog", () => {
  it("fires after a silence, counted from the last sign of life", () => {
    const bark = vi.fn();
    const watchdog = new Watchdog(5_000, bark);
    device.stayAwake(4_500);
    watchdog.feed();
    device.stayAwake(4_500);
    expect(bark).not.toHaveBeenCalled();
    device.stayAwake(1_000);
    expect(bark).toHaveBeenCalledOnce();
  });

  it("does not take the sleep of a device for silence", () => {
    const bark = vi.fn();
    new Watchdog(5_000, bark);
    device.stayAwake(500);
    device.sleep(8 * 3_600_000);
    device.stayAwake(3_000);
    expect(bark).not.toHaveBeenCalled();
    device.stayAwake(2_000);
    expect(bark).toHaveBeenCalledOnce();
  });

  it("is silent once stopped", () => {
    const bark = vi.fn();
    new Watchdog(5_000, bark).stop();
    device.stayAwake(10_000);
    expect(bark).not.toHaveBeenCalled();
  });
});

describe("within", () => {
  it("waits through a sleep for an answer that comes after it", async () => {
    let answer = (_text: string) => {};
    const late = within(
      new Promise<string>((resolve) => {
        answer = resolve;
      }),
      10_000,
      null,
    );
    device.stayAwake(2_000);
    device.sleep(3_600_000);
    device.stayAwake(1_000);
    answer("here");
    await expect(late).resolves.toBe("here");
  });
});

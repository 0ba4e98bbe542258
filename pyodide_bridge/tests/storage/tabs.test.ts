import { afterEach, describe, expect, it, vi } from "vitest";
import { exclusively } from "../../src/storage/tabs.js";
import { FakeLocks } from "../support/fake-locks.js";

afterEach(() => vi.unstubAllGlobals());

describe("exclusively", () => {
  it("runs one action after the other", async () => {
    vi.stubGlobal("navigator", { locks: new FakeLocks() });
    const log: string[] = [];
    const action = (name: string) => async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push(`${name} ends`);
    };
    await Promise.all([exclusively("x", action("a")), exclusively("x", action("b"))]);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  it("does not wait for ever for a tab that sleeps with the lock", async () => {
    const locks = new FakeLocks();
    vi.stubGlobal("navigator", { locks });
    void locks.request("x", () => new Promise(() => undefined));
    await expect(exclusively("x", async () => "written", 20)).resolves.toBe("written");
  });

  it("goes without where the page may not use locks", async () => {
    const request = () => Promise.reject(new DOMException("opaque origin", "SecurityError"));
    vi.stubGlobal("navigator", { locks: { request } });
    await expect(exclusively("x", async () => "written")).resolves.toBe("written");
  });

  it("runs an action that fails once, and passes its failure on", async () => {
    vi.stubGlobal("navigator", { locks: new FakeLocks() });
    const action = vi.fn(() => Promise.reject(new Error("quota")));
    await expect(exclusively("x", action)).rejects.toThrow("quota");
    expect(action).toHaveBeenCalledOnce();
  });
});

import { describe, expect, it, vi } from "vitest";
import { requestPersistence } from "../../src/storage/persistence.js";

function browser(storage: object | undefined): void {
  vi.stubGlobal("navigator", { storage });
}

describe("requestPersistence", () => {
  it.each([true, false])("gives the browser's answer: %s", async (answer) => {
    browser({ persisted: async () => false, persist: async () => answer });
    expect(await requestPersistence()).toBe(answer);
  });

  it("does not ask where it was granted before", async () => {
    const persist = vi.fn();
    browser({ persisted: async () => true, persist });
    expect(await requestPersistence()).toBe(true);
    expect(persist).not.toHaveBeenCalled();
  });

  it("is false where the browser cannot be asked or refuses", async () => {
    browser(undefined);
    expect(await requestPersistence()).toBe(false);
    browser({ persisted: async () => Promise.reject(new TypeError("insecure context")) });
    expect(await requestPersistence()).toBe(false);
  });
});

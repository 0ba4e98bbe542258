import { describe, expect, it } from "vitest";
import { contentHash, hashAndText, hashText, primeHash } from "../../src/storage/hash.js";
import { random, session } from "../support/sessions.js";

describe("contentHash", () => {
  it("depends on the content only", () => {
    expect(contentHash(session("a", 1))).toBe(contentHash(session("a", 1)));
    expect(contentHash(session("a", 1))).not.toBe(contentHash(session("a", 2)));
    expect(contentHash(null)).toBe(contentHash(null));
    expect(contentHash("x")).not.toBe(contentHash("y"));
    expect(contentHash(undefined)).toMatch(/^\w{14}$/);
  });

  it("survives a trip through JSON", () => {
    const value = { b: [1, 2, { c: "ä\ud83d" }], a: null };
    expect(contentHash(JSON.parse(JSON.stringify(value)))).toBe(contentHash(value));
  });

  it("remembers by reference, and what it was told", () => {
    const value = session("a", 1);
    primeHash(value, "told");
    expect(contentHash(value)).toBe("told");
  });

  it("belongs to the text that is written, also of an object that was changed in place", () => {
    const value = session("a", 1);
    const before = contentHash(value);
    value.name = "changed";
    const { hash, text } = hashAndText(value);
    expect(hash).toBe(hashText(text));
    expect(hash).not.toBe(before);
    expect(contentHash(value)).toBe(hash);
  });

  it("does not collide on 100,000 similar texts", () => {
    const next = random(1);
    const texts = new Set<string>();
    while (texts.size < 100_000) texts.add(JSON.stringify({ weight: next() * 200 }));
    expect(new Set([...texts].map(hashText)).size).toBe(texts.size);
  });
});

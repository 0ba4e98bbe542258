import { describe, expect, it, vi } from "vitest";
import { isAtLeast, pathOf } from "../../src/models/manifest.js";
import { requireSignature } from "../../src/models/signature.js";
import { newKey, signature, utf8 } from "./release.js";

/** RFC 8032, 7.1, test 3: the message is af82. */
const RFC = {
  key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
  message: "af82",
  signature:
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac" +
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
};
const base64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");

describe.each(["WebCrypto", "JavaScript"])("Ed25519 by %s", (way) => {
  const withoutEd25519 = () => {
    if (way === "WebCrypto") return;
    vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("unknown"));
  };

  it("accepts what the standard says", async () => {
    withoutEd25519();
    const keys = { current: base64(RFC.key), next: "" };
    const message = new Uint8Array(Buffer.from(RFC.message, "hex"));
    await requireSignature(message, base64(RFC.signature), keys);
    const other = new Uint8Array([0xaf, 0x83]);
    await expect(requireSignature(other, base64(RFC.signature), keys)).rejects.toMatchObject({
      code: "wrong_signature",
    });
  });

  it("refuses every signature of which a bit differs", async () => {
    withoutEd25519();
    const key = newKey();
    const keys = { current: newKey().public, next: key.public };
    const data = utf8("manifest");
    const good = Buffer.from(new TextDecoder().decode(signature(data, key)), "base64");
    await requireSignature(data, good.toString("base64"), keys);
    for (let bit = 0; bit < 512; bit += 37) {
      const bad = Buffer.from(good);
      bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(requireSignature(data, bad.toString("base64"), keys)).rejects.toMatchObject({
        code: "wrong_signature",
      });
    }
  });
});

describe("pinned keys", () => {
  it.each([
    ["AAAA", ""],
    ["", "no base64!"],
    ["", ""],
  ])("that are none (%s, %s) accept nothing", async (current, next) => {
    const key = newKey();
    const data = utf8("manifest");
    const text = new TextDecoder().decode(signature(data, key));
    await expect(requireSignature(data, text, { current, next })).rejects.toMatchObject({
      code: "no_keys",
    });
  });
});

describe("names and versions", () => {
  it("versions compare by their numbers", () => {
    expect(isAtLeast("0.10.0", "0.9")).toBe(true);
    expect(isAtLeast("0.9", "0.10.0")).toBe(false);
    expect(isAtLeast("1", "1.0.0")).toBe(true);
    expect(isAtLeast("1.0.0", "1.0.1")).toBe(false);
  });

  it("paths are made as the publisher makes them", () => {
    expect(pathOf("tfjs/model.json", "ab12")).toBe("files/ab12.json");
    expect(pathOf("a.b.onnx", "ab12")).toBe("files/ab12.onnx");
    expect(pathOf("weights", "ab12")).toBe("files/ab12");
  });
});

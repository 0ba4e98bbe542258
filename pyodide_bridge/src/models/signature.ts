/** Signatures of manifests: Ed25519, by the browser where it can, else in JavaScript. */
import { DeliveryError } from "./errors.js";

/** The public keys that this build accepts, base64 of their 32 bytes; empty for none. */
export interface PinnedKeys {
  current: string;
  /** Signs once the current one is retired: pinned before it is needed. */
  next: string;
}

/**
 * Check that one of the pinned keys has signed these very bytes.
 *
 * @param signature base64 of 64 bytes, as published; null where there is none.
 * @throws {DeliveryError} `no_keys`, `unsigned` or `wrong_signature`.
 */
export async function requireSignature(
  data: Uint8Array<ArrayBuffer>,
  signature: string | null,
  { current, next }: PinnedKeys,
): Promise<void> {
  const keys = pinnedKeys({ current, next });
  if (signature === null) throw new DeliveryError("unsigned", "the manifest has no signature");
  const bytes = fromBase64(signature.trim());
  if (bytes?.length !== 64) {
    throw new DeliveryError("wrong_signature", "what came is no Ed25519 signature");
  }
  for (const key of keys) if (await verify(bytes, data, key)) return;
  throw new DeliveryError("wrong_signature", "none of the pinned keys has signed the manifest");
}

/** Whether there is a key that anything could be signed with. */
export function hasKeys(keys: PinnedKeys): boolean {
  try {
    return pinnedKeys(keys).length > 0;
  } catch {
    return false;
  }
}

/** The keys as bytes. @throws {DeliveryError} `no_keys` where there is none, or one is no key. */
export function pinnedKeys({ current, next }: PinnedKeys): Uint8Array<ArrayBuffer>[] {
  const texts = [current, next].filter((text) => text !== "");
  if (texts.length === 0) {
    throw new DeliveryError("no_keys", "this build accepts no models from the network");
  }
  return texts.map((text) => {
    const key = fromBase64(text);
    if (key?.length === 32) return key;
    throw new DeliveryError("no_keys", `the pinned key ${text} is not base64 of 32 bytes`);
  });
}

async function verify(
  signature: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
  key: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle) {
    let imported: CryptoKey | null = null;
    try {
      imported = await subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    } catch {
      // This browser does not know Ed25519 (or the key is none, which the other way tells).
    }
    if (imported) return subtle.verify({ name: "Ed25519" }, imported, signature, data);
  }
  const [ed25519, { sha512 }] = await Promise.all([
    import("@noble/ed25519"),
    import("@noble/hashes/sha2.js"),
  ]);
  ed25519.hashes.sha512 = sha512;
  try {
    // As WebCrypto does it (RFC 8032); the library's default is looser.
    return ed25519.verify(signature, data, key, { zip215: false });
  } catch {
    return false; // It throws at bytes that are no point of the curve.
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

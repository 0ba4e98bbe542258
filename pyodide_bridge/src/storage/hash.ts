/** Content hashes of app-state values, computed once per object. */

const memo = new WeakMap<object, string>();

/**
 * Hash of the value's JSON text: 64 bits in base 36. Not cryptographic; it tells changed from
 * unchanged. Objects are remembered by reference, so they must not be changed in place (the
 * rule of Zustand and React anyway), or be forgotten by `forgetHash` where they were.
 */
export function contentHash(value: unknown): string {
  if (typeof value !== "object" || value === null) return hashText(JSON.stringify(value) ?? "");
  let hash = memo.get(value);
  if (hash === undefined) {
    hash = hashText(JSON.stringify(value));
    memo.set(value, hash);
  }
  return hash;
}

/** Remember the hash of an object that was read together with it. */
export function primeHash(value: object, hash: string): void {
  memo.set(value, hash);
}

/** Compute this object's hash anew when it is asked for next. */
export function forgetHash(value: object): void {
  memo.delete(value);
}

/** JSON text of an object as it is now, and the hash of that very text. */
export function hashAndText(value: object): { hash: string; text: string } {
  const text = JSON.stringify(value);
  const hash = hashText(text);
  memo.set(value, hash);
  return { hash, text };
}

/** cyrb53 (public domain, bryc) with both of its 32-bit halves kept. */
export function hashText(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (b >>> 0).toString(36).padStart(7, "0") + (a >>> 0).toString(36).padStart(7, "0");
}

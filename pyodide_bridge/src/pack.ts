/**
 * Lossless packing of JSON values with repeating shapes and strings: each object becomes
 * `[shape, ...values]`, each string an index. Several times smaller than plain JSON for
 * recommendation lists, whose keys and reason codes repeat.
 */

interface Packed {
  /** Key lists of objects. */
  k: string[][];
  /** Strings, most of them used more than once. */
  s: string[];
  /** The value: strings as `"<index>"`, objects as `[shape, …]`, arrays as `[-1, …]`. */
  v: unknown;
}

/** Pack a JSON value; members that are undefined are left out, as JSON does. */
export function pack(value: unknown): unknown {
  const shapes = new Map<string, number>();
  const strings = new Map<string, number>();
  const keys: string[][] = [];
  const encode = (item: unknown): unknown => {
    if (typeof item === "string") {
      const index = strings.get(item) ?? strings.size;
      strings.set(item, index);
      return index.toString(36);
    }
    if (Array.isArray(item)) return [-1, ...item.map(encode)];
    if (typeof item !== "object" || item === null) return item;
    const members = Object.entries(item).filter(([, member]) => member !== undefined);
    const names = members.map(([name]) => name);
    const signature = JSON.stringify(names);
    let shape = shapes.get(signature);
    if (shape === undefined) {
      shape = keys.push(names) - 1;
      shapes.set(signature, shape);
    }
    return [shape, ...members.map(([, member]) => encode(member))];
  };
  const packed: Packed = { k: keys, s: [], v: encode(value) };
  packed.s = [...strings.keys()];
  return packed;
}

/**
 * The inverse of `pack`.
 *
 * @throws {TypeError} where the value is not one that `pack` made.
 */
export function unpack(packed: unknown): unknown {
  const { k: keys, s: strings, v } = (packed ?? {}) as Partial<Packed>;
  if (!Array.isArray(keys) || !Array.isArray(strings)) throw new TypeError("not a packed value");
  const decode = (item: unknown): unknown => {
    if (typeof item === "string") {
      const text: unknown = strings[Number.parseInt(item, 36)];
      if (typeof text !== "string") throw new TypeError("a string is missing");
      return text;
    }
    if (!Array.isArray(item)) return item;
    const [shape, ...values] = item as unknown[];
    if (shape === -1) return values.map(decode);
    const names = typeof shape === "number" ? keys[shape] : undefined;
    if (!Array.isArray(names) || names.length !== values.length) {
      throw new TypeError("a shape is missing");
    }
    // defineProperty semantics of fromEntries: a key "__proto__" stays a plain key.
    return Object.fromEntries(names.map((name, i) => [name, decode(values[i])]));
  };
  return decode(v);
}

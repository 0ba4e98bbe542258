/**
 * Lossless packing of JSON values that repeat themselves: key lists, strings, objects and
 * arrays are each kept once and referred to by index. A list of recommendations, whose keys
 * and reasons repeat, becomes less than half of its plain JSON.
 */

interface Packed {
  /** Key lists of objects. */
  k: string[][];
  /**
   * Everything that is referred to, parts before wholes: a string, `[shape, …]` for an object
   * or `[-1, …]` for an array. Inside them a string is a reference (an index in base 36);
   * numbers, booleans and null stand for themselves.
   */
  t: (string | unknown[])[];
  /** The value: a reference, or what stands for itself. */
  v: unknown;
}

/** Pack a JSON value; members that are undefined are left out, as JSON does. */
export function pack(value: unknown): unknown {
  const keys = new Table<string[]>();
  const table = new Table<string | unknown[]>();
  const encode = (item: unknown): unknown => {
    if (typeof item === "string") return table.index(item).toString(36);
    if (typeof item !== "object" || item === null) return item;
    if (Array.isArray(item)) return table.index([-1, ...item.map(encode)]).toString(36);
    const members = Object.entries(item).filter(([, member]) => member !== undefined);
    const shape = keys.index(members.map(([name]) => name));
    return table.index([shape, ...members.map(([, member]) => encode(member))]).toString(36);
  };
  const v = encode(value);
  return { k: keys.items, t: table.items, v } satisfies Packed;
}

/**
 * The inverse of `pack`.
 *
 * @throws {TypeError} where the value is not one that `pack` made.
 */
export function unpack(packed: unknown): unknown {
  const { k: keys, t: table, v } = (packed ?? {}) as Partial<Packed>;
  if (!Array.isArray(keys) || !Array.isArray(table)) throw new TypeError("not a packed value");
  const values: unknown[] = [];
  const decode = (item: unknown): unknown => {
    if (typeof item !== "string") return item;
    const index = Number.parseInt(item, 36);
    // Parts come before wholes, so damaged data cannot lead into a circle.
    if (!(index >= 0 && index < values.length)) throw new TypeError("a reference leads nowhere");
    return values[index];
  };
  for (const entry of table) values.push(Array.isArray(entry) ? build(entry) : String(entry));
  return decode(v);

  function build(entry: unknown[]): unknown {
    const [shape, ...parts] = entry;
    if (shape === -1) return parts.map(decode);
    const names = typeof shape === "number" ? keys?.[shape] : undefined;
    if (!Array.isArray(names) || names.length !== parts.length) {
      throw new TypeError("a shape is missing");
    }
    // fromEntries defines members: a key "__proto__" stays a plain key.
    return Object.fromEntries(names.map((name, i) => [name, decode(parts[i])]));
  }
}

/** Distinct items in order of first appearance. */
class Table<T> {
  readonly items: T[] = [];
  readonly #indices = new Map<string, number>();

  index(item: T): number {
    const signature = JSON.stringify(item);
    let index = this.#indices.get(signature);
    if (index === undefined) {
      index = this.items.push(item) - 1;
      this.#indices.set(signature, index);
    }
    return index;
  }
}

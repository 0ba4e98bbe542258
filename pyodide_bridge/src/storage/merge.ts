/** Three-way merge of JSON values: what two tabs made of the same record, in one. */

/**
 * Return what `mine` becomes where `theirs` was stored meanwhile and both were made from `base`.
 *
 * Objects are merged by key and lists by the `id` of their items (exercises, sets); lists of
 * different texts (favourites) as sets. Where both sides changed the same field, `mine` counts:
 * it is the newer one, since `theirs` has been stored already. What one side took out and the
 * other changed stays: a merge never loses what somebody wrote. `undefined` means "not there".
 */
export function merge(base: unknown, mine: unknown, theirs: unknown): unknown {
  // Where both are alike, what is stored: a draft then sees that it has nothing to write.
  if (equal(mine, theirs)) return theirs;
  if (equal(base, theirs)) return mine;
  if (equal(base, mine) || mine === undefined) return theirs;
  if (theirs === undefined) return mine;
  if (isObject(mine) && isObject(theirs)) {
    return mergeObjects(isObject(base) ? base : {}, mine, theirs);
  }
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    return mergeLists(Array.isArray(base) ? base : [], mine, theirs);
  }
  return mine;
}

type JsonObject = { readonly [key: string]: unknown };

function mergeObjects(base: JsonObject, mine: JsonObject, theirs: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  const entries = [...keys].map(
    (key) => [key, merge(own(base, key), own(mine, key), own(theirs, key))] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function mergeLists(
  base: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
): readonly unknown[] {
  const [before, here, there] = [byKey(base), byKey(mine), byKey(theirs)];
  // Without something to know the items by, their place may be what they mean.
  if (!before || !here || !there) return mine;
  const merged = new Map<string, unknown>();
  for (const [key, value] of here) {
    const result = merge(before.get(key), value, there.get(key));
    if (result !== undefined) merged.set(key, result);
  }
  // What only the others have takes its place behind what it follows there.
  const order = [...merged.keys()];
  let place = 0;
  for (const [key, value] of there) {
    const known = order.indexOf(key);
    if (known >= 0) place = known + 1;
    else if (!here.has(key)) {
      const result = merge(before.get(key), undefined, value);
      if (result === undefined) continue;
      merged.set(key, result);
      order.splice(place++, 0, key);
    }
  }
  return order.map((key) => merged.get(key));
}

/** Items by their id, or by themselves where they are texts; null where that is not unique. */
function byKey(items: readonly unknown[]): Map<string, unknown> | null {
  const found = new Map<string, unknown>();
  for (const item of items) {
    const id = isObject(item) ? own(item, "id") : undefined;
    const key = typeof item === "string" ? `text ${item}` : id;
    if (typeof key !== "string" || found.has(key)) return null;
    found.set(key, item);
  }
  return found;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field that is really there: `__proto__` may be a name like any other. */
function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Equal as JSON, whatever the order of the keys. */
function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = present(a);
  return keys.length === present(b).length && keys.every((key) => equal(a[key], own(b, key)));
}

/** JSON knows no `undefined`: a field that has it is not there. */
function present(object: JsonObject): string[] {
  return Object.keys(object).filter((key) => object[key] !== undefined);
}

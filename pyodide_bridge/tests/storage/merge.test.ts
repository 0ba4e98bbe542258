import { describe, expect, it } from "vitest";
import { merge } from "../../src/storage/merge.js";
import { random } from "../support/sessions.js";

const set = (id: string, reps: number) => ({ id, reps });

describe("merge", () => {
  it("takes what only one side changed", () => {
    const base = { name: "a", notes: "b", rpe: 8 };
    expect(merge(base, { ...base, name: "mine" }, { ...base, notes: "theirs" })).toEqual({
      name: "mine",
      notes: "theirs",
      rpe: 8,
    });
    const { rpe, ...without } = base;
    expect(merge(base, without, { ...base, name: "theirs" })).toEqual({
      name: "theirs",
      notes: "b",
    });
    expect(rpe).toBe(8);
  });

  it("takes mine, the newer one, where both changed the same field", () => {
    expect(merge({ reps: 5 }, { reps: 6 }, { reps: 7 })).toEqual({ reps: 6 });
  });

  it("joins sets by their id, in their order", () => {
    const base = [set("a", 5)];
    const mine = [set("a", 5), set("mine", 1)];
    const theirs = [set("first", 0), set("a", 6), set("theirs", 2)];
    expect(merge(base, mine, theirs)).toEqual([
      set("first", 0),
      set("a", 6),
      set("theirs", 2),
      set("mine", 1),
    ]);
  });

  it("takes out what one side took out, unless the other changed it", () => {
    const base = [set("a", 5), set("b", 5), set("c", 5)];
    expect(merge(base, [set("c", 5)], [set("a", 5), set("b", 9), set("c", 5)])).toEqual([
      set("b", 9),
      set("c", 5),
    ]);
    expect(merge(base, [set("a", 9), set("b", 5), set("c", 5)], [set("b", 5)])).toEqual([
      set("a", 9),
      set("b", 5),
    ]);
  });

  it("treats lists of different texts as sets, and other lists as one value", () => {
    expect(merge(["a", "b"], ["a", "b", "c"], ["b", "d"])).toEqual(["b", "d", "c"]);
    expect(merge([1, 2], [1, 2, 3], [0, 1, 2])).toEqual([1, 2, 3]);
    expect(merge(["a", "a"], ["a", "a", "b"], ["a"])).toEqual(["a", "a", "b"]);
    const twice = [set("a", 1), set("a", 2)];
    expect(merge([], twice, [set("b", 1)])).toEqual(twice);
  });

  it("keeps what has no base from both sides, once", () => {
    const [mine, theirs] = [
      [set("a", 1), set("b", 1)],
      [set("b", 2), set("c", 1)],
    ];
    expect(merge(undefined, mine, theirs)).toEqual([set("a", 1), set("b", 1), set("c", 1)]);
  });

  it("takes hostile names for names", () => {
    const theirs = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}') as object;
    const result = merge({}, { a: 1 }, theirs) as object;
    expect(Object.keys(result).sort()).toEqual(["__proto__", "a", "constructor"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("loses nothing that one side added or changed, whatever the two did", () => {
    const next = random(3);
    const pick = <T>(items: readonly T[]) => items.filter(() => next() < 0.7);
    for (let round = 0; round < 500; round++) {
      const base = Array.from({ length: 4 }, (_, i) => set(`base-${i}`, 5));
      const edit = (side: string) => [
        ...pick(base).map((item) => (next() < 0.3 ? set(item.id, Math.round(next() * 99)) : item)),
        ...Array.from({ length: Math.floor(next() * 3) }, (_, i) => set(`${side}-${i}`, 1)),
      ];
      const [mine, theirs] = [edit("mine"), edit("theirs")];
      const result = merge(base, mine, theirs) as typeof base;
      const ids = result.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const item of mine) {
        const before = base.find(({ id }) => id === item.id);
        if (item.reps !== before?.reps) expect(result).toContainEqual(item);
      }
      for (const item of theirs) {
        const before = base.find(({ id }) => id === item.id);
        const own = mine.find(({ id }) => id === item.id);
        if (item.reps !== before?.reps && (!own || own.reps === before?.reps)) {
          expect(result).toContainEqual(item);
        }
      }
      // Only what one side took out, and the other left alone, is gone.
      for (const { id } of [...mine, ...theirs]) {
        const known = base.some((item) => item.id === id);
        if (!known) expect(ids).toContain(id);
      }
    }
  });
});

// Importing, below the screen: the queue of files, refusals, choices, and what is stored.
import type { ImportPreview, PreviewedSession, WorkoutSession } from "@voltlift/bridge";
import { EngineError, MAX_IMPORT_BYTES } from "@voltlift/bridge";
import { beforeEach, describe, expect, it } from "vitest";
import {
  addFiles,
  clearFiles,
  MAX_TABLE_BYTES,
  nextFile,
  refuseTooLarge,
  replaceFile,
  shareDone,
  useImportFile,
} from "../src/state/import-file.ts";
import { isTaken, planImport } from "../src/state/import-plan.ts";
import { choiceFor, OWN, openNames, readNameChoices, withChoice } from "../src/state/names.ts";

const file = (name: string): File => new File(["x"], name);

describe("the queue of files", () => {
  beforeEach(clearFiles);

  it("looks at one after the other, and says which of how many", () => {
    addFiles([file("a"), file("b")]);
    expect(useImportFile.getState()).toMatchObject({ at: 1, of: 2, file: { name: "a" } });
    addFiles([file("c")]);
    expect(useImportFile.getState()).toMatchObject({ at: 1, of: 3, file: { name: "a" } });
    expect(nextFile()).toBe(true);
    expect(useImportFile.getState()).toMatchObject({ at: 2, of: 3, file: { name: "b" } });
    replaceFile(file("b2"));
    expect(useImportFile.getState()).toMatchObject({ at: 2, of: 3, file: { name: "b2" } });
    expect(nextFile()).toBe(true);
    expect(nextFile()).toBe(false);
    expect(useImportFile.getState()).toMatchObject({ at: 0, of: 0, file: null, waiting: [] });
  });

  it("starts anew after the last one, and ignores an empty drop", () => {
    addFiles([]);
    expect(useImportFile.getState()).toMatchObject({ at: 0, of: 0, file: null });
    addFiles([file("a")]);
    nextFile();
    addFiles([file("b")]);
    expect(useImportFile.getState()).toMatchObject({ at: 1, of: 1, file: { name: "b" } });
  });
});

/** A file that says how large it is and must not be read as a whole. */
function sized(size: number, head: string): Blob {
  const small = new Blob([head]);
  return new Proxy(small, {
    get(target, name) {
      if (name === "size") return size;
      if (name === "arrayBuffer" || name === "stream" || name === "text") {
        throw new Error("it was read");
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

describe("files that are too large", () => {
  it("are refused without being read", async () => {
    for (const head of ["Date,Workout", '{"state":']) {
      const refusal = await refuseTooLarge(sized(200_000_000, head)).catch((error) => error);
      expect(refusal).toBeInstanceOf(EngineError);
      expect(refusal.code).toBe("file_too_large");
      expect(refusal.details.remedy).toContain("200");
      expect(refusal.details.remedy).toContain("100");
    }
  });

  it("have another limit as a table than as an app state", async () => {
    await expect(refuseTooLarge(sized(MAX_TABLE_BYTES, "Date"))).resolves.toBeUndefined();
    await expect(refuseTooLarge(sized(MAX_TABLE_BYTES + 1, "Date"))).rejects.toThrow("too large");
    await expect(refuseTooLarge(sized(MAX_IMPORT_BYTES, ' \ufeff {"a"'))).resolves.toBeUndefined();
    await expect(refuseTooLarge(sized(MAX_IMPORT_BYTES + 1, "{"))).rejects.toThrow("too large");
  });
});

describe("progress", () => {
  it("only grows from stage to stage, and is unknown for an unknown one", () => {
    const shares = (["reading", "building", "comparing"] as const).flatMap((stage) =>
      [0, 1, 2].map((done) => shareDone({ stage, done, total: 2 }) ?? -1),
    );
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect(shareDone({ stage: "thinking", done: 1, total: 2 })).toBeNull();
    expect(shareDone({ stage: "constructor", done: 1, total: 2 })).toBeNull();
    expect(shareDone({ stage: "reading", done: 1, total: 0 })).toBeNull();
    expect(shareDone(null)).toBeNull();
  });
});

describe("choices of names", () => {
  it("are read from the settings, whatever these hold", () => {
    const nameChoices = { "Uncle Bob": "squat", Mine: OWN, broken: 3 };
    expect(readNameChoices({ units: "kg", nameChoices })).toEqual({
      "Uncle Bob": "squat",
      Mine: OWN,
    });
    for (const wrong of [null, "text", ["a"], 3, undefined]) {
      expect(readNameChoices({ units: "kg", nameChoices: wrong })).toEqual({});
    }
    expect(readNameChoices(null)).toEqual({});
  });

  it("can be about any name, and never reach a prototype", () => {
    const choices = withChoice(withChoice({}, "__proto__", "squat"), "toString", OWN);
    expect(Object.keys(choices)).toEqual(["__proto__", "toString"]);
    expect(choiceFor(choices, { name: "__proto__", chosen: null })).toBe("squat");
    expect(choiceFor({}, { name: "constructor", chosen: null })).toBeNull();
    expect(Object.prototype).not.toHaveProperty("squat");
    const read = readNameChoices({ units: "kg", nameChoices: choices });
    expect(Object.keys(read)).toContain("__proto__");
  });

  it("count before what the engine applied, and are counted", () => {
    const entry = { name: "A", sets: 1, customId: "custom-a", proposals: [] };
    expect(choiceFor({}, { ...entry, chosen: "squat" })).toBe("squat");
    expect(choiceFor({ A: OWN }, { ...entry, chosen: "squat" })).toBe(OWN);
    const preview = { unmatched: [entry, { ...entry, name: "B" }] } as unknown as ImportPreview;
    expect(openNames(preview, { A: OWN })).toBe(1);
    expect(openNames(preview, withChoice({ A: OWN }, "B", "squat"))).toBe(0);
  });
});

const session = (id: string, sets: number): WorkoutSession => ({
  id,
  name: id,
  startTime: 0,
  logs: [
    {
      id: `${id}-l`,
      exerciseId: "squat",
      sets: Array.from({ length: sets }, (_, n) => ({ id: `${id}-${n}`, weight: 60, reps: n + 1 })),
    },
  ],
});
const outlook = (id: string, kind: PreviewedSession["outlook"], more = {}): PreviewedSession => ({
  id,
  outlook: kind,
  sets: 3,
  exercises: 1,
  ...more,
});

describe("what an import stores", () => {
  const added = { id: "new-l", exerciseId: "squat", sets: [{ id: "new-0", weight: 80, reps: 9 }] };
  const preview = {
    sessions: ["new", "known", "changed", "twice"].map((id) => session(id, 3)),
    outlooks: [
      outlook("new", "new"),
      outlook("known", "known"),
      outlook("changed", "changed", { newSets: 1, additions: [added] }),
      outlook("twice", "duplicate", { duplicateOf: "other" }),
    ],
  };
  const edited = { ...session("changed", 2), notes: "edited here" };
  const stored = [session("known", 1), edited, session("other", 3)];

  it("is what is new: workouts, and sets of those that are there", () => {
    const plan = planImport(preview, stored);
    expect(plan.sessions.map(({ id }) => id)).toEqual(["new", "changed"]);
    expect(plan).toMatchObject({ added: 1, extended: 1 });
    const [, changed] = plan.sessions;
    expect(changed?.notes).toBe("edited here");
    expect(changed?.logs?.[0]?.sets?.map(({ reps }) => reps)).toEqual([1, 2, 9]);
  });

  it("is what the lifter wants otherwise", () => {
    const wishes = new Map([
      ["changed", false],
      ["twice", true],
      ["known", true],
    ]);
    const plan = planImport(preview, stored, wishes);
    expect(plan.sessions.map(({ id }) => id)).toEqual(["new", "twice"]);
    expect(isTaken(outlook("known", "known"), wishes)).toBe(false);
  });

  it("never replaces a workout that is there, whatever the preview says of it", () => {
    const wrong = { sessions: [session("known", 9)], outlooks: [outlook("known", "new")] };
    expect(planImport(wrong, stored).sessions).toEqual([]);
  });
});

import type { ExerciseDefinition } from "@voltlift/bridge";
import { openLogStore } from "@voltlift/bridge/storage";
import { beforeEach, describe, expect, it } from "vitest";
import { createStore, type StoreApi } from "zustand/vanilla";
import { type AppState, EMPTY_STATE } from "../src/state/app-state.ts";
import { createCatalogue } from "../src/state/catalogue.ts";
import { createOwnExerciseActions } from "../src/state/own-exercise-actions.ts";
import {
  categoryFor,
  changedExercise,
  isGroupKnown,
  newExercise,
  withExercise,
  withImported,
} from "../src/state/own-exercises.ts";
import { createPersistence } from "../src/state/persistence.ts";
import { setKind } from "../src/state/set-kind.ts";
import { UNKNOWN_GROUP, volumeByGroup } from "../src/state/summary.ts";
import { exerciseText } from "../src/texts.ts";

const own = (id: string, more: Partial<ExerciseDefinition> = {}): ExerciseDefinition => ({
  id: `custom-${id}`,
  name: id,
  muscleGroup: "Legs",
  equipment: "Barbell",
  category: "Compound",
  ...more,
});
/** As an import leaves an exercise whose name says nothing. */
const nameless = (id: string): ExerciseDefinition =>
  own(id, { muscleGroup: "Cardio", equipment: "Other", category: "Isolation" });

describe("an exercise of one's own", () => {
  it.each([
    ["Cardio", "Dumbbell", "Cardio"],
    ["Legs", "Barbell", "Compound"],
    ["Back", "Cable", "Compound"],
    ["Chest", "Cable", "Isolation"],
    ["Arms", "Barbell", "Isolation"],
    ["Arms", "Machine", "Machine"],
    ["Legs", "Smith Machine", "Machine"],
    ["Core", "Bodyweight", "Bodyweight"],
    ["Core", "Other", "Isolation"],
  ])("for %s with %s is of the category %s", (group, equipment, category) => {
    expect(categoryFor(group, equipment)).toBe(category);
  });

  it("has an id of its own, a tidy name, and no difficulty", () => {
    const draft = { name: "  Spanish   squat ", muscleGroup: "Legs", equipment: "Barbell" };
    const exercise = newExercise(draft);
    expect(exercise).toEqual({
      id: expect.stringMatching(/^custom-[0-9a-f-]{32,36}$/),
      name: "Spanish squat",
      muscleGroup: "Legs",
      equipment: "Barbell",
      category: "Compound",
    });
    expect(newExercise(draft).id).not.toBe(exercise.id);
  });

  it("keeps a category that another app gave it, until group or equipment change", () => {
    const jump = own("jump", { category: "Plyometric", aliases: ["hop"] });
    expect(changedExercise(jump, { name: "Box jump" })).toEqual({ ...jump, name: "Box jump" });
    const same = { name: "jump", muscleGroup: "Legs", equipment: "Barbell" };
    expect(changedExercise(jump, same)).toEqual(jump);
    expect(changedExercise(jump, { equipment: "Bodyweight" })).toMatchObject({
      category: "Bodyweight",
      aliases: ["hop"],
    });
  });

  it("of an import has no known group until one is chosen, be it Cardio", () => {
    const imported = nameless("ohio");
    expect(isGroupKnown(imported)).toBe(false);
    expect(exerciseText(imported)).toBe("Muscle group not known yet");
    expect(isGroupKnown(changedExercise(imported, { name: "Ohio", equipment: "Barbell" }))).toBe(
      false,
    );
    const run = changedExercise(imported, { muscleGroup: "Cardio" });
    expect(isGroupKnown(run)).toBe(true);
    expect(setKind(run)).toBe("time");
    expect(setKind(imported)).toBe("bodyweight");
    const legs = changedExercise(imported, { muscleGroup: "Legs" });
    expect(exerciseText(legs)).toBe("Legs");
    expect(exerciseText(changedExercise(legs, { equipment: "Cable" }))).toBe("Legs · Cable");
    // A cardio exercise of the catalogue is what it says, whatever its category.
    expect(isGroupKnown({ id: "rower", muscleGroup: "Cardio", category: "Machine" })).toBe(true);
  });

  it("counts for no muscle group while that is not known", () => {
    const session = {
      id: "w",
      name: "w",
      startTime: 0,
      logs: [
        {
          id: "l",
          exerciseId: "custom-ohio",
          sets: [{ id: "s", weight: 20, reps: 5, completed: true }],
        },
      ],
    };
    expect(volumeByGroup(session, () => nameless("ohio"))[0]?.group).toBe(UNKNOWN_GROUP);
    expect(volumeByGroup(session, () => own("ohio"))[0]?.group).toBe("Legs");
  });
});

describe("an import", () => {
  const known = own("a", { muscleGroup: "Back", category: "Machine" });

  it("does not undo what the lifter has said, and brings what is new", () => {
    const state = { customExercises: [known, nameless("b")], removedExercises: [] };
    const after = withImported(state, [nameless("a"), own("b"), own("c")]);
    expect(after.customExercises).toEqual([known, own("b"), own("c")]);
  });

  it("takes the groups that were chosen while looking at it", () => {
    const state = { customExercises: [], removedExercises: [] };
    const groups = new Map([["custom-a", "Chest"]]);
    const after = withImported(state, [nameless("a"), nameless("b")], groups);
    expect(after.customExercises.map(isGroupKnown)).toEqual([true, false]);
    expect(after.customExercises[0]?.muscleGroup).toBe("Chest");
  });

  it("brings a deleted exercise back as the lifter had it, and leaves the others deleted", () => {
    const state = { customExercises: [], removedExercises: [known, own("z")] };
    expect(withImported(state, [nameless("a")])).toEqual({
      customExercises: [known],
      removedExercises: [own("z")],
    });
  });
});

describe("names", () => {
  const bike = { ...own("bike"), id: "air-bike", name: "Air Bike", aliases: ["Assault Bike"] };
  const catalogue = createCatalogue([bike, own("Fan"), own("💪")], [own("Gone")]);

  it("are the same whatever their case and punctuation, aliases included", () => {
    for (const name of ["Air Bike", " air-bike ", "ASSAULT  bike"]) {
      expect(catalogue.called(name)).toBe(bike);
    }
    expect(catalogue.called("bike")).toBeUndefined();
    expect(catalogue.called("")).toBeUndefined();
    expect(catalogue.called("🔥")).toBeUndefined();
    expect(catalogue.called("💪")?.id).toBe("custom-💪");
  });

  it("count for more than another exercise's alias", () => {
    const named = own("Assault Bike");
    expect(createCatalogue([named, bike]).called("assault bike")).toBe(named);
  });

  it("in the language of the browser are found as well", () => {
    const german = createCatalogue([bike], [], { [bike.id]: ["Luftrad", "Ergometer (Arme)"] });
    expect(german.search("luft")).toEqual([bike]);
    expect(german.called("ergometer arme")).toBe(bike);
    expect(german.search("ergometer beine")).toEqual([]);
  });

  it("of deleted exercises are known to the sets that used them, and to nothing else", () => {
    expect(catalogue.name("custom-Gone")).toBe("Gone");
    expect(catalogue.called("Gone")).toBeUndefined();
    expect(catalogue.search("gone")).toEqual([]);
    expect(catalogue.name("custom-0f8fad5b-d9cb-469f-a165-70867728950e")).not.toMatch(/0f8/i);
  });

  it("that are written in full come first", () => {
    const list = createCatalogue([own("Row Machine"), { ...own("Row"), commonness: 1 }, bike]);
    expect(list.search("row").map(({ name }) => name)).toEqual(["Row", "Row Machine"]);
    expect(list.search("assault bike")[0]).toBe(bike);
  });
});

describe("the list", () => {
  let store: StoreApi<AppState>;
  const open = async (erase = false) => {
    const log = await openLogStore();
    if (erase) await log.erase();
    store = createStore<AppState>()(() => EMPTY_STATE);
    const persistence = createPersistence(store, log);
    await persistence.open();
    return { persistence, actions: createOwnExerciseActions(store, persistence) };
  };
  const ids = () => store.getState().customExercises.map(({ id }) => id);
  beforeEach(async () => {
    const { persistence } = await open(true);
    await persistence.commit({
      customExercises: [own("a"), own("b"), own("c")],
      settings: { units: "kg", favoriteExercises: ["squat", "custom-b"] },
    });
  });

  it("survives a reload with what was created and changed", async () => {
    const { actions } = await open();
    const made = await actions.createExercise({
      name: "Sled push",
      muscleGroup: "Legs",
      equipment: "Other",
    });
    await actions.changeExercise("custom-a", { name: " Renamed ", muscleGroup: "Back" });
    await actions.changeExercise("custom-a", { name: "  " });
    await actions.changeExercise("custom-nobody", { name: "x" });
    await open();
    expect(ids()).toEqual(["custom-a", "custom-b", "custom-c", made.id]);
    expect(store.getState().customExercises[0]).toMatchObject({
      name: "Renamed",
      muscleGroup: "Back",
    });
  });

  it("keeps the names of what was deleted, and takes its star away", async () => {
    const { actions } = await open();
    await actions.deleteExercise(own("b"));
    expect(store.getState().settings?.favoriteExercises).toEqual(["squat"]);
    await open();
    expect(ids()).toEqual(["custom-a", "custom-c"]);
    expect(store.getState().removedExercises).toEqual([own("b")]);
  });

  it("has it at its place again after undo, with its star", async () => {
    const { actions } = await open();
    const before = store.getState().customExercises;
    const bringBack = await actions.deleteExercise(own("b"));
    await bringBack();
    expect(store.getState().customExercises).toEqual(before);
    expect(store.getState().removedExercises).toEqual([]);
    expect(store.getState().settings?.favoriteExercises).toEqual(["squat", "custom-b"]);
    await open();
    expect(store.getState().customExercises).toEqual(before);
  });

  it("gives a deleted exercise that is created anew its old sets back", async () => {
    const { actions } = await open();
    await actions.deleteExercise(own("b"));
    const draft = { name: "B", muscleGroup: "Core", equipment: "Cable" };
    const again = await actions.createExercise(draft);
    expect(again).toMatchObject({ id: "custom-b", name: "B", muscleGroup: "Core" });
    expect(store.getState().removedExercises).toEqual([]);
  });
});

it("an exercise is replaced at its place, and a new one goes where it is wanted", () => {
  const list = [own("a"), own("b")];
  const renamed = own("a", { name: "A" });
  expect(withExercise(list, renamed)).toEqual([renamed, own("b")]);
  expect(withExercise(list, own("c"), 1).map(({ name }) => name)).toEqual(["a", "c", "b"]);
  expect(withExercise(list, own("c")).map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

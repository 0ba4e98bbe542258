import { describe, expect, it } from "vitest";
import type { UserSettings } from "../src/state/app-state.ts";
import {
  barOf,
  platesPerSide,
  readLoadSettings,
  STANDARD_PLATES,
  switchUnit,
} from "../src/state/load-settings.ts";

describe("plates on a bar", () => {
  it("are the heaviest that make the weight, on each side alike", () => {
    expect(platesPerSide(82.5, 20, STANDARD_PLATES.kg)).toEqual([25, 5, 1.25]);
    expect(platesPerSide(135, 45, STANDARD_PLATES.lbs)).toEqual([45]);
    expect(platesPerSide(185, 45, STANDARD_PLATES.lbs)).toEqual([45, 25]);
    expect(platesPerSide(20, 20, STANDARD_PLATES.kg)).toEqual([]);
  });

  it("are found where taking the heaviest first leads nowhere", () => {
    expect(platesPerSide(100, 20, [25, 20])).toEqual([20, 20]);
    expect(platesPerSide(56, 20, [15, 9])).toEqual([9, 9]);
  });

  it("add up to every weight that can be loaded, and to no other one", () => {
    for (let weight = 20; weight <= 300; weight += 1.25) {
      const side = platesPerSide(weight, 20, STANDARD_PLATES.kg);
      const sum = side?.reduce((total, plate) => total + plate, 0);
      if ((weight - 20) % 2.5 === 0) expect(sum).toBe((weight - 20) / 2);
      else expect(side).toBeNull();
    }
  });

  it("are none for what is no weight on this bar", () => {
    expect(platesPerSide(15, 20, STANDARD_PLATES.kg)).toBeNull();
    expect(platesPerSide(81, 20, STANDARD_PLATES.kg)).toBeNull();
    expect(platesPerSide(81, 20, [])).toBeNull();
    expect(platesPerSide(1e9, 20, STANDARD_PLATES.kg)).toBeNull();
    expect(platesPerSide(Number.NaN, 20, STANDARD_PLATES.kg)).toBeNull();
  });
});

describe("what can be loaded", () => {
  it("is a usual gym where nothing is said, or nothing that can be read", () => {
    for (const settings of [
      { units: "kg" },
      { units: "kg", barWeight: "20", availablePlates: [], loadSteps: 3, exerciseLoads: null },
      { units: "kg", barWeight: -1, availablePlates: { kg: ["x"], lbs: [45] }, aiCoach: "fast" },
    ] as UserSettings[]) {
      expect(readLoadSettings(settings)).toEqual({
        unit: "kg",
        bar: 20,
        plates: STANDARD_PLATES.kg,
        steps: {},
        exercises: {},
        increments: null,
        pace: "moderate",
      });
    }
  });

  it("is what the lifter set, by unit and by exercise", () => {
    const loads = readLoadSettings({
      units: "lbs",
      barWeight: 35,
      availablePlates: { kg: [20], lbs: [5, 45] },
      loadSteps: { Dumbbell: 5, Machine: 0 },
      exerciseLoads: { curl: { bar: 15 }, press: { step: 7.5 } },
      autoProgression: { enabled: true, upperBodyIncrement: 2.5 },
      aiCoach: { aggressiveness: "aggressive" },
    });
    expect(loads).toMatchObject({
      bar: 35,
      plates: [45, 5],
      steps: { Dumbbell: 5 },
      increments: { upper: 2.5, lower: 2.5 },
      pace: "aggressive",
    });
    expect(barOf({ id: "curl", equipment: "Barbell" }, loads)).toBe(15);
    expect(barOf({ id: "squat", equipment: "Barbell" }, loads)).toBe(35);
    expect(barOf({ id: "press", equipment: "Machine" }, loads)).toBeNull();
    expect(barOf(undefined, loads)).toBeNull();
  });

  it("belongs to its unit: switching keeps each unit's own, and gives it back", () => {
    const kg: UserSettings = {
      units: "kg",
      barWeight: 15,
      loadSteps: { Dumbbell: 2 },
      availablePlates: { kg: [10] },
      bodyweight: 80,
    };
    const lbs = { ...kg, ...switchUnit(kg, "lbs") };
    expect(readLoadSettings(lbs)).toMatchObject({ unit: "lbs", bar: 45, steps: {} });
    expect(lbs.bodyweight).toBe(176.4);
    const there: UserSettings = { ...lbs, barWeight: 35 };
    const back: UserSettings = { ...there, ...switchUnit(there, "kg") };
    expect(readLoadSettings(back)).toMatchObject({ bar: 15, steps: { Dumbbell: 2 }, plates: [10] });
    expect(back.bodyweight).toBe(80);
    const again: UserSettings = { ...back, ...switchUnit(back, "lbs") };
    expect(readLoadSettings(again).bar).toBe(35);
    expect(switchUnit(kg, "kg")).toEqual({});
  });
});

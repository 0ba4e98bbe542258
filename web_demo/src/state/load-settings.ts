/** What the lifter trains with, as the settings have it: bars, plates, steps, increments. */
import type { ExerciseDefinition } from "@voltlift/bridge";
import type { Unit, UserSettings } from "./app-state.ts";
import { convertWeight } from "./hints.ts";

export const STANDARD_BAR: Readonly<Record<Unit, number>> = { kg: 20, lbs: 45 };
export const STANDARD_PLATES: Readonly<Record<Unit, readonly number[]>> = {
  kg: [25, 20, 15, 10, 5, 2.5, 1.25],
  lbs: [45, 35, 25, 10, 5, 2.5],
};
/** Plates that can be chosen; beyond the standard ones, those that many gyms have. */
export const USUAL_PLATES: Readonly<Record<Unit, readonly number[]>> = {
  kg: [25, 20, 15, 10, 5, 2.5, 2, 1.25, 1, 0.5, 0.25],
  lbs: [55, 45, 35, 25, 15, 10, 5, 2.5, 1.25, 1],
};
/** Bars that can be chosen: Olympic, women's, technique and short bars. */
export const USUAL_BARS: Readonly<Record<Unit, readonly number[]>> = {
  kg: [20, 15, 10, 7.5],
  lbs: [45, 35, 25, 15],
};

/** Equipment that has weights in steps, and the steps one meets. */
export const STEPPED = ["Dumbbell", "Machine", "Cable", "Kettlebell"] as const;
export type Stepped = (typeof STEPPED)[number];
export const USUAL_STEPS: Readonly<Record<Unit, readonly number[]>> = {
  kg: [1, 1.25, 2, 2.5, 4, 5, 10],
  lbs: [2.5, 5, 10, 15, 20],
};

/** The increments of the rules, where the lifter has set none. */
export const STANDARD_INCREMENTS: Readonly<Record<Unit, number>> = { kg: 2.5, lbs: 5 };
export const USUAL_INCREMENTS: Readonly<Record<Unit, readonly number[]>> = {
  kg: [0.5, 1, 1.25, 2.5, 5],
  lbs: [1, 2.5, 5, 10],
};

export const PACES = ["conservative", "moderate", "aggressive"] as const;
export type Pace = (typeof PACES)[number];

/** Equipment that is a bar with plates on both sides. */
const BARS: ReadonlySet<string> = new Set(["Barbell"]);

export interface ExerciseLoad {
  bar?: number;
  step?: number;
}

/** What can be loaded, in `unit`; a field that was not set has its standard. */
export interface LoadSettings {
  unit: Unit;
  bar: number;
  plates: readonly number[];
  steps: Partial<Record<Stepped, number>>;
  exercises: Readonly<Record<string, ExerciseLoad>>;
  increments: { upper: number; lower: number } | null;
  pace: Pace;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

const positive = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;

/** Read the settings leniently: what is missing or no number has its standard. */
export function readLoadSettings(settings: UserSettings): LoadSettings {
  const unit = settings.units;
  const plates = record(settings.availablePlates)[unit];
  const own = Array.isArray(plates) ? plates.filter((plate) => positive(plate) !== undefined) : [];
  const steps = record(settings.loadSteps);
  const { enabled, upperBodyIncrement, lowerBodyIncrement } = record(settings.autoProgression);
  const upper = positive(upperBodyIncrement) ?? positive(lowerBodyIncrement);
  const lower = positive(lowerBodyIncrement) ?? upper;
  const pace = record(settings.aiCoach).aggressiveness;
  return {
    unit,
    bar: positive(settings.barWeight) ?? STANDARD_BAR[unit],
    plates: own.length > 0 ? [...own].sort((a, b) => b - a) : STANDARD_PLATES[unit],
    steps: Object.fromEntries(
      STEPPED.flatMap((kind) => {
        const step = positive(steps[kind]);
        return step === undefined ? [] : [[kind, step]];
      }),
    ),
    exercises: Object.fromEntries(
      Object.entries(record(settings.exerciseLoads)).map(([id, value]) => {
        const bar = positive(record(value).bar);
        const step = positive(record(value).step);
        return [id, { ...(bar ? { bar } : {}), ...(step ? { step } : {}) }];
      }),
    ),
    increments: enabled !== false && upper && lower ? { upper, lower } : null,
    pace: PACES.find((word) => word === pace) ?? "moderate",
  };
}

/** The bar that an exercise is done with; null where it needs none. */
export function barOf(
  exercise: Pick<ExerciseDefinition, "id" | "equipment"> | undefined,
  loads: LoadSettings,
): number | null {
  if (!exercise || !BARS.has(exercise.equipment)) return null;
  return loads.exercises[exercise.id]?.bar ?? loads.bar;
}

const THOUSANDTHS = 1000;
/** Nobody loads more on one side; beyond it a typed number is no weight. */
const MOST_PER_SIDE = 500;

/**
 * The plates on each side, heaviest first, where `plates` are there as often as one likes;
 * null where the weight cannot be loaded. Of several ways the one with the heaviest plates.
 */
export function platesPerSide(
  weight: number,
  bar: number,
  plates: readonly number[],
): number[] | null {
  const whole = plates.map((plate) => Math.round(plate * THOUSANDTHS));
  const grain = whole.reduce(greatestCommonDivisor, 0);
  const side = Math.round((weight - bar) * THOUSANDTHS) / 2;
  if (side === 0) return [];
  if (side < 0 || grain === 0 || side % grain !== 0) return null;
  if (side > MOST_PER_SIDE * THOUSANDTHS) return null;
  const sizes = whole.map((plate) => plate / grain).sort((a, b) => b - a);
  let rest = side / grain;
  const reach = reachable(sizes, rest);
  if (!reach[0]?.[rest]) return null;
  const loaded: number[] = [];
  sizes.forEach((size, at) => {
    let used = Math.floor(rest / size);
    while (used > 0 && !reach[at + 1]?.[rest - used * size]) used -= 1;
    for (let n = 0; n < used; n += 1) loaded.push((size * grain) / THOUSANDTHS);
    rest -= used * size;
  });
  return loaded;
}

/** For every k: which sums up to `limit` the sizes from the k-th on can make. */
function reachable(sizes: readonly number[], limit: number): boolean[][] {
  const none = Array.from({ length: limit + 1 }, (_, sum) => sum === 0);
  const reach = [none];
  for (const size of [...sizes].reverse()) {
    const sums = [...(reach[0] ?? none)];
    for (let sum = size; sum <= limit; sum += 1) sums[sum] ||= sums[sum - size] ?? false;
    reach.unshift(sums);
  }
  return reach;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** What of the settings is meant in their unit, besides the plates, which are kept by unit. */
const IN_UNIT = ["barWeight", "loadSteps", "exerciseLoads", "autoProgression"] as const;

/**
 * The change of settings that switches the unit. Bars, steps and increments do not convert
 * into what the other gym has: each unit keeps its own, and gets them back.
 */
export function switchUnit(settings: UserSettings, units: Unit): Partial<UserSettings> {
  if (settings.units === units) return {};
  const kept = record(settings.loadsByUnit);
  const given = Object.fromEntries(IN_UNIT.map((name) => [name, settings[name]]));
  const taken = record(kept[units]);
  const bodyweight = positive(settings.bodyweight);
  return {
    units,
    ...Object.fromEntries(IN_UNIT.map((name) => [name, taken[name]])),
    loadsByUnit: { ...kept, [settings.units]: given },
    ...(bodyweight ? { bodyweight: convertWeight(bodyweight, settings.units, units) } : {}),
  };
}

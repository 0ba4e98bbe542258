import { describe, expect, it } from "vitest";
import { REACH, rangePicture, saidRange } from "../src/state/load-range.ts";

describe("the picture of an interval", () => {
  it("has the forecast in the middle and the same scale for every weight", () => {
    for (const weight of [10, 82.5, 300]) {
      const picture = rangePicture({ weight, low: weight * 0.9, high: weight * 1.1 }, weight);
      expect(picture?.likely).toBeCloseTo(0.5);
      expect(picture?.low).toBeCloseTo(0.5 - 0.1 / (2 * REACH));
      expect(picture?.high).toBeCloseTo(0.5 + 0.1 / (2 * REACH));
      expect(picture?.suggested).toBeCloseTo(0.5);
      expect(picture).toMatchObject({ opensLow: false, opensHigh: false });
    }
  });

  it("is wider where it is less certain", () => {
    const width = (spread: number): number => {
      const picture = rangePicture({ weight: 100, low: 100 - spread, high: 100 + spread }, null);
      return picture ? picture.high - picture.low : Number.NaN;
    };
    expect(width(10)).toBeGreaterThan(width(2));
    expect(width(2)).toBeGreaterThan(width(0));
  });

  it("ends at the edge, and says that it goes on", () => {
    const picture = rangePicture({ weight: 100, low: 50, high: 180 }, 160);
    expect(picture).toMatchObject({
      low: 0,
      high: 1,
      opensLow: true,
      opensHigh: true,
      suggested: null,
    });
  });

  it("is none for what is no weight", () => {
    expect(rangePicture({ weight: 0, low: 0, high: 0 }, 0)).toBeNull();
    expect(rangePicture({ weight: 80, low: 90, high: 70 }, 80)).toBeNull();
    expect(rangePicture({ weight: Number.NaN, low: 1, high: 2 }, 1)).toBeNull();
  });
});

describe("the interval as it is said", () => {
  it("holds the interval, and has no digits that nobody knows", () => {
    expect(saidRange({ low: 79.15, high: 83.97 })).toEqual([79, 84]);
    expect(saidRange({ low: 17.6, high: 21.1 })).toEqual([17.5, 21.5]);
    expect(saidRange({ low: 60, high: 60 })).toEqual([60, 60]);
  });
});

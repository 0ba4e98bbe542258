/** A forecast's interval as a picture: always the same scale, so that uncertain looks uncertain. */
import type { LoadPrediction, SuggestLoadResponse } from "@voltlift/bridge";

/** The picture reaches this far from the forecast to either side, as a share of it. */
export const REACH = 0.2;

export interface RangePicture {
  /** Places from 0 (lightest) to 1 (heaviest). */
  low: number;
  high: number;
  likely: number;
  /** The suggested weight; null where it lies beyond the picture. */
  suggested: number | null;
  /** The interval goes on beyond the picture. */
  opensLow: boolean;
  opensHigh: boolean;
}

/** Where things are in the picture; null for a forecast that is no weight. */
export function rangePicture(
  { weight, low, high }: Pick<LoadPrediction, "weight" | "low" | "high">,
  suggested: number | null,
): RangePicture | null {
  if (!(weight > 0 && low <= high)) return null;
  const reach = REACH * weight;
  const place = (value: number): number => (value - (weight - reach)) / (2 * reach);
  const inside = (value: number): number => Math.min(Math.max(place(value), 0), 1);
  const at = suggested === null ? null : place(suggested);
  return {
    low: inside(low),
    high: inside(high),
    likely: inside(weight),
    suggested: at === null || at < 0 || at > 1 ? null : at,
    opensLow: place(low) < 0,
    opensHigh: place(high) > 1,
  };
}

/**
 * The interval as it is said: rounded outwards to whole numbers, to halves below 50. More digits
 * would sound as if more were known.
 */
export function saidRange({ low, high }: Pick<LoadPrediction, "low" | "high">): [number, number] {
  const step = low >= 50 ? 1 : 0.5;
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step];
}

/** The model that should have answered and could not; null where all is well. */
export function failedModel({ meta }: Pick<SuggestLoadResponse, "meta">): string | null {
  return meta.scorers.find(({ status }) => status === "failed")?.name ?? null;
}

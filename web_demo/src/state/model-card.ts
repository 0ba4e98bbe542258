/** The card of a model as a page can show it: read leniently, since cards outlive pages. */

/** Mean over lifters with its interval, as shares. */
export interface Measured {
  mean: number;
  low: number | null;
  high: number | null;
  lifters: number | null;
}

/** One figure of the model beside the row that it had to beat. */
export interface Comparison {
  metric: string;
  own: Measured;
  other: Measured;
  /** Less is better: a distance, not a share of hits. */
  isDistance: boolean;
  isBetter: boolean;
}

export interface CardView {
  task: string | null;
  /** Name of the row that it had to beat; null where the card has no figures of it. */
  beats: string | null;
  comparisons: Comparison[];
  /** All figures: rows of the evaluation by metric. */
  rows: ReadonlyMap<string, ReadonlyMap<string, Measured>>;
  samples: number | null;
  realLifters: number | null;
  madeUpLifters: number | null;
  /** Licences of the logs that real lifters gave. */
  dataLicences: string[];
  trained: string | null;
  licence: string | null;
  limits: string[];
}

/** What of a task's metrics says most in few words, the first one first. */
const MAIN_METRICS: { readonly [task: string]: readonly string[] } = {
  T1: ["hr_at_1", "hr_at_5"],
  T2: ["f1", "recall"],
  T3: ["mape", "within_5"],
  T4: ["recall_at_10_catalogue"],
};

/** Under which name a model stands in its own evaluation. */
const OWN_ROWS: { readonly [model: string]: string } = {
  ranker: "engine, default α",
  "collaborative-filter": "ALS with content",
  load: "engine, with planned reps",
  "exercise-net": "neural net alone",
};

const isDistance = (metric: string): boolean => metric.includes("ape");

/** Read the card of a model. */
export function readCard(model: string, card: { readonly [field: string]: unknown }): CardView {
  const rows = readMetrics(card.metrics);
  const own = rows.get(OWN_ROWS[model] ?? "");
  const beats = beatenRow(text(card.beats), rows);
  const other = rows.get(beats ?? "");
  const trainedOn = record(card.trainedOn);
  const data = list(trainedOn.data).map(record);
  return {
    task: text(card.task),
    beats,
    comparisons: own && other ? compare(MAIN_METRICS[text(card.task) ?? ""] ?? [], own, other) : [],
    rows,
    samples: number(trainedOn.samples),
    realLifters: number(trainedOn.liftersReal),
    madeUpLifters: number(trainedOn.liftersSimulated),
    dataLicences: [
      ...new Set(
        data.flatMap(({ licence, simulated }) => (simulated === true ? [] : (text(licence) ?? []))),
      ),
    ],
    trained: text(trainedOn.date),
    licence: text(card.licence),
    limits: list(card.limits).flatMap((limit) => text(limit) ?? []),
  };
}

function compare(
  metrics: readonly string[],
  own: ReadonlyMap<string, Measured>,
  other: ReadonlyMap<string, Measured>,
): Comparison[] {
  return metrics.flatMap((metric) => {
    const mine = own.get(metric);
    const theirs = other.get(metric);
    if (!mine || !theirs) return [];
    const isLess = isDistance(metric);
    const isBetter = isLess ? mine.mean < theirs.mean : mine.mean > theirs.mean;
    return [{ metric, own: mine, other: theirs, isDistance: isLess, isBetter }];
  });
}

/** A card may name several rows, one a task: "cycle, resume the most similar session". */
function beatenRow(beats: string | null, rows: CardView["rows"]): string | null {
  if (beats === null) return null;
  return rows.has(beats) ? beats : (beats.split(", ").find((name) => rows.has(name)) ?? null);
}

function readMetrics(value: unknown): Map<string, Map<string, Measured>> {
  const rows = new Map<string, Map<string, Measured>>();
  for (const [row, metrics] of Object.entries(record(value))) {
    const read = new Map<string, Measured>();
    for (const [metric, figure] of Object.entries(record(metrics))) {
      const { mean, lo, hi, nLifters } = record(figure);
      const known = number(mean);
      if (known === null) continue;
      read.set(metric, {
        mean: known,
        low: number(lo),
        high: number(hi),
        lifters: number(nLifters),
      });
    }
    if (read.size > 0) rows.set(row, read);
  }
  return rows;
}

const record = (value: unknown): { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [name: string]: unknown })
    : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;
const number = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

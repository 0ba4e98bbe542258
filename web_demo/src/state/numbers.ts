/** Numbers as they are typed and shown. */

/** Read a typed number, with comma or point; null where it is none, or negative. */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  if (!/^(\d+\.?\d*|\.\d+)$/.test(trimmed)) return null;
  return Number(trimmed);
}

/** A number without needless decimals, in the reader's own notation; what rounds to zero is 0. */
export function formatNumber(value: number, digits = 2): string {
  return value.toLocaleString(undefined, {
    maximumFractionDigits: digits,
    signDisplay: "negative",
  });
}

/** A number as it goes into an input field: no grouping, point or comma as typed before. */
export function fieldText(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

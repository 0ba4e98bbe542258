/** Values as words: what a template's `{name}` becomes. */

export type Values = { readonly [name: string]: string | number };

const RATES = new Set(["rate", "ratio"]);

/**
 * Fill `{name}` places of a template. Rates and ratios are given in percent, other numbers
 * with one decimal at most; "1 days" becomes "1 day". A missing value leaves no hole: its
 * place reads "some".
 */
export function fill(template: string, values: Values): string {
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return value === undefined ? "some" : formatValue(name, value);
  });
  return singular(text);
}

/** One value as words. */
export function formatValue(name: string, value: string | number): string {
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return "many";
  if (RATES.has(name)) return `${Math.round(value * 100)}\u00a0%`;
  return String(Math.round(value * 10) / 10);
}

/** A code nobody wrote a text for, still readable: `rep_range_low` → "Rep range low". */
export function humanise(code: string): string {
  const words = code.replace(/[_\s-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `humanise`, with the values behind it. */
export function humaniseWith(code: string, values: Values): string {
  const parts = Object.entries(values).map(
    ([name, value]) => `${humanise(name).toLowerCase()} ${formatValue(name, value)}`,
  );
  return parts.length > 0 ? `${humanise(code)} (${parts.join(", ")})` : humanise(code);
}

function singular(text: string): string {
  return text.replace(
    /(?<![\d.,])1 ((?:more )?(?:muscle )?(?:\w+ )?)(days|times|groups|sessions|exercises)\b/g,
    (_, between: string, noun: string) => `1 ${between}${noun.slice(0, -1)}`,
  );
}

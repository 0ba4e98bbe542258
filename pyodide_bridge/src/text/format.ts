/** Values as words: what the `{places}` of a template become. */

export type Values = { readonly [name: string]: string | number };

/**
 * Fill the places of a template: `{group}` is the value of that name, and
 * `{times|time|times}` a number with the noun that fits it. A missing value leaves no hole:
 * its place reads "some".
 *
 * @example fill("You did it {times|time|times}", { times: 1 }) // "You did it 1 time"
 */
export function fill(template: string, values: Values): string {
  return template.replace(
    /\{(\w+)(?:\|([^|}]+)\|([^|}]+))?\}/g,
    (_, name: string, one?: string, many?: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      const text = value === undefined ? "some" : formatValue(name, value);
      return one === undefined ? text : `${text} ${value === 1 ? one : many}`;
    },
  );
}

/**
 * One value as words, by the name it has in the contract: `rate` and `ratio` in percent,
 * `days` and `optimal` as a length of time, other numbers with one decimal at most.
 */
export function formatValue(name: string, value: string | number): string {
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return "many";
  switch (name) {
    case "rate":
    case "ratio":
    case "share":
    case "lighter":
    case "loss":
    case "deviation":
      return `${Math.round(value * 100)}\u00a0%`;
    case "days":
    case "optimal":
      return formatDays(value);
    case "weight":
    case "factor":
      return String(Math.round(value * 100) / 100);
    default:
      return String(Math.round(value * 10) / 10);
  }
}

/** A length of time: hours below two days, unless it is one or two whole days. */
function formatDays(days: number): string {
  const hours = Math.round(days * 24);
  if (hours < 1) return "less than an hour";
  if (hours === 1) return "1 hour";
  if (hours < 48 && hours !== 24) return `${hours} hours`;
  const whole = Math.round(days);
  return whole === 1 ? "1 day" : `${whole} days`;
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

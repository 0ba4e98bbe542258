/** What the lifter said names of imported files stand for; kept with the settings. */
import type { ImportPreview, UnmatchedName } from "@voltlift/bridge";
import type { UserSettings } from "./app-state.ts";

/** Exercise id by name as the file spells it; an empty id for an exercise of one's own. */
export type NameChoices = Readonly<Record<string, string>>;

/** The choice for a name that is kept as one's own exercise. */
export const OWN = "";

/** The choices of earlier imports; whatever is none is left out. */
export function readNameChoices(settings: UserSettings | null): NameChoices {
  const stored = settings?.nameChoices;
  if (typeof stored !== "object" || stored === null || Array.isArray(stored)) return {};
  // Names come from files: `fromEntries` makes even "__proto__" a plain member.
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, string] => {
      return typeof entry[1] === "string";
    }),
  );
}

/** The choices with one more. */
export function withChoice(choices: NameChoices, name: string, exerciseId: string): NameChoices {
  return Object.fromEntries([
    ...Object.entries(choices).filter(([other]) => other !== name),
    [name, exerciseId],
  ]);
}

/** What was chosen for a name: an exercise id, `OWN`, or null while nothing was. */
export function choiceFor(
  choices: NameChoices,
  { name, chosen }: Pick<UnmatchedName, "name" | "chosen">,
): string | null {
  return Object.hasOwn(choices, name) ? (choices[name] ?? null) : (chosen ?? null);
}

/** How many names of a preview wait for a choice. */
export function openNames({ unmatched }: ImportPreview, choices: NameChoices): number {
  return unmatched.filter((entry) => choiceFor(choices, entry) === null).length;
}

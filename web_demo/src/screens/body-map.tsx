/** The body from both sides, each muscle group in the colour of its recovery. */
import type { GroupRecovery } from "@voltlift/bridge";
import { READINESS_TEXTS, RECOVERY_STATES } from "../texts/readiness.ts";
import { groupName } from "../texts.ts";

/** Outlines of one side: filled shapes, and limbs as thick lines. The middle is at 50. */
interface Part {
  group: string;
  shapes?: string;
  limbs?: readonly (readonly [path: string, width: number])[];
}

const ARMS: Part = {
  group: "Arms",
  limbs: [
    ["M27 58L22 80M73 58L78 80", 11],
    ["M20 88L16 108M80 88L84 108", 8],
  ],
};

const SHOULDERS: Part = {
  group: "Shoulders",
  shapes: "M20 48a9 8 0 1 0 18 0a9 8 0 1 0-18 0zM62 48a9 8 0 1 0 18 0a9 8 0 1 0-18 0z",
};

const FRONT: readonly Part[] = [
  { group: "Core", shapes: "M38 66h24l-1 20q-1 10-11 10t-11-10z" },
  {
    group: "Chest",
    shapes: "M49 42v18q0 3-4 3h-5q-5 0-5-6v-9q0-6 7-6zM51 42v18q0 3 4 3h5q5 0 5-6v-9q0-6-7-6z",
  },
  {
    group: "Legs",
    limbs: [
      ["M42 108L40 140M58 108L60 140", 16],
      ["M39 156L38 188M61 156L62 188", 11],
    ],
  },
  ARMS,
  SHOULDERS,
];

const BACK: readonly Part[] = [
  { group: "Back", shapes: "M44 34h12l9 8q3 12-3 26l-3 24q-9 6-18 0l-3-24q-6-14-3-26z" },
  {
    group: "Legs",
    shapes: "M36 104a7 8 0 1 1 13 0a7 8 0 1 1-13 0zM51 104a7 8 0 1 1 13 0a7 8 0 1 1-13 0z",
    limbs: [
      ["M41 120L40 142M59 120L60 142", 15],
      ["M39 158L38 188M61 158L62 188", 11],
    ],
  },
  ARMS,
  SHOULDERS,
];

/** Parts that no group stands for. */
const REST: Part = {
  group: "",
  shapes: "M39 18a11 13 0 1 0 22 0a11 13 0 1 0-22 0z",
  limbs: [["M38 198h-5M62 198h5", 6]],
};

export function BodyMap({ groups }: { groups: readonly GroupRecovery[] }) {
  const states = new Map(groups.map(({ group, state }) => [group, state]));
  const names = groups
    .map(({ group, state }) => `${groupName(group)}: ${RECOVERY_STATES[state]}`)
    .join(", ");
  const side = (parts: readonly Part[]) =>
    [REST, ...parts].map(({ group, shapes, limbs = [] }) => (
      <g key={group} className={`body-part recovery-${states.get(group) ?? "none"}`}>
        {shapes && <path d={shapes} />}
        {limbs.map(([path, width]) => (
          <path key={path} className="body-limb" d={path} strokeWidth={width} />
        ))}
      </g>
    ));
  return (
    <svg
      className="body-map"
      viewBox="0 0 210 226"
      role="img"
      aria-label={READINESS_TEXTS.bodyLabel(names)}
    >
      <g>{side(FRONT)}</g>
      <g transform="translate(110)">{side(BACK)}</g>
      <text x="50" y="222" textAnchor="middle">
        {READINESS_TEXTS.front}
      </text>
      <text x="160" y="222" textAnchor="middle">
        {READINESS_TEXTS.back}
      </text>
    </svg>
  );
}

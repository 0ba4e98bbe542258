/** The manifest of a release and the cards of its models, checked field by field. */
import * as v from "valibot";
import { DeliveryError } from "./errors.js";
import type { FailureCode } from "./types.js";

const FORMAT = "voltlift-models/1";

const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "a SHA-256 in lower case"));
const Size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8_000_000));
const Version = v.pipe(v.string(), v.regex(/^\d+(\.\d+)*$/, "numbers with dots"));
/** Nothing that a path or an address could be made of. */
const FileName = v.pipe(v.string(), v.regex(/^\w[\w.-]*(\/\w[\w.-]*)?$/, "a plain file name"));

const ReleaseFile = v.pipe(
  v.object({ name: FileName, path: v.string(), bytes: Size, sha256: Hash }),
  v.check(({ name, path, sha256 }) => path === pathOf(name, sha256), "a path made of its hash"),
);

const ReleaseArtefact = v.pipe(
  v.object({
    model: Text,
    version: Text,
    task: Text,
    default: v.boolean(),
    minEngine: Version,
    specName: Text,
    specHash: Hash,
    bytes: Size,
    card: ReleaseFile,
    files: v.pipe(v.array(ReleaseFile), v.minLength(1), v.maxLength(100)),
  }),
  v.check(({ files }) => isUnique(files.map(({ name }) => name)), "files of different names"),
  v.check(
    ({ files, bytes }) => bytes === files.reduce((sum, file) => sum + file.bytes, 0),
    "the sum of its files' sizes",
  ),
);

const Release = v.object({
  format: v.literal(FORMAT),
  sequence: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  created: Text,
  /** When the next release is due at the latest. What is in use stays in use all the same. */
  expires: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  minEngine: Version,
  artifacts: v.pipe(
    v.array(ReleaseArtefact),
    v.maxLength(100),
    v.check((all) => isUnique(all.map(({ model }) => model)), "models of different names"),
  ),
});

const Card = v.looseObject({
  model: Text,
  version: Text,
  minEngine: Version,
  spec: v.looseObject({ name: Text, hash: Hash }),
  files: v.array(v.object({ name: FileName, bytes: Size, sha256: Hash })),
  probes: v.array(
    v.pipe(
      v.object({
        file: FileName,
        inputs: v.array(v.array(v.number())),
        outputs: v.array(v.number()),
        tolerance: v.pipe(v.number(), v.minValue(0)),
      }),
      v.check(({ inputs, outputs }) => inputs.length === outputs.length, "an output a row"),
    ),
  ),
});

export type ReleaseFile = v.InferOutput<typeof ReleaseFile>;
export type ReleaseArtefact = v.InferOutput<typeof ReleaseArtefact>;
export type Release = v.InferOutput<typeof Release>;
export type ModelCard = v.InferOutput<typeof Card>;

/** Read a manifest whose signature was verified. @throws {DeliveryError} `bad_manifest` */
export function readRelease(data: Uint8Array): Release {
  return parse(Release, data, "bad_manifest", "the manifest");
}

/** Read the card of an artefact that it has to fit. @throws {DeliveryError} `bad_card` */
export function readCard(data: Uint8Array, artefact: ReleaseArtefact): ModelCard {
  const what = `the card of ${artefact.model}`;
  const card = parse(Card, data, "bad_card", what);
  const files = (all: readonly { name: string; bytes: number; sha256: string }[]) =>
    JSON.stringify(all.map(({ name, bytes, sha256 }) => [name, bytes, sha256]).sort());
  const names = new Set(card.files.map(({ name }) => name));
  const pairs: [string, unknown, unknown][] = [
    ["model", card.model, artefact.model],
    ["version", card.version, artefact.version],
    ["spec", card.spec.hash, artefact.specHash],
    ["minEngine", card.minEngine, artefact.minEngine],
    ["files", files(card.files), files(artefact.files)],
    ["probes", card.probes.every(({ file }) => names.has(file)), true],
  ];
  for (const [field, said, expected] of pairs) {
    if (said === expected) continue;
    throw new DeliveryError("bad_card", `${what} and the manifest differ in ${field}`);
  }
  return card;
}

/** Where a file is published: a name that holds its hash never leads to anything else. */
export function pathOf(name: string, sha256: string): string {
  const base = name.slice(name.lastIndexOf("/") + 1);
  const dot = base.lastIndexOf(".");
  return `files/${sha256}${dot < 0 ? "" : base.slice(dot)}`;
}

/** Whether a version made of numbers and dots is at least another one. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split(".").map(Number.parseFloat));
  for (let i = 0; i < Math.max(have?.length ?? 0, want?.length ?? 0); i++) {
    const difference = (have?.[i] ?? 0) - (want?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function parse<S extends v.GenericSchema>(
  schema: S,
  data: Uint8Array,
  code: FailureCode,
  what: string,
): v.InferOutput<S> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data));
  } catch (cause) {
    throw new DeliveryError(code, `${what} is not JSON`, false, { cause });
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new DeliveryError(code, `${what} does not fit at ${path ?? "its top"}: ${issue.message}`);
}

function isUnique(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

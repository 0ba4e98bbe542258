/** Releases as `voltlift publish` makes them, of models small enough to write by hand. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { pathOf } from "../../src/models/manifest.js";
import type { ProbeRunner } from "../../src/models/probe.js";

type Bytes = Uint8Array<ArrayBuffer>;

export interface Key {
  /** Base64 of the 32 bytes, as it is pinned. */
  public: string;
  private: KeyObject;
}

export function newKey(): Key {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  return { public: raw.toString("base64"), private: privateKey };
}

/** A linear model: a file `model.json` of weights, which `runLinear` runs. */
export interface ModelSpec {
  model: string;
  version?: string;
  default?: boolean;
  minEngine?: string;
  specHash?: string;
  weights?: number[];
  /** Other files beside it. */
  files?: { [name: string]: Bytes };
  /** Changes of the card and of its entry in the manifest. */
  card?: { [field: string]: unknown };
  entry?: { [field: string]: unknown };
  /** What the probe is to answer instead of what the model does. */
  outputs?: number[];
}

export const SPEC = "5".repeat(64);

export const INPUTS = [
  [1, 0, 0],
  [0, 1, 0],
  [1, 2, 3],
];

export interface Published {
  manifest: Bytes;
  /** By path, the manifest among them. */
  files: Map<string, Bytes>;
}

export interface ReleaseSpec {
  sequence: number;
  models: ModelSpec[];
  minEngine?: string;
  key: Key;
  manifest?: { [field: string]: unknown };
}

export function publish({
  sequence,
  models,
  minEngine = "0.1.0",
  ...more
}: ReleaseSpec): Published {
  const files = new Map<string, Bytes>();
  const add = (name: string, content: Bytes) => {
    const file = { name, bytes: content.byteLength, sha256: hash(content) };
    const path = pathOf(name, file.sha256);
    files.set(path, content);
    return { ...file, path };
  };
  const artifacts = models.map((spec) => {
    const { model, version = "1.0.0", weights = [0.5, -1, 2], entry } = spec;
    const [specHash, minEngine] = [spec.specHash ?? SPEC, spec.minEngine ?? "0.1.0"];
    const own = { "model.json": utf8(JSON.stringify({ weights })), ...spec.files };
    const published = Object.entries(own).map(([name, content]) => add(name, content));
    const outputs = spec.outputs ?? INPUTS.map((row) => dot(row, weights));
    const card = {
      model,
      version,
      minEngine,
      task: "T1",
      spec: { name: "linear/1", hash: specHash, features: ["a", "b", "c"] },
      files: published.map(({ path: _, ...file }) => file),
      probes: [{ file: "model.json", inputs: INPUTS, outputs, tolerance: 1e-4 }],
      ...spec.card,
    };
    return {
      model,
      version,
      task: "T1",
      default: spec.default ?? true,
      minEngine,
      specName: "linear/1",
      specHash,
      bytes: published.reduce((sum, file) => sum + file.bytes, 0),
      card: add("card.json", utf8(JSON.stringify(card))),
      files: published,
      ...entry,
    };
  });
  const created = "2026-09-21T14:13:20Z";
  const content = { format: "voltlift-models/1", sequence, created, minEngine, artifacts };
  const manifest = utf8(JSON.stringify({ ...content, ...more.manifest }));
  files.set("manifest.json", manifest);
  files.set(`signatures/${hash(manifest)}.sig`, signature(manifest, more.key));
  return { manifest, files };
}

export function signature(manifest: Bytes, key: Key): Bytes {
  return utf8(`${sign(null, manifest, key.private).toString("base64")}\n`);
}

/** Runs the linear models, from the bytes of their files. */
export const runLinear: ProbeRunner = async ({ data, inputs }) => {
  const { weights } = JSON.parse(new TextDecoder().decode(data)) as { weights: number[] };
  return Float32Array.from(inputs, (row) => dot(row, weights));
};

export function hash(content: Bytes): string {
  return createHash("sha256").update(content).digest("hex");
}

export function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** Bytes that do not repeat, of which every download has to be complete to fit. */
export function noise(size: number, seed = 1): Bytes {
  const bytes = new Uint8Array(size);
  let state = seed;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

function dot(row: readonly number[], weights: readonly number[]): number {
  return row.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
}

/** Models as they ship, and the files of ONNX Runtime as `npm run build` lays them out. */
import { readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll } from "vitest";
import { ORT_BINARY, ORT_FOLDER, ORT_SCRIPT } from "../../src/inference/assets.js";
import type { InferenceHost } from "../../src/inference/host.js";
import type { FileSize, NamedShape } from "../../src/inference/types.js";

const ARTIFACTS = fileURLToPath(new URL("../../../models/artifacts/", import.meta.url));

export interface Probe {
  file: string;
  inputs: number[][];
  outputs: number[];
  tolerance: number;
}

export interface ShippedModel {
  files: Map<string, Uint8Array>;
  probes: Probe[];
  card: Record<string, unknown>;
}

/** A committed model, whatever its version. */
export function shippedModel(name: string): ShippedModel {
  const [version = ""] = readdirSync(join(ARTIFACTS, name));
  const folder = join(ARTIFACTS, name, version);
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  const files = new Map(
    names.map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]),
  );
  const card = JSON.parse(new TextDecoder().decode(files.get("card.json"))) as {
    probes: Probe[];
  };
  return { files, probes: card.probes, card: { ...card } };
}

/** A folder with the files of ONNX Runtime, until the tests of this file are over. */
export async function inferenceFolder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "voltlift-inference-"));
  afterAll(() => rm(root, { recursive: true }));
  await mkdir(join(root, ORT_FOLDER));
  for (const name of [ORT_SCRIPT, ORT_BINARY]) {
    const source = fileURLToPath(import.meta.resolve(`onnxruntime-web/${name}`));
    symlinkSync(source, join(root, ORT_FOLDER, name));
  }
  return `${pathToFileURL(root).href}/`;
}

/** Files as they cross from Python: names and lengths, and all bytes in one run. */
export function packed(
  files: ReadonlyMap<string, Uint8Array>,
): [FileSize[], Uint8Array<ArrayBuffer>] {
  const sizes = [...files].map(([name, bytes]): FileSize => [name, bytes.byteLength]);
  return [sizes, new Uint8Array(Buffer.concat([...files.values()]))];
}

/** Open one file of a model, given all its files. */
export function open(host: InferenceHost, file: string, files: ReadonlyMap<string, Uint8Array>) {
  return host.open(file, ...packed(files));
}

/** Rows of numbers as a tensor. */
export function rows(
  name: string,
  values: readonly (readonly number[])[],
): [NamedShape[], Uint8Array] {
  const data = new Float32Array(values.flat());
  return [[[name, [values.length, values[0]?.length ?? 0]]], new Uint8Array(data.buffer)];
}

/** The numbers of the one tensor in an answer. */
export function numbers({ data }: { data: Uint8Array<ArrayBuffer> }): number[] {
  return [...new Float32Array(data.slice().buffer)];
}

/** Largest difference between two lists of the same length. */
export function distance(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers, not ${b.length}`);
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? Number.NaN))));
}

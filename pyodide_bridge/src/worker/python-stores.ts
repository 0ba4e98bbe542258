/**
 * The stores as Python sees them: one JSON text each way and one buffer for bytes; a failure
 * is part of the answer. The other side is `voltlift_bridge/javascript_stores.py`.
 */

import type { EngineErrorCode } from "../errors.js";
import type { ModelRegistry } from "../models/types.js";
import type { FeatureEntry, FeatureStore, LogStore } from "../storage/types.js";
import { errorAnswer } from "../wire.js";

export interface PythonAnswer {
  json: string;
  data: Uint8Array;
}

export interface PythonStore {
  request(method: string, argumentsJson: string, data: Uint8Array): Promise<PythonAnswer>;
}

type Row = [id: string, hash: string, text: string];
type IndexRow = [key: string, header: string, length: number];
type InstallArguments = [
  name: string,
  version: string,
  sha256: string,
  card: { [field: string]: unknown },
  length: number,
  hashes: [file: string, sha256: string][],
  sizes: [file: string, length: number][],
];
type Handler = (args: never, data: Uint8Array) => Promise<unknown>;

const NOTHING = new Uint8Array();

/** The port `LogStore`. */
export function pythonLogStore(store: LogStore): PythonStore {
  return pythonStore({
    manifest: () => store.manifest(),
    read: async ([ids]: [string[]]): Promise<Row[]> =>
      (await store.readRecords(ids)).map(({ id, hash, text }) => [id, hash, text]),
    write: ([rows, deleted]: [Row[], string[]]) =>
      store.writeRecords(
        rows.map(([id, hash, text]) => ({ id, hash, text, startTime: startTimeOf(text) })),
        deleted,
      ),
    readDocument: async ([name]: [string]) => (await store.readDocumentText(name)) ?? null,
    writeDocument: ([name, text]: [string, string]) => store.writeDocumentText(name, text),
  });
}

/** The port `FeatureStore`. */
export function pythonFeatureStore(store: FeatureStore): PythonStore {
  return pythonStore({
    read: async ([prefix]: [string]) => {
      const entries = [...(await store.read(prefix))];
      const index = entries.map(
        ([key, { header, data }]): IndexRow => [key, header, data.byteLength],
      );
      return new WithBytes(index, join(entries.map(([, entry]) => entry.data)));
    },
    write: ([index, deleted]: [IndexRow[], string[]], data: Uint8Array) => {
      const entries = new Map<string, FeatureEntry>();
      let offset = 0;
      for (const [key, header, length] of index) {
        entries.set(key, { header, data: copy(data, offset, length) });
        offset += length;
      }
      return store.write(entries, deleted);
    },
  });
}

/** The port `ModelRegistry`. */
export function pythonModelRegistry(registry: ModelRegistry): PythonStore {
  return pythonStore({
    installed: async () =>
      (await registry.list()).map(({ name, version, bytes, active, lastGood }) => [
        name,
        version,
        bytes,
        active,
        lastGood,
      ]),
    active: async ([name]: [string]) => {
      const found = await registry.active(name);
      if (!found) return null;
      const { version, sha256, card, files, data } = found;
      return new WithBytes([version, sha256, card, [...files]], new Uint8Array(data));
    },
    file: async ([name, version, file]: [string, string, string]) =>
      new WithBytes(null, new Uint8Array(await registry.file(name, version, file))),
    install: (
      [name, version, sha256, card, length, hashes, sizes]: InstallArguments,
      data: Uint8Array,
    ) => {
      let offset = length;
      const files = new Map<string, ArrayBuffer>();
      for (const [file, size] of sizes) {
        files.set(file, copy(data, offset, size));
        offset += size;
      }
      const own = { name, version, sha256, card, data: copy(data, 0, length) };
      return registry.install({ ...own, files: new Map(hashes) }, files);
    },
    activate: ([name, version]: [string, string]) => registry.activate(name, version),
    deactivate: ([name]: [string]) => registry.deactivate(name),
    rollBack: ([name]: [string]) => registry.rollBack(name),
    remove: ([name, version]: [string, string]) => registry.remove(name, version),
  });
}

/** A result that has bytes beside its JSON. */
export class WithBytes {
  constructor(
    readonly value: unknown,
    readonly bytes: Uint8Array,
  ) {}
}

/** An object that Python asks; `code` is that of failures without one of their own. */
export function pythonStore(
  handlers: { readonly [method: string]: Handler },
  code: EngineErrorCode = "storage",
): PythonStore {
  return {
    async request(method, argumentsJson, data) {
      try {
        const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
        if (!handler) throw new TypeError(`it has no method ${method}`);
        const result = await handler(JSON.parse(argumentsJson) as never, data);
        const [value, bytes] =
          result instanceof WithBytes ? [result.value, result.bytes] : [result, NOTHING];
        return { json: JSON.stringify({ ok: value ?? null }), data: bytes };
      } catch (error) {
        return { json: errorAnswer(error, code), data: NOTHING };
      }
    },
  };
}

function startTimeOf(text: string): number {
  try {
    const { startTime } = JSON.parse(text) as { startTime?: unknown };
    return Number.isFinite(startTime) ? (startTime as number) : 0;
  } catch {
    return 0; // The record is kept as it is; `load` reports it as damaged.
  }
}

function copy(bytes: Uint8Array, offset: number, length: number): ArrayBuffer {
  const part = new Uint8Array(length);
  part.set(bytes.subarray(offset, offset + length));
  return part.buffer;
}

function join(buffers: readonly ArrayBuffer[]): Uint8Array {
  const whole = new Uint8Array(buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0));
  let offset = 0;
  for (const buffer of buffers) {
    whole.set(new Uint8Array(buffer), offset);
    offset += buffer.byteLength;
  }
  return whole;
}

/** Tensors and files to one run of bytes, and back as views of it. */
import { EngineError } from "../errors.js";
import type {
  FileSize,
  FloatTensor,
  ModelFiles,
  NamedShape,
  PackedTensors,
  Tensors,
} from "./types.js";

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Number of elements of a shape. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * The bytes in a buffer of their own, so that it can be transferred: themselves where they fill
 * theirs, else a copy.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  const alone = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return alone ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

/** @throws {EngineError} `invalid_request` where bytes and shapes do not fit together. */
export function unpackTensors(
  shapes: readonly NamedShape[],
  data: Uint8Array<ArrayBuffer>,
): Map<string, FloatTensor> {
  const lengths = shapes.map(([, shape]) => elements(shape));
  const total = lengths.reduce((sum, length) => sum + length, 0) * FLOAT_BYTES;
  if (!Number.isSafeInteger(total) || total !== data.byteLength) {
    throw new EngineError("invalid_request", "shapes and bytes of the tensors do not fit", {
      expected: `${total} bytes`,
      received: `${data.byteLength} bytes`,
    });
  }
  let at = data.byteOffset;
  return new Map(
    shapes.map(([name, shape], index) => {
      const values = new Float32Array(data.buffer, at, lengths[index]);
      at += values.byteLength;
      return [name, { data: values, shape }];
    }),
  );
}

/** A single tensor keeps its buffer; several are copied into one. */
export function packTensors(tensors: Tensors): PackedTensors {
  const shapes = [...tensors].map(([name, { shape }]): NamedShape => [name, shape]);
  const parts = [...tensors.values()].map(({ data }) => bytesOf(data));
  const [first] = parts;
  if (first && parts.length === 1) return { shapes, data: ownBytes(first) };
  const data = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.byteLength;
  }
  return { shapes, data };
}

/** @throws {EngineError} `corrupt_data` where there are fewer bytes than the files have. */
export function unpackFiles(sizes: readonly FileSize[], data: Uint8Array<ArrayBuffer>): ModelFiles {
  let at = 0;
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, size] of sizes) {
    files.set(name, data.subarray(at, at + size));
    at += size;
  }
  if (at === data.byteLength) return files;
  throw new EngineError("corrupt_data", "the files of the model are not complete", {
    expected: `${at} bytes`,
    received: `${data.byteLength} bytes`,
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array<ArrayBuffer>) {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * What TensorFlow.js uses of Node's `util`, which bundlers for browsers leave out: so that what is
 * built runs in Node as well.
 */
export const { TextDecoder, TextEncoder } = globalThis;

export const types = {
  isFloat32Array: (value: unknown): boolean => value instanceof Float32Array,
  isInt32Array: (value: unknown): boolean => value instanceof Int32Array,
  isUint8Array: (value: unknown): boolean => value instanceof Uint8Array,
  isUint8ClampedArray: (value: unknown): boolean => value instanceof Uint8ClampedArray,
};

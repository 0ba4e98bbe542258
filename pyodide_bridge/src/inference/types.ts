/** What runs a model, whichever runtime it is. */

/** A tensor of 32-bit floats, row by row. */
export interface FloatTensor {
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

export type Tensors = ReadonlyMap<string, FloatTensor>;

/** The files of a model by name. */
export type ModelFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** Name and shape of a tensor that a model takes or gives; null: of any length. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly (number | null)[];
}

/** A model that is open in a runtime. */
export interface RuntimeSession {
  /** Name of the runtime, such as `onnxruntime-web`. */
  readonly runtime: string;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly string[];
  /**
   * All outputs for the inputs, whose names and shapes have been checked.
   *
   * @throws {EngineError} `inference`
   */
  run(feeds: Tensors): Promise<Tensors>;
  /** Free what it holds. */
  dispose(): Promise<void>;
}

/** Name and length of each file in one run of bytes. */
export type FileSize = readonly [name: string, bytes: number];

/** Name and shape of each tensor in one run of 32-bit floats. */
export type NamedShape = readonly [name: string, shape: readonly number[]];

/** Tensors one behind the other, as they cross to Python and to a worker. */
export interface PackedTensors {
  readonly shapes: readonly NamedShape[];
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What a session says about itself when it is opened. */
export interface OpenedSession {
  readonly id: string;
  readonly runtime: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

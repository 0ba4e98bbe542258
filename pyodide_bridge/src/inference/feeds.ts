/** What a model is given has to be what it takes: runtimes report anything else in their own ways. */
import { EngineError } from "../errors.js";
import { elements } from "./packing.js";
import type { FloatTensor, TensorSpec, Tensors } from "./types.js";

/** @throws {EngineError} `invalid_request` where names or shapes are others than the model's. */
export function checkFeeds(inputs: readonly TensorSpec[], feeds: Tensors): void {
  const expected = inputs.map(({ name }) => name).sort();
  const received = [...feeds.keys()].sort();
  if (expected.join("\n") !== received.join("\n")) {
    throw new EngineError("invalid_request", "these are not the inputs of the model", {
      expected: expected.join(", "),
      received: received.join(", ") || "none",
    });
  }
  for (const { name, shape } of inputs) {
    const given = feeds.get(name)?.shape ?? [];
    const fits =
      given.length === shape.length &&
      shape.every((length, axis) => length === null || length === given[axis]);
    if (fits) continue;
    throw new EngineError("invalid_request", "the input has not the model's shape", {
      path: name,
      expected: `(${shape.map((length) => length ?? "any").join(", ")})`,
      received: `(${given.join(", ")})`,
    });
  }
}

/** Inputs of one row, all zeros: what a new session answers first, so that later answers are fast. */
export function zeros(inputs: readonly TensorSpec[]): Map<string, FloatTensor> {
  return new Map(
    inputs.map((input) => {
      const shape = input.shape.map((length) => length ?? 1);
      return [input.name, { data: new Float32Array(elements(shape)), shape }];
    }),
  );
}

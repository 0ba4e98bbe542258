// ONNX Runtime whose files are not served. A file of its own: one that failed stays failed.
import { expect, it, vi } from "vitest";
import { createInferenceHost } from "../../src/inference/host.js";
import { open, shippedModel } from "./models.js";

// Loading a runtime for the first time takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

it("is an error of the runtime, not of the model, and TensorFlow.js is not touched", async () => {
  const host = createInferenceHost({ inferenceUrl: "file:///nowhere/inference/" });
  const { files } = shippedModel("exercise-net");
  await expect(open(host, "net.onnx", files)).rejects.toMatchObject({
    code: "inference",
    message: expect.stringMatching(/^ONNX Runtime could not be started: /),
    details: { remedy: expect.any(String) },
  });
  const { runtime } = await open(host, "tfjs/model.json", files);
  expect(runtime).toBe("tensorflow.js");
});

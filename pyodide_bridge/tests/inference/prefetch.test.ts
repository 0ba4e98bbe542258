import { expect, it, vi } from "vitest";
import { prefetchInference } from "../../src/inference/prefetch.js";

const runtimeUrl = "https://example.test/app/runtime/";
const FOLDER = "https://example.test/app/inference/onnxruntime-web-1.30.0/";

function serve(answer: () => Response) {
  const fetched: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    fetched.push(address);
    return answer();
  });
  return fetched;
}

it("fetches the files of ONNX Runtime and counts their bytes", async () => {
  const fetched = serve(() => new Response(new Uint8Array(10)));
  const counted: number[] = [];
  await prefetchInference({
    runtimeUrl,
    files: ["tfjs/model.json", "net.onnx"],
    onProgress: (bytes) => counted.push(bytes),
  });
  expect(fetched.sort()).toEqual([
    `${FOLDER}ort-wasm-simd-threaded.mjs`,
    `${FOLDER}ort-wasm-simd-threaded.wasm`,
  ]);
  expect(counted).toEqual([10, 20]);
});

it("fetches nothing for models that are arrays or for TensorFlow.js", async () => {
  const fetched = serve(() => new Response());
  await prefetchInference({ runtimeUrl, files: ["ranker.npz", "tfjs/model.json"] });
  expect(fetched).toEqual([]);
});

it("says which file cannot be had, wherever the folder is", async () => {
  serve(() => new Response(null, { status: 404 }));
  const inferenceUrl = "https://example.test/other";
  const asked = prefetchInference({ runtimeUrl, inferenceUrl, files: ["net.onnx"] });
  await expect(asked).rejects.toMatchObject({
    code: "inference",
    message: expect.stringMatching(/^https:\/\/example\.test\/other\/onnx.*HTTP status 404$/),
  });
});

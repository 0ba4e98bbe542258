// Answers of a model in the runtimes of the browser, for the parity tests.
//
// Reads {jobs: [{runtime, path, rows}]} from standard input and writes [[number, ...], ...] to
// standard output: one number a row, a list a job. `path` is an ONNX file, or the model.json of
// a layers model, whose shards lie beside it.

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** @param {string} path @param {Float32Array} values @param {[number, number]} shape */
async function withOnnx(path, values, shape) {
  const ort = await import("onnxruntime-web/wasm");
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(await readFile(path));
  const feeds = { [session.inputNames[0]]: new ort.Tensor("float32", values, shape) };
  const found = await session.run(feeds);
  await session.release();
  return Array.from(found[session.outputNames[0]].data);
}

/** @param {string} path @param {Float32Array} values @param {[number, number]} shape */
async function withTensorFlow(path, values, shape) {
  const tf = await import("@tensorflow/tfjs");
  await tf.setBackend("cpu");
  // The loader of the browser, manifest and shards included; only fetching is from the disk.
  const base = pathToFileURL(`${dirname(path)}/`).href;
  const fetchFunc = async (/** @type {string} */ url) => {
    const name = decodeURIComponent(url.slice(base.length));
    const content = await readFile(join(dirname(path), name));
    const type = name.endsWith(".json") ? "application/json" : "application/octet-stream";
    return new Response(content, { headers: { "Content-Type": type } });
  };
  const model = await tf.loadLayersModel(tf.io.http(pathToFileURL(path).href, { fetchFunc }));
  const answers = /** @type {import("@tensorflow/tfjs").Tensor} */ (
    model.predict(tf.tensor2d(values, shape))
  );
  return Array.from(answers.dataSync());
}

const runtimes = { onnx: withOnnx, tfjs: withTensorFlow };

let text = "";
for await (const chunk of process.stdin) text += chunk;
const answers = [];
for (const { runtime, path, rows } of JSON.parse(text).jobs) {
  const values = new Float32Array(rows.flat());
  answers.push(
    await runtimes[/** @type {keyof typeof runtimes} */ (runtime)](path, values, [
      rows.length,
      rows[0].length,
    ]),
  );
}
process.stdout.write(`${JSON.stringify(answers)}\n`);

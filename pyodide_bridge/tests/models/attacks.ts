/** Releases that are damaged, forged, old or unfit, and what each of them is answered with. */
import type { ServerResponse } from "node:http";
import type { ProbeRunner } from "../../src/models/probe.js";
import type { FailureCode } from "../../src/models/types.js";
import type { UpdateOptions } from "../../src/models/update.js";
import type { Device } from "./device.js";
import { hash, newKey, noise, type Published, runLinear, signature, utf8 } from "./release.js";
import type { Fault } from "./server.js";

const BIG = noise(200_000);
export const good = (version: string, seed = 1) => ({
  model: "ranker",
  version,
  files: { "ranker.npz": noise(3_000, seed), "next.onnx": seed === 1 ? BIG : noise(200_000, seed) },
});

/** A newer release, with what is wrong with it. */
export interface Attack {
  code: FailureCode;
  /** What the record says, for people. */
  message: RegExp;
  /** Publishes it; by default one that is fine. */
  publish?: (device: Device) => Published;
  /** What the server does with it. */
  fault?: (published: Published) => Fault;
  options?: Partial<UpdateOptions>;
  /** Number of the release in the record; by default 20. */
  sequence?: number | null;
}

export const newer = (device: Device, more: object = {}) =>
  device.publish({ sequence: 20, models: [good("2", 2)], ...more });

/** The server sends something else instead of a file. */
export const instead =
  (
    fits: (path: string) => boolean,
    answer: (response: ServerResponse, content: Uint8Array) => void,
  ) =>
  (published: Published): Fault =>
  (_request, response, path) => {
    const content = published.files.get(path);
    if (!content || !fits(path)) return false;
    answer(response, content);
    return true;
  };

export const isOnnx = (path: string) => path.endsWith(".onnx");
const isSignature = (path: string) => path.startsWith("signatures/");

const flipped = (content: Uint8Array) => {
  const copy = Uint8Array.from(content);
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1;
  return copy;
};

const probing = (answer: ProbeRunner): Partial<UpdateOptions> => ({ probe: answer, probeMs: 50 });

export const ATTACKS: { readonly [name: string]: Attack } = {
  "a file of which one bit differs": {
    code: "wrong_hash",
    message: /next\.onnx has the SHA-256/,
    fault: instead(isOnnx, (response, content) => response.end(flipped(content))),
  },
  "a file that is another one": {
    code: "wrong_hash",
    message: /next\.onnx/,
    fault: instead(isOnnx, (response) => response.end(BIG)),
  },
  "a file that never ends": {
    code: "wrong_size",
    message: /larger than 200000 bytes/,
    fault: instead(isOnnx, (response, content) => {
      response.write(content);
      response.end(content);
    }),
  },
  "a file that is too short": {
    code: "truncated",
    message: /only 150000 of 200000 bytes/,
    fault: instead(isOnnx, (response, content) => response.end(content.subarray(0, 150_000))),
  },
  "a connection that breaks in the middle, each time": {
    code: "offline",
    message: /did not arrive/,
    fault: instead(isOnnx, (response, content) => {
      response.writeHead(200, { "Content-Length": content.byteLength });
      response.write(content.subarray(0, 10_000), () => response.destroy());
    }),
  },
  "a server that falls silent in the middle": {
    code: "offline",
    message: /nothing came for 100 ms/,
    fault: instead(isOnnx, (response, content) => {
      response.writeHead(200, { "Content-Length": content.byteLength });
      response.write(content.subarray(0, 10_000));
    }),
    options: { idleMs: 100, retries: 0 },
  },
  "a file that is missing": {
    code: "http",
    message: /answered 404/,
    fault: instead(isOnnx, (response) => response.writeHead(404).end()),
  },
  "a server in trouble": {
    code: "http",
    message: /manifest\.json: the server answered 503/,
    fault: () => (_request, response) => {
      response.writeHead(503).end();
      return true;
    },
    sequence: null,
  },
  "a redirection to somebody else": {
    code: "offline",
    message: /did not arrive/,
    fault: instead(isOnnx, (response) =>
      response.writeHead(302, { Location: "https://example.org/" }).end(),
    ),
  },
  "no signature": {
    code: "unsigned",
    message: /no signature/,
    publish: (device) => {
      const published = newer(device);
      for (const path of published.files.keys()) {
        if (isSignature(path)) published.files.delete(path);
      }
      return published;
    },
    sequence: null,
  },
  "the signature of somebody else": {
    code: "wrong_signature",
    message: /none of the pinned keys/,
    publish: (device) => newer(device, { key: newKey() }),
    sequence: null,
  },
  "the signature of another manifest": {
    code: "wrong_signature",
    message: /none of the pinned keys/,
    publish: (device) => {
      const other = newer(device, { sequence: 21 });
      const published = newer(device);
      const path = `signatures/${hash(published.manifest)}.sig`;
      const foreign = other.files.get(`signatures/${hash(other.manifest)}.sig`);
      published.files.set(path, foreign ?? utf8(""));
      return published;
    },
    sequence: null,
  },
  "a signature that is none": {
    code: "wrong_signature",
    message: /no Ed25519 signature/,
    fault: instead(isSignature, (response) => response.end("<!doctype html>")),
    sequence: null,
  },
  "a manifest that was changed after it was signed": {
    code: "wrong_signature",
    message: /none of the pinned keys/,
    publish: (device) => {
      const published = newer(device);
      const text = new TextDecoder().decode(published.manifest);
      const manifest = utf8(text.replace('"sequence":20', '"sequence":21'));
      const old = published.files.get(`signatures/${hash(published.manifest)}.sig`);
      published.files.set("manifest.json", manifest);
      published.files.set(`signatures/${hash(manifest)}.sig`, old ?? utf8(""));
      return published;
    },
    sequence: null,
  },
  "a build without keys": {
    code: "no_keys",
    message: /accepts no models/,
    options: { keys: { current: "", next: "" } },
    sequence: null,
  },
  "an older manifest": {
    code: "older_manifest",
    message: /the number 9, and 10 was here before/,
    publish: (device) => newer(device, { sequence: 9 }),
    sequence: 9,
  },
  "another manifest of the same number": {
    code: "changed_manifest",
    message: /same number 10/,
    publish: (device) => newer(device, { sequence: 10 }),
    sequence: 10,
  },
  "a manifest of a format to come": {
    code: "bad_manifest",
    message: /at format/,
    publish: (device) => newer(device, { manifest: { format: "voltlift-models/2" } }),
    sequence: null,
  },
  "a manifest that leads elsewhere": {
    code: "bad_manifest",
    message: /a path made of its hash/,
    publish: (device) => {
      const card = { name: "card.json", path: "//example.org/x", bytes: 1, sha256: "0".repeat(64) };
      return newer(device, { models: [{ ...good("2"), entry: { card } }] });
    },
    sequence: null,
  },
  "a manifest that is no JSON": {
    code: "bad_manifest",
    message: /not JSON/,
    publish: (device) => {
      const published = newer(device);
      const manifest = utf8("<!doctype html>");
      published.files.set("manifest.json", manifest);
      const path = `signatures/${hash(manifest)}.sig`;
      published.files.set(path, signature(manifest, device.keys.current));
      return published;
    },
    sequence: null,
  },
  "a card of another model": {
    code: "bad_card",
    message: /differ in model/,
    publish: (device) => newer(device, { models: [{ ...good("2"), card: { model: "load" } }] }),
  },
  "a card with other features": {
    code: "bad_card",
    message: /differ in spec/,
    publish: (device) => {
      const card = { spec: { name: "linear/1", hash: "7".repeat(64) } };
      return newer(device, { models: [{ ...good("2"), card }] });
    },
  },
  "a release for a newer engine": {
    code: "engine_too_old",
    message: /needs engine 0\.10\.0, this is 0\.1\.0/,
    publish: (device) => newer(device, { minEngine: "0.10.0" }),
  },
  "models beyond the budget": {
    code: "over_budget",
    message: /active artefacts would exceed their budget: at most 4000000 bytes/,
    publish: (device) =>
      newer(device, {
        models: [
          { model: "ranker", version: "2", files: { "a.bin": new Uint8Array(2_000_000) } },
          { model: "load", version: "2", files: { "b.bin": new Uint8Array(2_000_000) } },
        ],
      }),
  },
  "probes that the model answers otherwise": {
    code: "probe_differs",
    message: /answered row 1 with -1 instead of -1\.5/,
    publish: (device) => newer(device, { models: [{ ...good("2"), outputs: [0.5, -1.5, 4.5] }] }),
  },
  "a model that answers NaN": {
    code: "probe_differs",
    message: /row 0 with NaN instead of 0\.5/,
    options: probing(async ({ inputs }) => new Float32Array(inputs.length).fill(Number.NaN)),
  },
  "a model that answers too little": {
    code: "probe_differs",
    message: /2 answers to 3 rows/,
    options: probing(async () => [0.5, -1]),
  },
  "a model that cannot be run": {
    code: "probe_failed",
    message: /cannot be run: unknown operator/,
    options: probing(async () => {
      throw new Error("unknown operator");
    }),
  },
  "arrays that cannot be read, of a model whose card has no rows": {
    code: "probe_failed",
    message: /factors\.npz of collaborative-filter 2 cannot be run: values that are no numbers/,
    publish: (device) => {
      const files = { "factors.npz": noise(1_000, 9) };
      const filter = { model: "collaborative-filter", version: "2", files, card: { probes: [] } };
      return newer(device, { models: [good("2"), filter] });
    },
    options: probing(async (request) => {
      if (request.file !== "factors.npz") return runLinear(request);
      throw new Error("values that are no numbers");
    }),
  },
  "a model that hangs": {
    code: "probe_failed",
    message: /no answer within 50 ms/,
    options: probing(() => new Promise(() => undefined)),
  },
  "a network that is not there": {
    code: "offline",
    message: /manifest\.json did not arrive/,
    options: { baseUrl: "http://127.0.0.1:9/models/", retries: 0 },
    sequence: null,
  },
};

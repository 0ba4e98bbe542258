// A release as `voltlift publish` writes it (tests/models/test_published_fixture.py): both sides
// agree on every field, path, hash and signature.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { PinnedKeys } from "../../src/models/signature.js";
import { devices } from "./device.js";
import { runLinear } from "./release.js";

const device = devices();

const FOLDER = new URL("published/", import.meta.url);
const read = (path: string) => new Uint8Array(readFileSync(fileURLToPath(new URL(path, FOLDER))));

it("a published release is in use after one update", async () => {
  const keys = JSON.parse(new TextDecoder().decode(read("pinned-keys.json"))) as PinnedKeys;
  device().server.fault = (_request, response, path) => {
    response.end(read(path));
    return true;
  };
  const engine = { version: "0.3.0", specs: ["f".repeat(64)] };
  const tried: string[] = [];
  const result = await device().update({
    keys,
    engine,
    probe: (request) => {
      tried.push(`${request.model} ${request.file} ${[...request.files.keys()].sort()}`);
      return runLinear(request);
    },
  });
  expect(result).toMatchObject({ outcome: "updated", sequence: 1_790_000_000, left: [] });
  expect(await device().active()).toEqual(["exercise-net 1.0.0", "ranker 1.0.0"]);
  expect(tried).toEqual([
    "exercise-net model.json model.json,tfjs/model.json,weights",
    "ranker model.json model.json,ranker.npz",
  ]);
  const ranker = await device().registry.active("ranker");
  expect(new Uint8Array(ranker?.data ?? new ArrayBuffer())).toEqual(
    Uint8Array.from({ length: 256 }, (_, i) => i),
  );
});

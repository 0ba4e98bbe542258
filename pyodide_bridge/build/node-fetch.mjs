// `fetchAsset` of boot.mjs for Node, whose fetch does not read files.
import { readFile } from "node:fs/promises";

/** Answers a file: address as a web server would, type included. */
export async function fetchFile(url) {
  const type = url.pathname.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  try {
    return new Response(await readFile(url), { headers: { "content-type": type } });
  } catch (error) {
    if (error.code === "ENOENT") return new Response(null, { status: 404 });
    throw error;
  }
}

/** Downloads that are tried again, and go on where they broke off. */
import pRetry from "p-retry";
import { DeliveryError, interrupted } from "./errors.js";
import { sha256 } from "./hashing.js";
import { joined, type Request, refused, send } from "./http.js";
import type { ReleaseFile } from "./manifest.js";

/** How requests are made; for tests and for hosts with a fetch of their own. */
export interface Transport {
  fetch?: typeof fetch | undefined;
  signal?: AbortSignal | undefined;
  /** How long nothing may arrive before a request is given up. Default 15 s. */
  idleMs?: number | undefined;
  /** How often a request is tried again. Default 3. */
  retries?: number | undefined;
  /** Wait before the first of these, doubled each time, with some chance in it. Default 500 ms. */
  backOffMs?: number | undefined;
}

const MANIFEST_LIMIT = 256_000;
const SIGNATURE_LIMIT = 200;

export interface Fetched {
  data: Uint8Array<ArrayBuffer>;
  etag: string | null;
}

/**
 * Fetch the manifest; null where it is the one of this ETag still.
 *
 * @throws {DeliveryError} `offline`, `http`, `wrong_size`, `interrupted`.
 */
export function fetchManifest(
  url: URL,
  etag: string | null,
  transport: Transport,
): Promise<Fetched | null> {
  return again(transport, async () => {
    const headers = etag === null ? {} : { "If-None-Match": etag };
    const { response, data } = await body({ url, headers, limit: MANIFEST_LIMIT }, transport);
    if (response.status === 304 && etag !== null) return null;
    if (response.status !== 200) throw refused(url, response);
    return { data, etag: response.headers.get("ETag") };
  });
}

/** Fetch a signature as text; null where there is none. */
export function fetchSignature(url: URL, transport: Transport): Promise<string | null> {
  return again(transport, async () => {
    const { response, data } = await body({ url, limit: SIGNATURE_LIMIT }, transport);
    if (response.status === 404 || response.status === 410) return null;
    if (response.status !== 200) throw refused(url, response);
    return new TextDecoder().decode(data);
  });
}

/**
 * Fetch a file of a release and verify it. What has arrived when a connection breaks is kept for
 * the next try, where the server can send the rest; what does not fit its hash is fetched anew.
 *
 * @param onBytes told how many bytes of it are there.
 * @throws {DeliveryError} `offline`, `http`, `truncated`, `wrong_size`, `wrong_hash`, `interrupted`.
 */
export function fetchFile(
  url: URL,
  file: Pick<ReleaseFile, "name" | "bytes" | "sha256">,
  transport: Transport,
  onBytes: (received: number) => void = () => undefined,
): Promise<ArrayBuffer> {
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const restart = () => {
    parts = [];
    received = 0;
  };
  return again(transport, async () => {
    const start = received;
    const range = `bytes ${start}-`;
    const response = await send({
      url,
      ...transport,
      headers: start > 0 ? { Range: `bytes=${start}-` } : {},
      limit: file.bytes,
      wants: ({ status, headers }) => {
        const goesOn = status === 206 && headers.get("Content-Range")?.startsWith(range) === true;
        // All of it, or a part that does not fit ours. Any other answer says nothing about it.
        if (status === 200 || status === 416 || (status === 206 && !goesOn)) restart();
        return goesOn || status === 200;
      },
      onBytes: (bytes) => {
        parts.push(bytes);
        received += bytes.byteLength;
        onBytes(received);
      },
    }).catch((error) => {
      if (DeliveryError.from(error).code === "wrong_size") restart();
      throw error;
    });
    if (response.status !== 200 && response.status !== 206 && response.status !== 416) {
      throw refused(url, response);
    }
    if (received < file.bytes) throw truncated(file, received);
    const data = joined(parts);
    const hash = await sha256(data);
    restart();
    if (data.byteLength !== file.bytes) {
      const sizes = `${data.byteLength} bytes instead of ${file.bytes}`;
      throw new DeliveryError("wrong_size", `${file.name} has ${sizes}`, true);
    }
    if (hash !== file.sha256) {
      const message = `${file.name} has the SHA-256 ${hash} instead of ${file.sha256}`;
      throw new DeliveryError("wrong_hash", message, true);
    }
    return data.buffer;
  });
}

function truncated({ name, bytes }: Pick<ReleaseFile, "name" | "bytes">, received: number) {
  const sizes = `${received} of ${bytes} bytes`;
  return new DeliveryError("truncated", `of ${name} only ${sizes} arrived`, true);
}

async function body(
  request: Omit<Request, "onBytes">,
  transport: Transport,
): Promise<{ response: Response; data: Uint8Array<ArrayBuffer> }> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const response = await send({ ...transport, ...request, onBytes: (part) => parts.push(part) });
  return { response, data: joined(parts) };
}

/** Try until it works, fails for good, or has failed too often. */
async function again<T>(
  { signal, retries = 3, backOffMs = 500 }: Transport,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await pRetry(attempt, {
      retries,
      minTimeout: backOffMs,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof DeliveryError && error.passing,
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw interrupted();
    throw error;
  }
}

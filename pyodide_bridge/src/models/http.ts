/** One request: bytes as they arrive, and an end to waiting. */
import { DeliveryError, interrupted } from "./errors.js";

/** How long nothing may arrive. */
export const IDLE_MS = 15_000;

export interface Request {
  url: URL;
  headers?: { readonly [name: string]: string };
  /** Most bytes that are taken. */
  limit: number;
  signal?: AbortSignal | undefined;
  fetch?: typeof fetch | undefined;
  idleMs?: number | undefined;
  /** Whether to read what comes; by default of a 200 alone. */
  wants?: (response: Response) => boolean;
  /** Bytes as they arrive, so that they are not lost where the rest does not. */
  onBytes?: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/**
 * Send a request and read the answer. Nothing is taken from the browser's cache or put there
 * (what is kept is kept in the registry), and no redirection is followed: it could lead to
 * somebody else.
 *
 * @throws {DeliveryError} `offline` (may pass), `wrong_size` beyond the limit, `interrupted`.
 */
export async function send(request: Request): Promise<Response> {
  const { url, headers = {}, limit, signal, idleMs = IDLE_MS, onBytes } = request;
  const wants = request.wants ?? ((response) => response.status === 200);
  const controller = new AbortController();
  const stop = () => controller.abort();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(stop, idleMs);
  };
  signal?.addEventListener("abort", stop);
  try {
    if (signal?.aborted) throw interrupted();
    alive();
    const response = await (request.fetch ?? fetch)(url, {
      headers,
      cache: "no-store",
      redirect: "error",
      credentials: "same-origin",
      referrerPolicy: "no-referrer",
      signal: controller.signal,
    });
    if (!wants(response)) {
      await response.body?.cancel();
      return response;
    }
    const reader = response.body?.getReader();
    let length = 0;
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      alive();
      length += part.value.byteLength;
      if (length > limit) {
        await reader?.cancel();
        throw new DeliveryError(
          "wrong_size",
          `${url.pathname} is larger than ${limit} bytes`,
          true,
        );
      }
      onBytes?.(part.value);
    }
    return response;
  } catch (cause) {
    if (signal?.aborted) throw interrupted();
    if (cause instanceof DeliveryError) throw cause;
    const why = controller.signal.aborted ? `nothing came for ${idleMs} ms` : String(cause);
    throw new DeliveryError("offline", `${url.pathname} did not arrive: ${why}`, true, { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    controller.abort(); // Lets go of what was not read.
  }
}

/** The error of an answer that is none. */
export function refused({ pathname }: URL, { status }: Response): DeliveryError {
  const passing = status >= 500 || status === 408 || status === 429;
  return new DeliveryError("http", `${pathname}: the server answered ${status}`, passing);
}

/** Parts as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

/** Trying models out before they are used. */
import { DeliveryError, interrupted } from "./errors.js";
import type { ModelCard } from "./manifest.js";
import { RUNTIME_FILES } from "./types.js";

/** A file of a model, to be run on rows of features. */
export interface ProbeRequest {
  model: string;
  version: string;
  /** The file to run. */
  file: string;
  data: ArrayBuffer;
  /** All files of the model by name, for formats that consist of several. */
  files: ReadonlyMap<string, ArrayBuffer>;
  inputs: readonly (readonly number[])[];
  /** Aborted where the answer is not waited for any more. */
  signal: AbortSignal;
}

/** Runs a file of a model; one number a row. A rejection means that it cannot be used. */
export type ProbeRunner = (request: ProbeRequest) => Promise<ArrayLike<number>>;

/** How long one file may take for its rows; a session that hangs is none to be used. */
export const PROBE_MS = 10_000;

/**
 * Run the probes of a card and compare the answers with what it says.
 *
 * @throws {DeliveryError} `probe_differs`, `probe_failed` or `interrupted`.
 */
export async function tryOut(
  card: ModelCard,
  files: ReadonlyMap<string, ArrayBuffer>,
  run: ProbeRunner,
  { signal, timeoutMs = PROBE_MS }: { signal?: AbortSignal | undefined; timeoutMs?: number },
): Promise<void> {
  const { model, version } = card;
  for (const { file, inputs, outputs, tolerance } of probesOf(card)) {
    const data = files.get(file);
    const what = `${file} of ${model} ${version}`;
    if (!data) throw new DeliveryError("bad_card", `${what} is to be tried and is not there`);
    const request = { model, version, file, data, files, inputs };
    const answers = await within(run, request, what, timeoutMs, signal);
    if (answers.length !== outputs.length) {
      const counts = `${answers.length} answers to ${outputs.length} rows`;
      throw new DeliveryError("probe_differs", `${what} gave ${counts}`);
    }
    for (const [row, expected] of outputs.entries()) {
      const answer = Number(answers[row]);
      // Written so that NaN does not pass.
      if (Math.abs(answer - expected) <= tolerance) continue;
      const said = `${answer} instead of ${expected} (± ${tolerance})`;
      throw new DeliveryError("probe_differs", `${what} answered row ${row} with ${said}`);
    }
  }
}

/** Of a model that takes no features there are no rows: then its arrays are read, no more. */
function probesOf({ model, files, probes }: ModelCard): ModelCard["probes"] {
  const file = RUNTIME_FILES[model];
  if (probes.length > 0 || !files.some(({ name }) => name === file) || !file) return probes;
  return [{ file, inputs: [], outputs: [], tolerance: 0 }];
}

async function within(
  run: ProbeRunner,
  request: Omit<ProbeRequest, "signal">,
  what: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<ArrayLike<number>> {
  if (signal?.aborted) throw interrupted();
  const controller = new AbortController();
  let giveUp: (error: DeliveryError) => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const stop = () => giveUp(interrupted());
  const late = () =>
    giveUp(new DeliveryError("probe_failed", `${what} gave no answer within ${timeoutMs} ms`));
  signal?.addEventListener("abort", stop);
  const timer = setTimeout(late, timeoutMs);
  try {
    return await Promise.race([run({ ...request, signal: controller.signal }), over]);
  } catch (cause) {
    if (cause instanceof DeliveryError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DeliveryError("probe_failed", `${what} cannot be run: ${why}`, false, { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    controller.abort();
  }
}

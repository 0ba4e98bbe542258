/** Requests to text and answers back: what worker client and in-process client share. */
import { METHODS, type MethodName, type Methods } from "./contract/contract.js";
import { EngineError, type EngineErrorCode } from "./errors.js";
import type { EngineDescription, WireAnswer } from "./protocol.js";

/** A request as it crosses the boundary. */
export interface EncodedRequest {
  /** Name of the method on the wire. */
  wire: string;
  json: string;
  /** It tells how far it is, and lets others be answered meanwhile. */
  isLong: boolean;
}

/** @throws {EngineError} `unknown_method` */
export function encodeRequest<M extends MethodName>(
  method: M,
  request: Methods[M]["request"],
): EncodedRequest {
  if (!Object.hasOwn(METHODS, method)) {
    throw new EngineError("unknown_method", `the engine has no method ${String(method)}`, {
      expected: Object.keys(METHODS).join(", "),
      received: String(method),
    });
  }
  const { wire, reports } = METHODS[method];
  return { wire, json: JSON.stringify(request), isLong: reports };
}

/**
 * Return the response inside an answer.
 *
 * @throws {EngineError} the error inside it, or `internal` where it is no answer at all.
 */
export function decodeAnswer<T>(json: string): T {
  let answer: WireAnswer<T> | null;
  try {
    answer = JSON.parse(json) as WireAnswer<T> | null;
  } catch (cause) {
    throw new EngineError("internal", "the engine's answer is not JSON", {}, { cause });
  }
  if (typeof answer === "object" && answer !== null) {
    if ("ok" in answer) return answer.ok;
    if ("error" in answer) {
      const { code, message, details } = answer.error;
      throw new EngineError(code as EngineErrorCode, message, details ?? {});
    }
  }
  throw new EngineError("internal", "the engine's answer is neither ok nor error", {
    received: json.slice(0, 80),
  });
}

/** An error as an answer, so that it crosses the boundary with its code. */
export function errorAnswer(error: unknown, code: EngineErrorCode = "internal"): string {
  return JSON.stringify({ error: EngineError.from(error, code) });
}

/** Read what an engine says about itself. */
export function decodeDescription(json: string): EngineDescription {
  const described = JSON.parse(json) as EngineDescription;
  const { engineVersion, revision, workouts, notices, days = [] } = described;
  return { engineVersion, revision, workouts, notices, days };
}

/** Times requests from the page, the engine's and the baseline's in turn. */
import {
  createWorkerClient,
  type ExerciseDefinition,
  type MethodName,
  type Methods,
  type RecommendExercisesRequest,
  type RecommendExercisesResponse,
  type WorkoutSession,
} from "@voltlift/bridge";
import { BaselineApp, type Listed, listedOf } from "../baseline/app.js";
import type { AppState } from "../baseline/model.js";

/** A call of one of the other services, under the name of its figure. */
type ServiceCalls = {
  [M in MethodName]: { name: string; method: M; request: Methods[M]["request"] };
};

interface Plan {
  catalogue: ExerciseDefinition[];
  envelope: { state: AppState };
  requests: RecommendExercisesRequest[];
  changes: WorkoutSession[];
  services: ServiceCalls[MethodName][];
  ingestions: number;
  warmUp: number;
}

/** Milliseconds by what was done, and answers of both sides to be compared. */
interface Measured {
  series: Record<string, number[]>;
  answers: { engine: RecommendExercisesResponse["recommendations"]; baseline: Listed[] }[];
}

const client = createWorkerClient({ runtimeUrl: "/runtime/", timeoutMs: 300_000 });
const series: Record<string, number[]> = {};
const answers: Measured["answers"] = [];

function record(name: string, milliseconds: number): void {
  series[name] ??= [];
  series[name].push(milliseconds);
}

async function timed<T>(name: string | null, action: () => T | Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await action();
  if (name !== null) record(name, performance.now() - started);
  return result;
}

/** One request to both; `name` is null while they warm up. */
async function recommend(
  name: string | null,
  app: BaselineApp,
  request: RecommendExercisesRequest,
): Promise<void> {
  const response = await timed(name, () => client.call("recommendExercises", request));
  const plain = await timed(name && `baseline.${name}`, () => app.recommend(request));
  if (name !== null) {
    const { durationMs, stages } = response.meta;
    record(`${name}.engine`, durationMs);
    record(`${name}.features`, stages.features);
    record(`${name}.scoring`, stages.scoring);
    record(`${name}.ranking`, stages.ranking);
    if (stages.inference != null) record(`${name}.inference`, stages.inference);
  }
  answers.push({ engine: response.recommendations, baseline: listedOf(plain) });
}

function ask<M extends MethodName>({ method, request }: ServiceCalls[M]) {
  return client.call(method, request);
}

async function measure(planUrl: string): Promise<Measured> {
  const response = await fetch(planUrl);
  const { catalogue, envelope, requests, changes, services, ingestions, warmUp }: Plan =
    await response.json();
  let app = new BaselineApp(catalogue, envelope.state);
  await client.call("manifest", {});
  for (let i = 0; i < ingestions; i++) {
    await timed("ingest_state", () => client.call("ingest", { state: envelope }));
    app = await timed("baseline.ingest_state", () => new BaselineApp(catalogue, envelope.state));
  }
  for (const [i, request] of requests.entries()) {
    await recommend(i < warmUp ? null : "recommend", app, request);
  }
  const kinds = new Set(services.map(({ name }) => name)).size;
  for (const [i, call] of services.entries()) {
    await timed(i < warmUp * kinds ? null : call.name, () => ask(call));
  }
  for (const [i, session] of changes.entries()) {
    const request = requests[i % requests.length];
    if (!request) throw new Error("the plan has no requests");
    await timed("ingest_change", () => client.call("ingest", { delta: { sessions: [session] } }));
    await timed("baseline.ingest_change", () => app.change(session));
    await recommend("first_after_change", app, request);
  }
  return { series, answers };
}

declare global {
  interface Window {
    measure: typeof measure;
  }
}
window.measure = measure;

/** Times requests from the page, the engine's and the baseline's in turn. */
import {
  createWorkerClient,
  type MethodName,
  type RecommendExercisesRequest,
  type RecommendExercisesResponse,
} from "@voltlift/bridge";
import { BaselineApp, type Listed, listedOf } from "../baseline/app.js";
import { readPlan, type ServiceCalls, Timer } from "./plan.js";

/** Milliseconds by what was done, and answers of both sides to be compared. */
interface Measured {
  series: Record<string, number[]>;
  answers: { engine: RecommendExercisesResponse["recommendations"]; baseline: Listed[] }[];
}

const client = createWorkerClient({ runtimeUrl: "/runtime/", timeoutMs: 300_000 });
const timer = new Timer();
const answers: Measured["answers"] = [];

/** One request to both; `name` is null while they warm up. */
async function recommend(
  name: string | null,
  app: BaselineApp,
  request: RecommendExercisesRequest,
): Promise<void> {
  const response = await timer.timed(name, () => client.call("recommendExercises", request));
  const plain = await timer.timed(name && `baseline.${name}`, () => app.recommend(request));
  if (name !== null) {
    const { durationMs, stages } = response.meta;
    timer.record(`${name}.engine`, durationMs);
    timer.record(`${name}.features`, stages.features);
    timer.record(`${name}.scoring`, stages.scoring);
    timer.record(`${name}.ranking`, stages.ranking);
    timer.record(`${name}.inference`, stages.inference);
  }
  answers.push({ engine: response.recommendations, baseline: listedOf(plain) });
}

function ask<M extends MethodName>({ method, request }: ServiceCalls[M]) {
  return client.call(method, request);
}

async function measure(planUrl: string): Promise<Measured> {
  const { catalogue, envelope, requests, changes, services, ingestions, warmUp } =
    await readPlan(planUrl);
  let app = new BaselineApp(catalogue, envelope.state);
  await client.call("manifest", {});
  for (let i = 0; i < ingestions; i++) {
    await timer.timed("ingest_state", () => client.call("ingest", { state: envelope }));
    app = await timer.timed(
      "baseline.ingest_state",
      () => new BaselineApp(catalogue, envelope.state),
    );
  }
  for (const [i, request] of requests.entries()) {
    await recommend(i < warmUp ? null : "recommend", app, request);
  }
  const kinds = new Set(services.map(({ name }) => name)).size;
  for (const [i, call] of services.entries()) {
    await timer.timed(i < warmUp * kinds ? null : call.name, () => ask(call));
  }
  for (const [i, session] of changes.entries()) {
    const request = requests[i % requests.length];
    if (!request) throw new Error("the plan has no requests");
    await timer.timed("ingest_change", () =>
      client.call("ingest", { delta: { sessions: [session] } }),
    );
    await timer.timed("baseline.ingest_change", () => app.change(session));
    await recommend("first_after_change", app, request);
  }
  return { series: timer.series, answers };
}

declare global {
  interface Window {
    measure: typeof measure;
  }
}
window.measure = measure;

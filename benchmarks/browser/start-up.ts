/** Times from navigation to the first answered recommendation: our boot, with models, or stock. */
import {
  createWorkerClient,
  type EngineClient,
  type IngestRequest,
  type RecommendExercisesRequest,
  type RecommendExercisesResponse,
} from "@voltlift/bridge";
import { connectModels, openModelRegistry, type PinnedKeys } from "@voltlift/bridge/models";

interface Plan {
  envelope: IngestRequest["state"];
  requests: RecommendExercisesRequest[];
}

type First = (ingest: IngestRequest, request: RecommendExercisesRequest) => Promise<number>;

const first: (...of: [EngineClient, IngestRequest, RecommendExercisesRequest]) => Promise<number> =
  async (client, ingest, request) => {
    await client.call("ingest", ingest);
    const { recommendations } = await client.call("recommendExercises", request);
    return recommendations.length;
  };

const ours: First = (ingest, request) =>
  first(createWorkerClient({ runtimeUrl: "/runtime/" }), ingest, request);

/** As the app does: models come behind the first answer, and must not delay it. */
const withModels: First = async (ingest, request) => {
  const keys: PinnedKeys = await (await fetch("/models/keys.json")).json();
  const client = createWorkerClient({ runtimeUrl: "/runtime/" });
  const answer = first(client, ingest, request);
  const models = connectModels(client, {
    registry: openModelRegistry(),
    keys,
    baseUrl: "/models/",
    after: answer,
  });
  window.modelsLoaded = new Promise((resolve, reject) => {
    models.state.subscribe(() => {
      const { phase, loaded, failures } = models.state.get();
      if (failures.length > 0) reject(new Error(JSON.stringify(failures)));
      else if (phase === "idle" && loaded.length > 0) resolve(loaded.length);
    });
  });
  return answer;
};

const stock: First = (ingest, request) => {
  const worker = new Worker(new URL("./stock-worker.ts", import.meta.url), { type: "module" });
  worker.postMessage([
    ["ingest", JSON.stringify(ingest)],
    ["recommend_exercises", JSON.stringify(request)],
  ]);
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<string>) => {
      const answer = JSON.parse(data) as { ok?: RecommendExercisesResponse };
      if (answer.ok) resolve(answer.ok.recommendations.length);
      else reject(new Error(data));
    };
  });
};

const BOOTS: Record<string, First> = { ours, stock, models: withModels };

async function run(): Promise<{ ms: number; listed: number }> {
  const boot = BOOTS[new URLSearchParams(location.search).get("boot") ?? ""] ?? ours;
  const plan: Plan = await (await fetch("/inputs/plan-start-up.json")).json();
  const [request] = plan.requests;
  if (!request) throw new Error("the plan has no requests");
  const listed = await boot({ state: plan.envelope }, request);
  // The clock of a page starts with its navigation.
  return { ms: performance.now(), listed };
}

declare global {
  interface Window {
    started: Promise<{ ms: number; listed: number }>;
    /** How many models are in use, once nothing is under way any more. */
    modelsLoaded: Promise<number>;
  }
}
window.started = run();

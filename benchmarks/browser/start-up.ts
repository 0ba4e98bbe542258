/** Times from navigation to the first answered recommendation, for our boot or the stock one. */
import {
  createWorkerClient,
  type IngestRequest,
  type RecommendExercisesRequest,
  type RecommendExercisesResponse,
} from "@voltlift/bridge";

interface Plan {
  envelope: IngestRequest["state"];
  requests: RecommendExercisesRequest[];
}

type First = (ingest: IngestRequest, request: RecommendExercisesRequest) => Promise<number>;

const ours: First = async (ingest, request) => {
  const client = createWorkerClient({ runtimeUrl: "/runtime/" });
  await client.call("ingest", ingest);
  const { recommendations } = await client.call("recommendExercises", request);
  return recommendations.length;
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

async function run(): Promise<{ ms: number; listed: number }> {
  const boot = new URLSearchParams(location.search).get("boot") === "stock" ? stock : ours;
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
  }
}
window.started = run();

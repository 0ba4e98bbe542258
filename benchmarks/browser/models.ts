/** Times models on the device: their delivery, their loading, and answers with them. */
import { createWorkerClient, type SuggestLoadRequest } from "@voltlift/bridge";
import {
  engineProbe,
  openModelRegistry,
  type PinnedKeys,
  prefetchInference,
  updateModels,
} from "@voltlift/bridge/models";
import { type Plan, readPlan, Timer } from "./plan.js";

const RUNTIME_URL = "/runtime/";
const NET = "exercise-net";

const client = createWorkerClient({ runtimeUrl: RUNTIME_URL, timeoutMs: 600_000 });
const timer = new Timer();
const { series } = timer;

/** What the engine has loaded by now; each of `expected` has to be among it. */
async function load(name: string | null, expected: readonly string[] = []): Promise<void> {
  const { models, leftOut } = await timer.timed(name, () => client.call("loadModels", {}));
  const missing = expected.filter((model) => models.every((loaded) => loaded.name !== model));
  if (missing.length + leftOut.length > 0) {
    throw new Error(`not loaded: ${missing.join(", ")} ${JSON.stringify(leftOut)}`);
  }
}

/**
 * Fetch, verify, try out and install the release as the app does, the stages apart.
 *
 * @returns the names of the models that came in.
 */
async function deliver(name: string, keys: PinnedKeys, also: string[] = []): Promise<string[]> {
  // Known from the start, when there was nothing to load.
  const { engineVersion: version, specs } = await client.call("loadModels", {});
  const started = performance.now();
  const registry = await openModelRegistry();
  let stage = "checking";
  let since = started;
  const enter = (next: string) => {
    if (next === stage) return;
    timer.record(`${name}.${stage}`, performance.now() - since);
    stage = next;
    since = performance.now();
  };
  const prefetch = (files: readonly string[]) =>
    prefetchInference({ runtimeUrl: RUNTIME_URL, files });
  const result = await updateModels({
    registry,
    keys,
    baseUrl: "/models/",
    engine: { version, specs },
    probe: engineProbe(client, 60_000),
    probeMs: 60_000,
    also,
    prefetch,
    onProgress: (progress) => enter(progress.stage),
  });
  enter("loading");
  registry.close();
  if (result.outcome !== "updated") throw new Error(JSON.stringify(result));
  await load(null, result.activated);
  enter("done");
  timer.record(name, performance.now() - started);
  return result.activated;
}

async function firstAnswer({ envelope, requests: [request] }: Plan): Promise<void> {
  if (!request) throw new Error("the plan has no requests");
  await client.call("ingest", { state: envelope });
  const { meta } = await client.call("recommendExercises", request);
  if (meta.scorers.some(({ part }) => part === "habit")) throw new Error("not by rules alone");
}

/** A first visit to a release: everything from asking for it until it is in use. */
async function measureDelivery(planUrl: string, keys: PinnedKeys): Promise<typeof series> {
  await firstAnswer(await readPlan(planUrl));
  await deliver("delivery", keys);
  return series;
}

/** A later visit: what is installed is loaded behind the first answer. */
async function measureCached(planUrl: string, expected: string[]): Promise<typeof series> {
  await firstAnswer(await readPlan(planUrl));
  await load("cached", expected);
  await load("again", expected);
  return series;
}

/** A later visit of somebody who has no other model in use. */
async function measureCachedAlone(planUrl: string, model: string): Promise<typeof series> {
  await firstAnswer(await readPlan(planUrl));
  const registry = await openModelRegistry();
  for (const { name, version, active } of await registry.list()) {
    if (name !== model && active) await registry.deactivate(name);
    if (name === model && !active) await registry.activate(name, version);
  }
  registry.close();
  await load(`cached.${model}`, [model]);
  return series;
}

/** Bring the net in as well, with the runtime that it needs. */
async function measureNetDelivery(planUrl: string, keys: PinnedKeys): Promise<typeof series> {
  await firstAnswer(await readPlan(planUrl));
  await deliver("net_delivery", keys, [NET]);
  return series;
}

async function recommend(plan: Plan, prefix: string): Promise<void> {
  for (const [i, request] of plan.requests.entries()) {
    const name = i < plan.warmUp ? null : `${prefix}recommend`;
    const { meta } = await timer.timed(name, () => client.call("recommendExercises", request));
    if (name === null) continue;
    timer.record(`${name}.engine`, meta.durationMs);
    timer.record(`${name}.inference`, meta.stages.inference);
  }
}

async function suggestLoads(plan: Plan, prefix: string): Promise<void> {
  const calls = plan.services.filter(({ method }) => method === "suggestLoad");
  for (const [i, { request }] of calls.entries()) {
    const name = i < plan.warmUp ? null : `${prefix}suggest_load`;
    await timer.timed(name, () => client.call("suggestLoad", request as SuggestLoadRequest));
  }
}

async function change(plan: Plan, prefix: string, sessions: Plan["changes"]): Promise<void> {
  const loads = plan.services.filter(({ method }) => method === "suggestLoad");
  for (const [i, session] of sessions.entries()) {
    const request = plan.requests[i % plan.requests.length];
    const load = loads[i % loads.length];
    if (!request || !load) throw new Error("the plan has no requests");
    await client.call("ingest", { delta: { sessions: [session] } });
    await timer.timed(`${prefix}first_after_change`, () =>
      client.call("recommendExercises", request),
    );
    await timer.timed(`${prefix}load_after_change`, () =>
      client.call("suggestLoad", load.request as SuggestLoadRequest),
    );
  }
}

/**
 * The same requests by rules alone, with the default models, and with the net as well; half of
 * the changes without models, half with them.
 */
async function measureHybrid(planUrl: string, keys: PinnedKeys): Promise<typeof series> {
  const plan = await readPlan(planUrl);
  const half = Math.ceil(plan.changes.length / 2);
  await firstAnswer(plan);
  await recommend(plan, "rules.");
  await suggestLoads(plan, "rules.");
  await change(plan, "rules.", plan.changes.slice(0, half));
  await deliver("setup", keys);
  await recommend(plan, "");
  await suggestLoads(plan, "");
  await change(plan, "", plan.changes.slice(half));
  await deliver("net_setup", keys, [NET]);
  await recommend(plan, "net.");
  return series;
}

/** How would this have predicted the log: so many questions of each task. */
async function measureReplay(
  planUrl: string,
  keys: PinnedKeys,
  questions: number,
): Promise<typeof series> {
  const plan = await readPlan(planUrl);
  await firstAnswer(plan);
  await deliver("setup", keys);
  const now = Math.max(...plan.requests.map((request) => request.now));
  let stage = "";
  let since = performance.now();
  const enter = (next: string) => {
    if (next === stage) return;
    if (stage) timer.record(`replay.${stage}`, performance.now() - since);
    stage = next;
    since = performance.now();
  };
  const request = { now, utcOffsetMinutes: 60, questions };
  const onProgress = (progress: { stage: string }) => enter(progress.stage);
  await timer.timed("replay", () => client.call("replay", request, { onProgress }));
  enter("done");
  return series;
}

const measurements = {
  measureDelivery,
  measureCached,
  measureCachedAlone,
  measureNetDelivery,
  measureHybrid,
  measureReplay,
};

declare global {
  interface Window {
    models: typeof measurements;
  }
}
window.models = measurements;

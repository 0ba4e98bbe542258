/** The baseline in Node, driven by JSON lines: one command in, one answer with its time out. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { ExerciseDefinition, WorkoutSession } from "@voltlift/bridge";
import { BaselineApp, listedOf } from "./app.js";
import type { AppState, Request } from "./model.js";

type Command =
  | { op: "open"; plan: string }
  | { op: "ingest" }
  | { op: "change"; session: WorkoutSession }
  | { op: "recommend"; request: Request };

interface Plan {
  catalogue: ExerciseDefinition[];
  envelope: { state: AppState };
}

let catalogue: ExerciseDefinition[] = [];
let state: AppState = { settings: {}, history: [], customExercises: [] };
let app = new BaselineApp(catalogue, state);

function answer(command: Command): { ms: number; answer?: unknown } {
  switch (command.op) {
    case "open": {
      const plan = JSON.parse(readFileSync(command.plan, "utf8")) as Plan;
      catalogue = plan.catalogue;
      state = plan.envelope.state;
      app = new BaselineApp(catalogue, state);
      return { ms: 0 };
    }
    case "ingest": {
      const started = performance.now();
      app = new BaselineApp(catalogue, state);
      return { ms: performance.now() - started };
    }
    case "change": {
      const started = performance.now();
      app.change(command.session);
      return { ms: performance.now() - started };
    }
    case "recommend": {
      const started = performance.now();
      const list = app.recommend(command.request);
      return { ms: performance.now() - started, answer: listedOf(list) };
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Command))}\n`);
}

import { readdirSync, readFileSync } from "node:fs";
import { EngineError } from "@voltlift/bridge";
import {
  type InstalledModel,
  type ModelFailure,
  type ModelsState,
  UNKNOWN_MODELS,
} from "@voltlift/bridge/models";
import { leftOutText, modelFailureText, modelName } from "@voltlift/bridge/text";
import { describe, expect, it } from "vitest";
import { readCard } from "../src/state/model-card.ts";
import { doubtOf, modelViews, splitFailures, workOf } from "../src/state/models-view.ts";
import { MODELS_TEXTS } from "../src/texts/models.ts";

const ARTIFACTS = new URL("../../models/artifacts/", import.meta.url);

const AT_REST: ModelsState = { ...UNKNOWN_MODELS, phase: "idle" };

const installed = (name: string, version: string, more: Partial<InstalledModel> = {}) => ({
  name,
  version,
  bytes: 100,
  active: false,
  lastGood: false,
  pinned: false,
  files: [],
  card: {},
  installed: 1,
  ...more,
});

const released = (model: string, version: string) => ({
  model,
  version,
  task: "T1",
  bytes: 200,
  default: true,
});

const failure = (at: number, code: ModelFailure["code"] = "http"): ModelFailure => ({
  at,
  times: 1,
  code,
  message: "",
  manifestSequence: null,
});

describe("models in order", () => {
  it("start with what a workout asks first; unknown ones come last", () => {
    const names = ["policy", "load", "exercise-net", "ranker"];
    const state = { ...AT_REST, installed: names.map((name) => installed(name, "1.0.0")) };
    expect(modelViews(state).map(({ name }) => name)).toEqual([
      "ranker",
      "load",
      "exercise-net",
      "policy",
    ]);
    expect(modelViews(AT_REST)).toEqual([]);
  });

  it("are told apart by what becomes of them", () => {
    const state: ModelsState = {
      ...AT_REST,
      installed: [
        installed("ranker", "1.0.0", { active: true }),
        installed("collaborative-filter", "1.0.0", { active: true }),
        installed("load", "1.0.0", { active: true }),
        installed("policy", "1.0.0"),
      ],
      loaded: [{ name: "ranker", version: "1.0.0", runtime: "numpy" }],
      leftOut: [{ name: "load", version: "1.0.0", code: "corrupt_data", message: "damaged" }],
      offered: [released("exercise-net", "1.0.0")],
      released: [released("exercise-net", "1.0.0")],
    };
    const statuses = Object.fromEntries(modelViews(state).map((view) => [view.name, view.status]));
    expect(statuses).toEqual({
      ranker: "used",
      "collaborative-filter": "waiting",
      load: "left_out",
      policy: "unused",
      "exercise-net": "offered",
    });
    const load = modelViews(state).find(({ name }) => name === "load");
    expect(load?.problem).toMatchObject({ code: "corrupt_data" });
  });

  it("are not in use once they gave no answer, though they are loaded", () => {
    const state: ModelsState = {
      ...AT_REST,
      installed: [
        installed("ranker", "1.0.0", { active: true }),
        installed("load", "1.0.0", { active: true }),
      ],
      loaded: ["ranker", "load"].map((name) => ({ name, version: "1.0.0", runtime: "numpy" })),
      failed: [{ name: "ranker", version: "1.0.0", reason: "no answer within 2 s" }],
    };
    const [ranker, load] = modelViews(state);
    expect(ranker).toMatchObject({ status: "failed", used: null, problem: { code: "failed" } });
    expect(load).toMatchObject({ status: "used", used: { runtime: "numpy" }, problem: null });
    // Who switched it off meanwhile does without it, and that is no failure.
    const without = { ...state, installed: [installed("ranker", "1.0.0", { lastGood: true })] };
    expect(modelViews(without)[0]).toMatchObject({ status: "unused", problem: null });
  });

  it("are not said to be on their way where loading them has failed", () => {
    const state: ModelsState = {
      ...AT_REST,
      installed: [installed("ranker", "1.0.0", { active: true })],
      error: new EngineError("timeout", "no answer within 10000 ms"),
    };
    const [failed] = modelViews(state);
    expect(failed).toMatchObject({ status: "left_out", problem: null });
    expect(modelViews({ ...state, phase: "loading" })[0]?.status).toBe("waiting");
  });

  it("speak of the active version, offer the one before it, and tell of a newer one", () => {
    const state: ModelsState = {
      ...AT_REST,
      installed: [
        installed("ranker", "1.0.0", { installed: 1 }),
        installed("ranker", "1.1.0", { installed: 2, lastGood: true }),
        installed("ranker", "1.2.0", { installed: 3, active: true, pinned: true }),
      ],
      released: [released("ranker", "1.3.0")],
    };
    const [view] = modelViews(state);
    expect(view).toMatchObject({
      version: "1.2.0",
      pinned: true,
      lastGood: { version: "1.1.0" },
      newer: { version: "1.3.0" },
    });
    expect(view?.others.map(({ version }) => version)).toEqual(["1.1.0", "1.0.0"]);
    // What is not for this device is told by itself, and no update brings it.
    const code = "engine_too_old" as const;
    const left = [{ model: "ranker", version: "1.3.0", code, message: "" }];
    expect(modelViews({ ...state, left })[0]?.newer).toBeNull();
    // What is installed already is not news.
    const known = { ...state, released: [released("ranker", "1.1.0")] };
    expect(modelViews(known)[0]?.newer).toBeNull();
  });

  it("can be used again where the lifter did without", () => {
    const state: ModelsState = {
      ...AT_REST,
      installed: [installed("ranker", "1.0.0", { lastGood: true, pinned: true })],
    };
    expect(modelViews(state)[0]).toMatchObject({ status: "unused", lastGood: null, others: [] });
  });
});

describe("what is going on", () => {
  it("is work, or rest", () => {
    const work = { phase: "downloading", progress: 0.4 } as const;
    expect(workOf({ ...AT_REST, ...work })).toEqual({ ...work, canStop: true });
    // Nothing that was begun by an update, so nothing that stopping one would end.
    expect(workOf({ ...AT_REST, phase: "loading" })).toMatchObject({ canStop: false });
    for (const phase of ["idle", "off", "waiting"] as const) {
      expect(workOf({ ...AT_REST, phase })).toBeNull();
    }
  });

  it("keeps what holds apart from what is past", () => {
    const failures = [failure(20), failure(10)];
    const split = (checked: number | null, left: ModelsState["left"] = [], all = failures) =>
      splitFailures({ failures: all, checked, left });
    expect(split(null)).toEqual({ now: failures[0], past: [failures[1]] });
    expect(split(15).now).toBe(failures[0]);
    expect(split(30)).toEqual({ now: null, past: failures });
    expect(split(30, [], [])).toEqual({ now: null, past: [] });
  });

  it("does not call an update a failure that brought in all but what is not for this device", () => {
    const message = "load 2.0.0 takes features that this engine computes otherwise";
    const failures = [{ ...failure(20, "other_spec"), message }, failure(10)];
    const left = [{ model: "load", version: "2.0.0", code: "other_spec" as const, message }];
    expect(splitFailures({ failures, checked: 20, left })).toEqual({
      now: null,
      past: [failures[1]],
    });
    // Once it is, that it was not is past.
    expect(splitFailures({ failures, checked: 30, left: [] })).toEqual({
      now: null,
      past: failures,
    });
  });
});

describe("whether there are newer ones", () => {
  const day = 24 * 60 * 60 * 1000;
  const now = Date.UTC(2026, 10, 23);
  const doubt = (more: Partial<ModelsState>) => doubtOf({ ...AT_REST, ...more }, now);

  it("is known where a server had an answer of late, and not to be known before the first", () => {
    expect(doubt({ checked: now - 29 * day })).toBeNull();
    expect(doubt({ checked: null })).toBeNull();
    expect(doubt({ checked: now - day, expires: now + day })).toBeNull();
  });

  it("is not known where none had for long", () => {
    const checked = now - 31 * day;
    expect(doubt({ checked })).toEqual({ reason: "unseen", since: checked });
    expect(doubt({ checked, expires: now - day })).toMatchObject({ reason: "unseen" });
    // It is being looked up, or nothing ever comes to this device.
    for (const phase of ["waiting", "checking", "off"] as const) {
      expect(doubt({ checked, phase })).toBeNull();
    }
  });

  it("is not known where a server has a release that was due to be followed by another", () => {
    const expires = now - day;
    expect(doubt({ checked: now, expires })).toEqual({ reason: "expired", since: expires });
  });

  it("is not known where nobody could ask since another one was due", () => {
    const checked = now - 2 * day;
    expect(doubt({ checked, expires: now - day })).toEqual({ reason: "unseen", since: checked });
  });
});

describe("cards", () => {
  const cards = readdirSync(ARTIFACTS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: model }) =>
      readdirSync(new URL(`${model}/`, ARTIFACTS)).map((version) => {
        const text = readFileSync(new URL(`${model}/${version}/card.json`, ARTIFACTS), "utf-8");
        return { model, card: JSON.parse(text) as Record<string, unknown> };
      }),
    );

  it.each(cards)("of $model: all that is shown is in it, in words", ({ model, card }) => {
    const view = readCard(model, card);
    expect(view.comparisons.length).toBeGreaterThan(0);
    expect(view.samples).toBeGreaterThan(1_000);
    expect(view.realLifters).toBeGreaterThan(0);
    expect(view.dataLicences.length).toBeGreaterThan(0);
    expect(view.limits.length).toBeGreaterThan(0);
    expect(view.licence).toBe("MIT");
    const { beats, comparisons } = view;
    expect(MODELS_TEXTS.row(beats ?? "")).not.toBe(beats);
    for (const { metric, own, other, isBetter, isDistance } of comparisons) {
      expect(MODELS_TEXTS.metric(metric)).not.toBe(metric.replaceAll("_", " "));
      expect(isBetter).toBe(isDistance ? own.mean < other.mean : own.mean > other.mean);
    }
    // What is used unasked has to be better than the row it names.
    if (card.default === true) expect(comparisons.some(({ isBetter }) => isBetter)).toBe(true);
    expect(modelName(model)).not.toBe(model);
    expect(MODELS_TEXTS.does(model)).not.toBe(model.replaceAll("_", " "));
  });

  it("that hold nothing, or something else, are read as far as they go", () => {
    const nothing = { comparisons: [], samples: null, licence: null, limits: [], beats: null };
    expect(readCard("ranker", {})).toMatchObject(nothing);
    const odd = { metrics: { row: { m: { mean: "high" } } }, trainedOn: [], limits: [3, "Odd"] };
    expect(readCard("ranker", odd)).toMatchObject({ ...nothing, limits: ["Odd"] });
    expect(readCard("ranker", odd).rows.size).toBe(0);
    expect(readCard("unheard-of", { task: "T9", metrics: null })).toMatchObject(nothing);
  });
});

describe("failures in words", () => {
  it("say what happened, and never a bare code", () => {
    const codes = ["offline", "wrong_signature", "older_manifest", "over_budget", "hung"];
    const leftOut = ["inference", "failed", "corrupt_data", "something_new"].map(leftOutText);
    const texts = [...codes.map(modelFailureText), ...leftOut];
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).toMatch(/^[A-Z][^_]+\.$/);
  });
});

/** What of a release is for this device. */
import type { ArtefactRow } from "../storage/model-database.js";
import { EMPTY_SHA256 } from "./hashing.js";
import type { ModelCard, Release, ReleaseArtefact, ReleaseFile } from "./manifest.js";
import { isAtLeast } from "./manifest.js";
import { keyOf, type Shelf } from "./shelf.js";
import { type LeftOut, RUNTIME_FILES } from "./types.js";

/** What the engine of this build can run. */
export interface EngineFacts {
  version: string;
  /** Hashes of the specs that it computes features of. */
  specs: readonly string[];
}

export interface Plan {
  take: { artefact: ReleaseArtefact; row: Omit<ArtefactRow, "key" | "order" | "card"> }[];
  /** Models that an earlier release brought and this one does not. */
  withdrawn: string[];
  left: LeftOut[];
}

/**
 * Choose: the defaults and what is asked for besides, as far as this engine can run it; what the
 * lifter has pinned stays as it is.
 */
export function planned(
  release: Release,
  shelf: Shelf,
  engine: EngineFacts,
  also: readonly string[],
  now: number,
): Plan {
  const plan: Plan = { take: [], withdrawn: [], left: [] };
  const wanted = release.artifacts.filter(
    ({ model, default: isDefault }) => isDefault || also.includes(model),
  );
  for (const artefact of wanted) {
    const { model, version } = artefact;
    if (shelf.pointer(model).pinned) continue;
    const reason = unfit(artefact, engine);
    if (reason) plan.left.push({ model, version, ...reason });
    else plan.take.push({ artefact, row: rowOf(artefact, shelf, now) });
  }
  const names = new Set(wanted.map(({ model }) => model));
  for (const { name, pinned } of shelf.pointers.values()) {
    // Only what a release brought, a release takes away.
    const delivered = (shelf.active(name)?.source ?? "") !== "";
    if (delivered && !pinned && !names.has(name)) plan.withdrawn.push(name);
  }
  return plan;
}

/** Make the change that was planned; `cards` hold the text of each card by model. */
export function carryOut(plan: Plan, shelf: Shelf, cards: ReadonlyMap<string, string>): void {
  for (const { row } of plan.take) {
    // The lifter may have chosen in the meantime.
    if (shelf.pointer(row.name).pinned) continue;
    const card = cards.get(row.name) ?? "{}";
    if (!isInstalled(row, shelf)) shelf.install({ ...row, card });
    shelf.activate(row.name, row.version);
  }
  for (const name of plan.withdrawn) {
    if (!shelf.pointer(name).pinned) shelf.deactivate(name);
  }
}

/** What of a plan is not in use yet; all of it is looked at anew, whether it is here or not. */
export function changed({ take }: Plan, shelf: Shelf): ReleaseArtefact[] {
  return take
    .filter(({ row }) => shelf.active(row.name)?.source !== row.source)
    .map(({ artefact }) => artefact);
}

/** What is in use and damaged; what the lifter has pinned as well, as it stays what it is. */
export function repairs(
  { artifacts }: Release,
  shelf: Shelf,
  engine: EngineFacts,
  damaged: readonly string[],
): ReleaseArtefact[] {
  return artifacts.filter(
    (artefact) =>
      damaged.includes(artefact.model) &&
      shelf.active(artefact.model)?.source === artefact.card.sha256 &&
      unfit(artefact, engine) === null,
  );
}

/** All files of an artefact, its card among them. */
export function filesOf(artefact: ReleaseArtefact): ReleaseFile[] {
  return [artefact.card, ...artefact.files];
}

/** Files of an artefact by name, of bytes by hash. */
export function named(
  card: Pick<ModelCard, "files">,
  bytes: ReadonlyMap<string, ArrayBuffer>,
): Map<string, ArrayBuffer> {
  const entries = card.files.map(({ name, sha256 }) => [name, bytes.get(sha256)] as const);
  return new Map(entries.flatMap(([name, data]) => (data ? [[name, data] as const] : [])));
}

function unfit(
  { model, version, minEngine, specName, specHash }: ReleaseArtefact,
  engine: EngineFacts,
): Pick<LeftOut, "code" | "message"> | null {
  const what = `${model} ${version}`;
  if (!isAtLeast(engine.version, minEngine)) {
    const message = `${what} needs engine ${minEngine}, this is ${engine.version}`;
    return { code: "engine_too_old", message };
  }
  if (engine.specs.includes(specHash)) return null;
  const message = `${what} takes features (${specName}) that this engine computes otherwise`;
  return { code: "other_spec", message };
}

function rowOf(artefact: ReleaseArtefact, shelf: Shelf, now: number): Plan["take"][number]["row"] {
  const { model: name, card, bytes } = artefact;
  const files = artefact.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
  const isRuntime = (file: { name: string }) => file.name === RUNTIME_FILES[name];
  const data = files.find(isRuntime) ?? { name: "", sha256: EMPTY_SHA256, bytes: 0 };
  const others = files.filter((file) => !isRuntime(file));
  const version = versionOf(artefact, shelf);
  return { name, version, data, files: others, source: card.sha256, bytes, installed: now };
}

/**
 * The version under which an artefact is kept. One that was published anew without a new number
 * gets its hash behind it, so that the one before can still be rolled back to.
 */
function versionOf({ model, version, card }: ReleaseArtefact, shelf: Shelf): string {
  const own = [...shelf.rows.values()].filter(({ name }) => name === model);
  const same = own.find(({ source }) => source === card.sha256);
  if (same) return same.version;
  const taken = own.some((row) => row.version === version);
  return taken ? `${version}+${card.sha256.slice(0, 8)}` : version;
}

function isInstalled(
  { name, version, source }: { name: string; version: string; source: string },
  shelf: Shelf,
) {
  return shelf.rows.get(keyOf(name, version))?.source === source;
}

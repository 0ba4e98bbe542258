/** The steps by which a release comes in: verified, tried out, installed all at once. */
import { fetchFile, fetchManifest, fetchSignature } from "./download.js";
import { DeliveryError, interrupted } from "./errors.js";
import { EMPTY_SHA256, sha256 } from "./hashing.js";
import type { DeliveryJournal, Seen } from "./journal.js";
import {
  isAtLeast,
  type ModelCard,
  type Release,
  type ReleaseArtefact,
  readCard,
  readRelease,
} from "./manifest.js";
import { carryOut, changed, filesOf, named, type Plan, planned, repairs } from "./plan.js";
import { tryOut } from "./probe.js";
import { pinnedKeys, requireSignature } from "./signature.js";
import { isForeign } from "./types.js";
import type { UpdateOptions, UpdateProgress, UpdateResult } from "./update.js";

export class BringingIn {
  readonly #options: UpdateOptions;
  readonly #journal: DeliveryJournal;
  readonly #seen: Seen;
  readonly #base: URL;

  constructor(options: UpdateOptions, journal: DeliveryJournal, seen: Seen) {
    this.#options = options;
    this.#journal = journal;
    this.#seen = seen;
    const here = globalThis.document?.baseURI ?? globalThis.location?.href;
    this.#base = new URL(options.baseUrl ?? "models/", here);
  }

  async run(): Promise<UpdateResult> {
    const { keys, engine, registry, also = this.#seen.wanted } = this.#options;
    pinnedKeys(keys); // Without one nothing is to be asked for.
    this.#tell("checking", 0, 0);
    const basis = JSON.stringify([engine.version, [...engine.specs].sort(), also]);
    const current = this.#seen.basis === basis && (await registry.damaged()).length === 0;
    const found = await this.#release(current ? this.#seen.etag : null);
    if (!found) {
      await this.#journal.unchanged(Date.now());
      return { ...this.#result("unchanged", this.#seen.sequence), left: this.#seen.left };
    }
    const { release, etag } = found;
    const shelf = await this.#journal.shelf();
    const plan = planned(release, shelf, engine, also, Date.now());
    await this.#journal.rehearse((draft) => carryOut(plan, draft, new Map()));
    const damaged = await registry.damaged();
    const news = changed(plan, shelf);
    const fresh = [...news, ...repairs(release, shelf, engine, damaged)];
    const bytes = await this.#download(fresh);
    const cards = await this.#tryOut(fresh, bytes);
    const released = release.artifacts.map(
      ({ model, version, task, bytes, default: isDefault }) => {
        return { model, version, task, bytes, default: isDefault };
      },
    );
    const { withdrawn, left } = plan;
    await this.#install(plan, fresh, bytes, cards, { etag, basis, released, left });
    const outcome = fresh.length + withdrawn.length > 0 ? "updated" : "unchanged";
    const activated = news.map(({ model }) => model);
    return { ...this.#result(outcome, release.sequence), activated, withdrawn, left };
  }

  /** The release, its signature and number verified; null where it is the one that we have. */
  async #release(known: string | null): Promise<{ release: Release; etag: string | null } | null> {
    const { keys, engine } = this.#options;
    const fetched = await fetchManifest(this.#url("manifest.json"), known, this.#options);
    if (!fetched) return null;
    const { data, etag } = fetched;
    const hash = await sha256(data);
    const url = this.#url(`signatures/${hash}.sig`);
    await requireSignature(data, await fetchSignature(url, this.#options), keys);
    const release = readRelease(data);
    const { sequence, minEngine } = release;
    const expires = release.expires === undefined ? null : Date.parse(release.expires);
    const verdict = await this.#journal.seen({ sequence, manifest: hash, expires }, Date.now());
    if (verdict === "older") {
      const numbers = `${sequence}, and ${this.#seen.sequence} was here before`;
      throw new DeliveryError("older_manifest", `the manifest has the number ${numbers}`);
    }
    if (verdict === "changed") {
      const what = `the manifest is another one of the same number ${sequence}`;
      throw new DeliveryError("changed_manifest", what);
    }
    if (!isAtLeast(engine.version, minEngine)) {
      const versions = `engine ${minEngine}, this is ${engine.version}`;
      throw new DeliveryError("engine_too_old", `the release needs ${versions}`);
    }
    return { release, etag };
  }

  /** Bytes of all files by hash: those that are here, and those that have to be fetched. */
  async #download(artefacts: readonly ReleaseArtefact[]): Promise<Map<string, ArrayBuffer>> {
    const files = new Map(artefacts.flatMap(filesOf).map((file) => [file.sha256, file]));
    await this.#journal.dropDownloads(new Set(files.keys()));
    const bytes = new Map<string, ArrayBuffer>();
    for (const hash of files.keys()) {
      const data = await this.#journal.found(hash);
      if (data) bytes.set(hash, data);
    }
    const left = [...files.values()].filter(({ sha256: hash }) => !bytes.has(hash));
    const total = left.reduce((sum, file) => sum + file.bytes, 0);
    const received = new Map<string, number>();
    const tell = () => {
      this.#tell(
        "downloading",
        [...received.values()].reduce((sum, n) => sum + n, 0),
        total,
      );
    };
    // The first failure ends the others, which are waited for: nothing goes on behind the lock.
    const controller = new AbortController();
    const stop = () => controller.abort();
    this.#options.signal?.addEventListener("abort", stop);
    let failure: unknown;
    const fetchOne = async (file: (typeof left)[number]) => {
      try {
        const transport = { ...this.#options, signal: controller.signal };
        const data = await fetchFile(this.#url(file.path), file, transport, (n) => {
          received.set(file.sha256, n);
          tell();
        });
        await this.#journal.keep(file.sha256, data);
        bytes.set(file.sha256, data);
      } catch (error) {
        failure ??= error;
        stop();
      }
    };
    try {
      this.#stopped();
      if (left.length > 0) tell();
      await Promise.all(left.map(fetchOne));
    } finally {
      this.#options.signal?.removeEventListener("abort", stop);
    }
    if (failure !== undefined) throw failure;
    return bytes;
  }

  /** Read the cards and try the models out; the text of each card by model. */
  async #tryOut(
    artefacts: readonly ReleaseArtefact[],
    bytes: ReadonlyMap<string, ArrayBuffer>,
  ): Promise<Map<string, string>> {
    const { probe, probeMs, signal } = this.#options;
    const timeout = probeMs === undefined ? {} : { timeoutMs: probeMs };
    const texts = new Map<string, string>();
    const cards: ModelCard[] = [];
    for (const artefact of artefacts) {
      const data = new Uint8Array(bytes.get(artefact.card.sha256) ?? new ArrayBuffer());
      cards.push(readCard(data, artefact));
      texts.set(artefact.model, new TextDecoder().decode(data));
    }
    await this.#prefetch(cards);
    for (const [i, card] of cards.entries()) {
      this.#tell("trying", i, cards.length);
      await tryOut(card, named(card, bytes), probe, { signal, ...timeout });
    }
    return texts;
  }

  /** Fetch what runs these models, unless the engine does so by itself. */
  async #prefetch(cards: readonly ModelCard[]): Promise<void> {
    const { prefetch, signal } = this.#options;
    const probes = cards.filter(({ model }) => isForeign(model)).flatMap((card) => card.probes);
    if (!prefetch || probes.length === 0) return;
    const files = probes.map(({ file }) => file);
    try {
      await prefetch(files, signal);
    } catch (cause) {
      this.#stopped();
      const message = `what runs ${files.join(", ")} did not arrive: ${String(cause)}`;
      throw new DeliveryError("offline", message, false, { cause });
    }
  }

  async #install(
    plan: Plan,
    fresh: readonly ReleaseArtefact[],
    bytes: ReadonlyMap<string, ArrayBuffer>,
    cards: ReadonlyMap<string, string>,
    seen: Pick<Seen, "etag" | "basis" | "released" | "left">,
  ): Promise<void> {
    this.#stopped();
    this.#tell("installing", 0, 0);
    const blobs = new Map<string, ArrayBuffer>();
    const isEmpty = plan.take.some(({ row }) => row.data.sha256 === EMPTY_SHA256);
    if (isEmpty) blobs.set(EMPTY_SHA256, new ArrayBuffer());
    for (const { sha256: hash } of fresh.flatMap(({ files }) => files)) {
      const data = bytes.get(hash);
      if (data) blobs.set(hash, data);
    }
    await this.#journal.complete((shelf) => carryOut(plan, shelf, cards), blobs, seen, Date.now());
  }

  #result(outcome: UpdateResult["outcome"], sequence: number): UpdateResult {
    return { outcome, sequence, activated: [], withdrawn: [], left: [] };
  }

  #url(path: string): URL {
    return new URL(path, this.#base);
  }

  #tell(stage: UpdateProgress["stage"], done: number, total: number): void {
    this.#options.onProgress?.({ stage, done, total });
  }

  #stopped(): void {
    if (this.#options.signal?.aborted) throw interrupted();
  }
}

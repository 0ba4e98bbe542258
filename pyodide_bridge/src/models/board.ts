/** What is known of models: whoever finds something out puts it here, and a page reads it. */
import type { ResponseMeta } from "../contract/contract.js";
import { EngineError } from "../errors.js";
import { Cell } from "../readable.js";
import { KEPT_FAILURES } from "./journal.js";
import { type ModelsState, type OffReason, UNKNOWN_MODELS } from "./state.js";
import { type InstalledModel, isForeign, type ModelFailure } from "./types.js";
import type { UpdateProgress } from "./update.js";

export class Board {
  readonly state = new Cell<ModelsState>(UNKNOWN_MODELS);
  readonly #end: AbortSignal;
  /** How many works are going on that have phases. */
  #works = 0;
  /** Failures that a full device could not note, newest first. */
  #unnoted: ModelFailure[] = [];
  /** Why no models come to this device. */
  off: OffReason | null = null;
  /** Models do not wait for the first answer any more. */
  hasStarted = false;

  /** @param end from when on nothing is written any more. */
  constructor(end: AbortSignal) {
    this.#end = end;
  }

  set(change: Partial<ModelsState>): void {
    if (this.#end.aborted) return;
    const noted = change.failures;
    const failures = noted && {
      failures: [...this.#unnoted, ...noted].sort((a, b) => b.at - a.at),
    };
    this.state.set({ ...this.state.get(), ...change, ...failures });
  }

  phase(phase: ModelsState["phase"], progress: number | null = null): void {
    const state = this.state.get();
    if (state.phase !== phase || state.progress !== progress) this.set({ phase, progress });
  }

  progress({ stage, done, total }: UpdateProgress): void {
    // In steps of a hundredth: who listens may be a page.
    const progress = total > 0 ? Math.floor((100 * done) / total) / 100 : null;
    this.phase(stage, progress);
  }

  /** Do something that has phases; where nothing else is going on, it is said to rest after it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#works++;
    try {
      return await work();
    } finally {
      this.#works--;
      this.rest();
    }
  }

  rest(): void {
    if (this.#works > 0) return;
    const phase = this.off !== null ? "off" : this.hasStarted ? "idle" : "waiting";
    this.set({ phase, reason: this.off, progress: null });
  }

  problem(error: unknown): void {
    this.set({ error: EngineError.from(error) });
  }

  /**
   * Where a full device could not even note a failure, it is known here until the page closes. Who
   * stops an update, or erases all, knows of it, and wants nothing to be left.
   */
  keep(failure: ModelFailure): void {
    if (failure.code === "interrupted") return;
    const { failures } = this.state.get();
    if (failures.some(({ at, code }) => at === failure.at && code === failure.code)) return;
    const noted = failures.filter((other) => !this.#unnoted.includes(other));
    this.#unnoted = [failure, ...this.#unnoted].slice(0, KEPT_FAILURES);
    this.set({ failures: noted });
  }

  /** Note what an answer says of the models that it was made with, and without. */
  heard({ scorers }: Pick<ResponseMeta, "scorers">): void {
    const { failed: before } = this.state.get();
    const said = new Set(scorers.map(({ name }) => name));
    const failed = [
      ...before.filter(({ name }) => !said.has(name)),
      ...scorers
        .filter(({ status }) => status === "failed")
        .map(({ name, version, reason }) => ({ name, version, reason: reason ?? "" })),
    ].sort((a, b) => (a.name < b.name ? -1 : 1));
    if (JSON.stringify(failed) !== JSON.stringify(before)) this.set({ failed });
  }

  /** Models that are active, as one text. */
  active(): string {
    const active = this.state.get().installed.filter((model) => model.active);
    return active.map(({ name, version }) => `${name} ${version}`).join();
  }

  /** Models that are active and that the engine does not run by itself. */
  foreign(): InstalledModel[] {
    return this.state.get().installed.filter(({ active, name }) => active && isForeign(name));
  }
}

import type { BootProgress } from "../protocol.js";

/**
 * One account of a boot whose parts overlap: Python starts while most files are still on their
 * way. It stays with `downloading`, in bytes, until all of them are there.
 */
export class BootReport {
  readonly #report: (progress: BootProgress) => void;
  #reached: BootProgress = { phase: "downloading", done: 0, total: 0 };
  #missing = 1;

  constructor(report: (progress: BootProgress) => void) {
    this.#report = report;
  }

  /** The boot has entered a phase, or got on in it. */
  readonly entered = (progress: BootProgress): void => {
    this.#reached = progress;
    if (progress.phase !== "starting" || this.#missing === 0) this.#report(progress);
  };

  /** `done` of `total` bytes are there. */
  readonly downloaded = (done: number, total: number): void => {
    this.#missing = total - done;
    const { phase } = this.#reached;
    if (phase !== "downloading" && phase !== "starting") return;
    if (this.#missing > 0) this.#report({ phase: "downloading", done, total });
    else if (phase === "starting") this.#report(this.#reached);
  };
}

/** The database of models: apart from the log, so that nothing here can endanger it. */
import type { DBSchema, StoreNames } from "idb";
import type { DatabaseSpec } from "./schema.js";
import type { Table } from "./tables.js";

/** A file of an artefact; its bytes are in `blobs`. */
export interface FileRow {
  name: string;
  sha256: string;
  bytes: number;
}

export interface ArtefactRow {
  /** JSON of name and version: no name can be taken for another one. */
  key: string;
  name: string;
  version: string;
  /** Grows with every installation. */
  order: number;
  /** What the engine itself reads; empty where it reads nothing. */
  data: FileRow;
  files: FileRow[];
  /** JSON text. */
  card: string;
  /** SHA-256 of the card that a release brought, which names all of it; empty for others. */
  source: string;
  /** Size of all files. */
  bytes: number;
  installed: number;
}

/** Which versions of a name are in use. */
export interface PointerRow {
  name: string;
  active: string | null;
  lastGood: string | null;
  /** The lifter chose: updates leave it alone. */
  pinned: boolean;
}

/** Bytes by their SHA-256, shared by all artefacts that hold them. */
export interface BlobRow {
  sha256: string;
  data: ArrayBuffer;
}

/** Why an update came to nothing. */
export interface FailureRow {
  id: string;
  at: number;
  code: string;
  message: string;
  manifestSequence: number | null;
  times: number;
}

/** What is known of the release that was seen last. */
export interface DeliveryRow {
  key: "delivery";
  /** The largest number that a verified manifest had, and that manifest's SHA-256. */
  sequence: number;
  manifest: string;
  /** Of the manifest that was brought in completely; null where the lifter has chosen since. */
  etag: string | null;
  /** What that depended on: engine, specs, what was asked for. */
  basis: string;
  /** Last time the server was asked and had an answer, epoch milliseconds. */
  checked: number;
  /** What was in the release that was brought in last. */
  released: ReleasedRow[];
  /** What of it is not for this device. */
  left: LeftRow[];
  /** When another release is due, as the manifest says, epoch milliseconds. */
  expires: number | null;
  /** How often everything was erased: an update that began before does not end after it. */
  erased: number;
}

/** A model that a release has and this engine cannot use. */
export interface LeftRow {
  model: string;
  version: string;
  code: string;
  message: string;
}

/** A model of a release, whether it was brought in or not. */
export interface ReleasedRow {
  model: string;
  version: string;
  task: string;
  bytes: number;
  default: boolean;
}

/** Models that the lifter wants besides the defaults of a release. */
export interface WantedRow {
  key: "wanted";
  models: string[];
}

/** An update that has begun: whoever finds it, with the lock held, knows that it was cut off. */
export interface RunningRow {
  key: "running";
  at: number;
  sequence: number | null;
}

export interface ModelSchema extends DBSchema {
  artefacts: { key: string; value: ArtefactRow };
  pointers: { key: string; value: PointerRow };
  blobs: { key: string; value: BlobRow };
  /** Verified files of a release that is not complete yet: they are not fetched again. */
  downloads: { key: string; value: BlobRow };
  failures: { key: string; value: FailureRow };
  meta: { key: string; value: DeliveryRow | RunningRow | WantedRow };
}

export type ModelTable = StoreNames<ModelSchema>;
export type ModelTables = { readonly [name in ModelTable]: Table<ModelSchema[name]["value"]> };

/** The field of each table that is its key. */
export const MODEL_KEYS: { readonly [name in ModelTable]: string } = {
  artefacts: "key",
  pointers: "name",
  blobs: "sha256",
  downloads: "sha256",
  failures: "id",
  meta: "key",
};

export const MODEL_DATABASE: DatabaseSpec<ModelSchema> = {
  name: "voltlift-models",
  migrations: [
    (database) => {
      for (const [name, keyPath] of Object.entries(MODEL_KEYS)) {
        database.createObjectStore(name as ModelTable, { keyPath });
      }
    },
  ],
};

/** Models in words: what they are called, and why one is not used or an update came to nothing. */
import type { FailureCode } from "../models/types.js";

/** What a model does, in a word or two. */
export const MODEL_NAMES: { readonly [model: string]: string } = {
  ranker: "Next exercise",
  "collaborative-filter": "Lifters like you",
  load: "Next weight",
  "exercise-net": "Neural net",
};

/** What an update failed at: the cause, then what to do or what happens by itself. */
export const MODEL_FAILURE_TEXTS: { readonly [code in FailureCode]: string } = {
  no_keys: "This version of the page accepts no models from the network. Rules answer.",
  offline: "The network could not be reached. It is tried again later.",
  http: "The server did not give the models out. It is tried again later.",
  truncated: "A download broke off. It is tried again later.",
  unsigned: "What came is not signed, so it was not used. Nothing for you to do.",
  wrong_signature: "The signature is not one that this page trusts, so nothing was used.",
  wrong_size: "A file has not the size that was signed, so nothing was used.",
  wrong_hash: "A file is not the one that was signed, so nothing was used.",
  bad_manifest: "The list of models could not be read. What worked before stays.",
  bad_card: "The description of a model could not be read. What worked before stays.",
  older_manifest: "An older release was offered than the one seen before, so it was refused.",
  changed_manifest: "A release was changed after it had been published, so it was refused.",
  engine_too_old: "A model needs a newer version of this page. Reload to get it.",
  other_spec: "A model is for another version of this page. What worked before stays.",
  probe_differs: "A model answered otherwise than its card says, so it was not used.",
  probe_failed: "A model could not be tried here, so it was not used.",
  hung: "A model gave no answer twice, so it was switched off. You can use it again below.",
  over_budget: "The models would take more space than is allowed. Remove one, then try again.",
  storage: "The device could not store the models. Free some space, then try again.",
  interrupted: "The update was stopped. What was used before is still used.",
  internal: "Something went wrong in the update. What was used before is still used.",
};

/** Where none of these fits. */
export const LEFT_OUT = "It could not be loaded, so it is left out. The rules stand in.";

/** Why a model that is installed is not used: the cause, then what to do or what stands in. */
export const LEFT_OUT_TEXTS: { readonly [code: string]: string } = {
  timeout: "It gave no answer in time, so it is left out. It is tried again with the next start.",
  vector_spec_mismatch: "It is for another version of this page. An update brings one that fits.",
  corrupt_data: "Its file is damaged. Update to fetch it again.",
  not_available: "What runs it is not there in this browser. The rules stand in.",
  invalid_configuration: "Its file could not be read. Update to fetch it again.",
  failed:
    "It gave no usable answer, so it is left out until it is loaded again. The others stand in.",
  inference: "What runs it failed, so it is left out. It is tried again with the next start.",
  worker_crashed: "It crashed, so it is left out. The rules stand in.",
  storage:
    "It could not be read from this device, so it is left out. Reload the page to try again.",
};

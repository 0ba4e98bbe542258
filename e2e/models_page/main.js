/** The registry and its updates as they ship, for test_model_delivery.py. */
import { openModelRegistry, updateModels } from "./bridge/models.js";

const registry = await openModelRegistry();

/** The models of these tests are linear; their file holds the weights. */
async function probe({ data, inputs }) {
  const { weights } = JSON.parse(new TextDecoder().decode(data));
  return inputs.map((row) => row.reduce((sum, value, i) => sum + value * weights[i], 0));
}

globalThis.modelsPage = {
  durable: registry.durable,
  update: (keys) => {
    const engine = { version: "0.3.0", specs: ["f".repeat(64)] };
    return updateModels({ registry, keys, engine, probe, retries: 0 });
  },
  /** What is active, each byte of it checked. */
  async active() {
    const found = {};
    for (const { name, version, active, files } of await registry.list()) {
      if (!active) continue;
      const artefact = await registry.active(name);
      for (const file of files) {
        if (artefact.files.has(file.name)) await registry.file(name, version, file.name);
      }
      found[name] = version;
    }
    return found;
  },
  rollBack: (name) => registry.rollBack(name),
  pin: (name, pinned) => registry.pin(name, pinned),
  sizes: () => registry.sizes(),
  failures: () => registry.failures(),
};
document.title = "ready";

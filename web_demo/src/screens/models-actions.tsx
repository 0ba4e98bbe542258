/** What can be done about a model; each is taken back with one tap. */
import type { ModelConnection } from "@voltlift/bridge/models";
import { modelFailureText, modelName } from "@voltlift/bridge/text";
import { useState } from "react";
import { Button } from "react-aria-components";
import type { ModelView } from "../state/models-view.ts";
import { MODELS_TEXTS } from "../texts/models.ts";
import { clearNotices, notify, offerUndo } from "../ui/toasts.tsx";
import { Toggle } from "../ui/toggle.tsx";

interface ModelActionsProps {
  view: ModelView;
  connection: ModelConnection;
  onProblem(error: unknown): void;
}

/** ONNX Runtime as it travels, in bytes: more than all models together. */
const RUNTIME_BYTES = 2_400_000;

export function ModelActions({ view, connection, onProblem }: ModelActionsProps) {
  const [isBusy, setIsBusy] = useState(false);
  const { name, status, current, lastGood, others, pinned } = view;
  const called = modelName(name);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setIsBusy(true);
    clearNotices(); // What they would take back is not as it was any more.
    await work().catch(onProblem);
    setIsBusy(false);
  };

  if (!current) return <AddButton view={view} connection={connection} onProblem={onProblem} />;

  const { version, active } = current;
  const wasPinned = pinned;
  /** As it was before: this version, and kept only where it was. */
  const bringBack = async (): Promise<void> => {
    await connection.activate(name, version);
    if (!wasPinned) await connection.pin(name, false);
  };
  const stop = () =>
    run(async () => {
      await connection.deactivate(name);
      offerUndo(MODELS_TEXTS.stoppedUsing(called), () => void bringBack().catch(onProblem));
    });
  const takeUp = () =>
    run(async () => {
      await connection.activate(name, version);
      // The lifter wants the model, not this very version of it for ever.
      await connection.pin(name, false);
      notify(MODELS_TEXTS.usedAgain(called));
    });
  const rollBack = () =>
    run(async () => {
      const back = await connection.rollBack(name);
      offerUndo(MODELS_TEXTS.rolledBack(called, back), () => void bringBack().catch(onProblem));
    });
  const remove = (old: string) =>
    run(async () => {
      await connection.remove(name, old);
      notify(MODELS_TEXTS.removed(called, old));
    });
  const reload = () => run(() => connection.reload());
  const removable = active ? others : [current, ...others];

  return (
    <div className="stack-small">
      {status !== "unused" && (
        <Toggle
          label={MODELS_TEXTS.keep}
          isSelected={pinned}
          onChange={(isKept) => void run(() => connection.pin(name, isKept))}
        />
      )}
      <div className="model-actions">
        {status === "failed" && (
          <Button
            className="button button-primary"
            isDisabled={isBusy}
            aria-label={MODELS_TEXTS.againNamed(called)}
            onPress={() => void reload()}
          >
            {MODELS_TEXTS.again}
          </Button>
        )}
        {active ? (
          <Button
            className="button"
            isDisabled={isBusy}
            aria-label={MODELS_TEXTS.stopNamed(called)}
            onPress={() => void stop()}
          >
            {MODELS_TEXTS.stop}
          </Button>
        ) : (
          <Button
            className="button button-primary"
            isDisabled={isBusy}
            aria-label={MODELS_TEXTS.takeUpNamed(called)}
            onPress={() => void takeUp()}
          >
            {MODELS_TEXTS.takeUp}
          </Button>
        )}
        {lastGood && (
          <Button
            className="button"
            isDisabled={isBusy}
            aria-label={MODELS_TEXTS.rollBackNamed(called, lastGood.version)}
            onPress={() => void rollBack()}
          >
            {MODELS_TEXTS.rollBack(lastGood.version)}
          </Button>
        )}
        {removable.map(({ version: old }) => (
          <Button
            key={old}
            className="button"
            isDisabled={isBusy}
            aria-label={MODELS_TEXTS.removeNamed(called, old)}
            onPress={() => void remove(old)}
          >
            {MODELS_TEXTS.remove(old)}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** A model of the release that does not come unasked. */
function AddButton({ view, connection, onProblem }: ModelActionsProps) {
  const [isBusy, setIsBusy] = useState(false);
  const { name, bytes } = view;
  const called = modelName(name);
  const add = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const result = await connection.add(name);
      const left = result?.left.find(({ model }) => model === name);
      const code = result?.failure?.code ?? left?.code;
      if (result && !code) notify(MODELS_TEXTS.added(called));
      else notify([MODELS_TEXTS.notAdded(called), code && modelFailureText(code)].join(" "));
    } catch (error) {
      onProblem(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div className="stack-small">
      {name === "exercise-net" && <p className="muted">{MODELS_TEXTS.addRuntime(RUNTIME_BYTES)}</p>}
      <Button
        className="button button-wide"
        isDisabled={isBusy}
        aria-label={MODELS_TEXTS.addNamed(called, bytes)}
        onPress={() => void add()}
      >
        {MODELS_TEXTS.add(bytes)}
      </Button>
    </div>
  );
}

/** Getting rid of everything, with a way back while the page is open. */
import type { ModelConnection } from "@voltlift/bridge/models";
import { useModelConnection } from "@voltlift/bridge/react";
import { errorText } from "@voltlift/bridge/text";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { useApp } from "../state/store.ts";
import { countSets } from "../state/workout.ts";
import { T } from "../texts.ts";
import { goTo } from "../ui/route.ts";
import { Popup } from "../ui/sheet.tsx";
import { clearNotices, notify, offer } from "../ui/toasts.tsx";

export function EraseSection() {
  const [asking, setAsking] = useState(false);
  return (
    <section className="card stack-small" aria-label={T.data.erase}>
      <Button className="button button-danger button-wide" onPress={() => setAsking(true)}>
        {T.data.erase}
      </Button>
      <Popup title={T.data.eraseTitle} isOpen={asking} onClose={() => setAsking(false)}>
        <EraseForm onDone={() => setAsking(false)} />
      </Popup>
    </section>
  );
}

/** Models come back by themselves once there is a lifter again, by undo or by a new start. */
function bringBackWithTraining(models: ModelConnection): void {
  const stop = useApp.subscribe(({ settings, history }) => {
    if (settings === null && history.length === 0) return;
    stop();
    void models.update();
  });
}

function EraseForm({ onDone }: { onDone(): void }) {
  const { erase } = useActions();
  const models = useModelConnection();
  const history = useApp((state) => state.history);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const sets = history.reduce((sum, session) => sum + countSets(session), 0);

  const eraseNow = async (): Promise<void> => {
    setWorking(true);
    try {
      // Models first: with the log the first screen appears, and whoever goes on from there is
      // not to be called back.
      await models?.erase().catch((error: unknown) => notify(errorText(error)));
      const bringBack = await erase();
      if (models) bringBackWithTraining(models);
      onDone();
      goTo("home", "", true);
      clearNotices();
      offer(T.data.erased, T.undo, () => {
        bringBack().then(
          () => notify(T.data.broughtBack),
          (error: unknown) => notify(errorText(error)),
        );
      });
    } catch (error) {
      void models?.update();
      setProblem(errorText(error));
      setWorking(false);
    }
  };

  return (
    <>
      <p>{T.data.eraseText(history.length, sets)}</p>
      {problem && (
        <p className="danger" role="alert">
          {problem}
        </p>
      )}
      <Button className="button button-danger" isDisabled={working} onPress={eraseNow}>
        {T.data.erase}
      </Button>
      {/* The way out is where the focus starts. */}
      <Button className="button" onPress={onDone} autoFocus>
        {T.data.cancel}
      </Button>
    </>
  );
}

/** What the lifter should know about storage and the engine, wherever they are. */
import { bootText, errorText, storageText } from "@voltlift/bridge/text";
import { Button } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import { client } from "../engine.ts";
import { useApp } from "../state/store.ts";
import { T } from "../texts.ts";
import { Icon } from "./icons.tsx";
import { Progress } from "./progress.tsx";

/** Says what is not stored, and offers to try again. */
export function StorageNotice() {
  const { durable, reason, error } = useApp((state) => state.storage);
  const { retrySaving } = useActions();
  if (error) {
    return (
      <div className="notice notice-danger full" role="alert">
        <Icon name="warning" />
        <p className="grow">{`${T.workout.notSaved} ${errorText(error)}`}</p>
        <Button className="button" onPress={retrySaving}>
          {T.retry}
        </Button>
      </div>
    );
  }
  if (durable && !reason) return null;
  return (
    <div className="notice notice-danger full" role="status">
      <Icon name="warning" />
      <p className="grow">
        {durable ? null : T.storage.notDurable} {reason ? storageText(reason) : null}
      </p>
    </div>
  );
}

/** Where the suggestions are: on their way, ready, or failed with a way to try again. */
export function EngineNotice({ whenReady = true }: { whenReady?: boolean }) {
  const { boot, sync, resync } = useEngineStatus();
  const workouts = useApp((state) => state.history.length);
  if (boot.phase === "failed") {
    return (
      <div className="notice notice-danger" role="alert">
        <Icon name="warning" />
        <p className="grow">{bootText(boot)}</p>
        <Button className="button" onPress={() => client.restart()}>
          {T.engine.retry}
        </Button>
      </div>
    );
  }
  if (sync.status === "error") {
    return (
      <div className="notice notice-danger" role="alert">
        <Icon name="warning" />
        <p className="grow">{errorText(sync.error)}</p>
        <Button className="button" onPress={resync}>
          {T.retry}
        </Button>
      </div>
    );
  }
  if (boot.phase !== "ready") return <Progress text={T.engine.soon} value={boot.progress} />;
  if (sync.status === "syncing" && sync.total > 1) {
    return (
      <Progress text={T.engine.learning(sync.done, sync.total)} value={sync.done / sync.total} />
    );
  }
  return whenReady ? <p className="muted">{T.engine.ready(workouts)}</p> : null;
}

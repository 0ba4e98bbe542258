import type { AnswerState } from "@voltlift/bridge/react";
import { errorText } from "@voltlift/bridge/text";
import { Button } from "react-aria-components";
import { useEngineStatus } from "../app-context.ts";
import { T } from "../texts.ts";
import { EngineNotice } from "../ui/notices.tsx";
import { Progress } from "../ui/progress.tsx";

interface StateOfAnswerProps {
  answer: AnswerState<unknown>;
  loading: string;
  failed: string;
}

/** In place of an answer: where the engine is, that it is being asked, or what went wrong. */
export function StateOfAnswer({ answer, loading, failed }: StateOfAnswerProps) {
  const { data, status, error, refresh } = answer;
  const { boot, sync } = useEngineStatus();
  if (data || status === "idle") return null;
  // The engine's own trouble is said by its notice, with the remedy.
  if (boot.phase !== "ready" || sync.status === "error") return <EngineNotice whenReady={false} />;
  if (status !== "error") return <Progress text={loading} />;
  return (
    <div className="notice notice-danger" role="alert">
      <p className="grow">{`${failed} ${errorText(error)}`}</p>
      <Button className="button" onPress={refresh}>
        {T.retry}
      </Button>
    </div>
  );
}

/** The first minute: bring a log, try the sample lifter, or start fresh. */
import { errorText } from "@voltlift/bridge/text";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { T } from "../texts.ts";
import { FileDrop } from "../ui/file-drop.tsx";
import { Icon } from "../ui/icons.tsx";
import { EngineNotice, StorageNotice } from "../ui/notices.tsx";
import { Progress } from "../ui/progress.tsx";
import { FreshStart } from "./fresh-start.tsx";
import "./welcome.css";

export function WelcomeScreen() {
  const { trySample } = useActions();
  const [fresh, setFresh] = useState(false);
  const [sample, setSample] = useState<"idle" | "loading" | { error: unknown }>("idle");

  if (fresh) return <FreshStart onBack={() => setFresh(false)} />;

  const takeSample = async (): Promise<void> => {
    setSample("loading");
    try {
      await trySample();
    } catch (error) {
      setSample({ error });
    }
  };

  return (
    <div className="page page-wide welcome">
      <header className="welcome-lead stack full">
        <p className="brand">
          <Icon name="bolt" filled />
          {T.app}
        </p>
        <h1 className="display">{T.welcome.title}</h1>
        <p className="lead">{T.welcome.lead}</p>
      </header>
      <StorageNotice />
      <FileDrop />
      <div className="stack">
        <section className="card stack-small">
          <h2 className="heading">{T.welcome.sampleHead}</h2>
          <p className="muted">{T.welcome.sampleHint}</p>
          {sample === "loading" ? (
            <Progress text={T.welcome.sampleLoading} />
          ) : (
            <Button className="button button-wide" onPress={takeSample}>
              {T.welcome.sampleTitle}
            </Button>
          )}
          {typeof sample === "object" && (
            <p className="danger" role="alert">
              {errorText(sample.error)}
            </p>
          )}
        </section>
        <section className="card stack-small">
          <h2 className="heading">{T.welcome.freshHead}</h2>
          <p className="muted">{T.welcome.freshHint}</p>
          <Button className="button button-wide" onPress={() => setFresh(true)}>
            {T.welcome.freshTitle}
          </Button>
        </section>
      </div>
      <div className="full">
        <EngineNotice whenReady={false} />
      </div>
    </div>
  );
}

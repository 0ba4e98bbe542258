/** The test of five lifts, in the settings: looked at, and entered again. */
import { useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { readBaseline } from "../state/baseline.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { useApp } from "../state/store.ts";
import { setText, T } from "../texts.ts";
import { Sheet } from "../ui/sheet.tsx";
import { notify } from "../ui/toasts.tsx";
import { BaselineForm } from "./onboarding-baseline.tsx";

export function BaselineSection() {
  const settings = useApp((state) => state.settings);
  const catalogue = useCatalogue();
  const { changeSettings } = useActions();
  const [open, setOpen] = useState(false);
  const lifts = readBaseline(settings);
  return (
    <section className="card stack-small">
      <h2 className="heading">{T.onboarding.baseline.settings}</h2>
      <p className="muted">{T.onboarding.baseline.settingsHint}</p>
      {lifts.length === 0 && <p className="muted">{T.onboarding.baseline.settingsNone}</p>}
      <ul>
        {lifts.map((lift) => (
          <li key={lift.exerciseId} className="spread">
            <span>{catalogue.name(lift.exerciseId)}</span>
            <span className="muted number">{setText(lift, lift.unit)}</span>
          </li>
        ))}
      </ul>
      <Button className="button button-wide" onPress={() => setOpen(true)}>
        {T.onboarding.baseline.enter}
      </Button>
      <Sheet title={T.onboarding.baseline.title} isOpen={open} onClose={() => setOpen(false)}>
        <BaselineForm
          unit={settings?.units ?? "kg"}
          known={lifts}
          onSave={(baseline) => {
            setOpen(false);
            void changeSettings({ baseline }).then(
              () => notify(T.onboarding.baseline.saved),
              () => undefined, // The storage notice says what is wrong.
            );
          }}
        />
      </Sheet>
    </section>
  );
}

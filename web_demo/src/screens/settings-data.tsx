/** What is stored, and how to take it along or get rid of it. */
import { useState } from "react";
import { Button, Input, Label, TextField } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { useApp } from "../state/store.ts";
import { countSets } from "../state/workout.ts";
import { T } from "../texts.ts";
import { FileButton } from "../ui/file-drop.tsx";
import { goTo } from "../ui/route.ts";
import { Popup } from "../ui/sheet.tsx";
import { clearNotices, notify } from "../ui/toasts.tsx";

export function DataSection() {
  const history = useApp((state) => state.history);
  const { exportState } = useActions();
  const [erasing, setErasing] = useState(false);
  const sets = history.reduce((sum, session) => sum + countSets(session), 0);
  return (
    <section className="card stack-small">
      <h2 className="heading">{T.settings.data}</h2>
      <p className="muted">{T.settings.dataText(history.length, sets)}</p>
      <FileButton label={T.settings.importMore} />
      <Button className="button button-wide" onPress={() => download(exportState())}>
        {T.settings.export}
      </Button>
      <p className="muted">{T.settings.exportHint}</p>
      <Button className="button button-danger button-wide" onPress={() => setErasing(true)}>
        {T.settings.erase}
      </Button>
      <Popup title={T.settings.eraseTitle} isOpen={erasing} onClose={() => setErasing(false)}>
        <EraseForm onDone={() => setErasing(false)} />
      </Popup>
    </section>
  );
}

/** The one thing that cannot be undone is typed, not tapped. */
function EraseForm({ onDone }: { onDone(): void }) {
  const { erase } = useActions();
  const [typed, setTyped] = useState("");
  const confirmed = typed.trim().toLowerCase() === T.settings.eraseWord;
  const eraseNow = async (): Promise<void> => {
    if (!confirmed) return;
    await erase();
    onDone();
    goTo("home", "", true);
    clearNotices();
    notify(T.settings.erased);
  };
  return (
    <>
      <p>{T.settings.eraseText}</p>
      <TextField className="field" value={typed} onChange={setTyped} autoFocus>
        <Label className="label">{T.settings.eraseType(T.settings.eraseWord)}</Label>
        <Input className="input" autoComplete="off" autoCapitalize="none" />
      </TextField>
      <Button className="button button-danger" isDisabled={!confirmed} onPress={eraseNow}>
        {T.settings.erase}
      </Button>
      <Button className="button" onPress={onDone}>
        {T.import.cancel}
      </Button>
    </>
  );
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `voltlift-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  // The browser has taken the file over by the next turn; until then it needs the address.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

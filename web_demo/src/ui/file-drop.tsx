/** Where a file is dropped or chosen; it is then looked at on the import screen. */
import { Button, DropZone, FileTrigger, isFileDropItem } from "react-aria-components";
import { useImportFile } from "../state/import-file.ts";
import { T } from "../texts.ts";
import { Icon } from "./icons.tsx";
import { goTo } from "./route.ts";

function look(file: File | null | undefined): void {
  if (!file) return;
  useImportFile.setState({ file });
  goTo("import");
}

/** A button that opens the file dialog. */
export function FileButton({ label, primary = false }: { label: string; primary?: boolean }) {
  return (
    <FileTrigger
      acceptedFileTypes={[".csv", ".json", ".txt", "text/csv", "application/json"]}
      onSelect={(files) => look(files?.item(0))}
    >
      <Button className={primary ? "button button-primary button-wide" : "button button-wide"}>
        <Icon name="file" />
        {label}
      </Button>
    </FileTrigger>
  );
}

export function FileDrop() {
  return (
    <DropZone
      className="file-drop"
      aria-label={T.welcome.importDrop}
      onDrop={async (event) => {
        const item = event.items.find(isFileDropItem);
        look(await item?.getFile());
      }}
    >
      <h2 className="heading">{T.welcome.importTitle}</h2>
      <p className="muted">{T.welcome.importHint}</p>
      <FileButton label={T.welcome.importButton} primary />
    </DropZone>
  );
}

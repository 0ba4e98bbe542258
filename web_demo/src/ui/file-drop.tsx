/** Where files are dropped or chosen; they are then looked at on the import screen. */
import { useEffect, useState } from "react";
import { Button, DropZone, FileTrigger, isFileDropItem } from "react-aria-components";
import { addFiles } from "../state/import-file.ts";
import { T } from "../texts.ts";
import { Icon } from "./icons.tsx";
import { goTo } from "./route.ts";

function look(files: readonly File[]): void {
  if (files.length === 0) return;
  addFiles(files);
  goTo("import");
}

interface FileButtonProps {
  label: string;
  primary?: boolean;
  /** Default: look at them on the import screen. */
  onFiles?: (files: readonly File[]) => void;
}

/** A button that opens the file dialog. */
export function FileButton({ label, primary = false, onFiles = look }: FileButtonProps) {
  return (
    <FileTrigger
      allowsMultiple
      acceptedFileTypes={[".csv", ".json", ".txt", "text/csv", "application/json"]}
      onSelect={(files) => onFiles([...(files ?? [])])}
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
        look(await Promise.all(event.items.filter(isFileDropItem).map((item) => item.getFile())));
      }}
    >
      <h2 className="heading">{T.welcome.importTitle}</h2>
      <p className="muted">{T.welcome.importHint}</p>
      <FileButton label={T.welcome.importButton} primary />
    </DropZone>
  );
}

/** Take files that are dropped anywhere on the page; true while some are held over it. */
export function useDropAnywhere(): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent): void => {
      // Null where it has left the window; between two elements it names the next one.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      setIsOver(false);
      // A drop zone on the page has taken it already.
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      look([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, []);
  return isOver;
}

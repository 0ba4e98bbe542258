/** Your data: what is stored, how to take it along, take it back, and get rid of it. */
import { useStorageView } from "../state/data-view.ts";
import { T } from "../texts.ts";
import { useDropAnywhere } from "../ui/file-drop.tsx";
import { StorageNotice } from "../ui/notices.tsx";
import { TopBar } from "../ui/topbar.tsx";
import { EraseSection } from "./data-erase.tsx";
import { ExportSection } from "./data-export.tsx";
import { BackupsSection, ImportsSection } from "./data-imports.tsx";
import { StoredSection } from "./data-stored.tsx";
import { NetworkSection } from "./settings-network.tsx";
import "./data.css";

export function DataScreen() {
  const { view, refresh } = useStorageView();
  const isOver = useDropAnywhere();
  return (
    <div className={isOver ? "page page-wide import-over" : "page page-wide"}>
      <TopBar title={T.data.title} />
      <StorageNotice />
      <div className="stack">
        <StoredSection view={view} onChanged={refresh} />
        <ExportSection view={view} onChanged={refresh} />
      </div>
      <div className="stack">
        <ImportsSection view={view} onChanged={refresh} />
        <BackupsSection view={view} onChanged={refresh} />
        <NetworkSection />
        <EraseSection />
      </div>
    </div>
  );
}

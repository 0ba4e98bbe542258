/** Undoing an import, and saying what became of it. */
import type { UndoneImport } from "@voltlift/bridge/storage";
import { errorText } from "@voltlift/bridge/text";
import { T } from "../texts.ts";
import { notify, offerUndo } from "../ui/toasts.tsx";

/** Say what undoing an import did; true where it is undone. */
export async function reportUndo(undoing: Promise<UndoneImport>): Promise<boolean> {
  try {
    const { kept } = await undoing;
    notify(kept.length === 0 ? T.import.undone : T.import.undoneKept(kept.length));
    return true;
  } catch (error) {
    notify(errorText(error));
    return false;
  }
}

/** Say what an import brought, with a way back. */
export function offerUndoImport(
  id: string,
  message: string,
  undoImport: (id: string) => Promise<UndoneImport>,
): void {
  offerUndo(message, () => void reportUndo(undoImport(id)));
}

/** Short notices with a way back, instead of "are you sure". */
import {
  Button,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { T } from "../texts.ts";
import { Icon } from "./icons.tsx";
import "./toasts.css";

interface Notice {
  text: string;
  action?: { label: string; run(): void };
}

/** Long enough to read, and to reach a way back; hovering or focusing stops the clock. */
const NOTICE_MS = 5_000;
const UNDO_MS = 8_000;

const queue = new ToastQueue<Notice>({ maxVisibleToasts: 2 });

/** Say something in passing. */
export function notify(text: string): void {
  queue.add({ text }, { timeout: NOTICE_MS });
}

/** Say what was done, with a way back. */
export function offerUndo(text: string, undo: () => void): void {
  queue.add({ text, action: { label: T.undo, run: undo } }, { timeout: UNDO_MS });
}

/** Say something that stays until it is acted upon or closed. */
export function offer(text: string, label: string, run: () => void): void {
  queue.add({ text, action: { label, run } });
}

/** Take back what is still offered: what it would bring back is gone for good. */
export function clearNotices(): void {
  queue.clear();
}

/** Where notices appear. */
export function Toasts() {
  return (
    <ToastRegion queue={queue} className="toasts">
      {({ toast }) => (
        <Toast toast={toast} className="toast">
          <ToastContent className="toast-content">
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.action && (
            <Button
              className="button button-text"
              onPress={() => {
                toast.content.action?.run();
                queue.close(toast.key);
              }}
            >
              {toast.content.action.label}
            </Button>
          )}
          <Button slot="close" className="button button-icon" aria-label={T.close}>
            <Icon name="close" />
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}

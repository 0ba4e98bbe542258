/** A sheet: rises from below on a phone, stands at the right on a desktop. */
import type { ReactNode } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { T } from "../texts.ts";
import { Icon } from "./icons.tsx";
import "./sheet.css";

interface SheetProps {
  title: string;
  isOpen: boolean;
  onClose(): void;
  children: ReactNode;
}

interface SteppedSheetProps extends SheetProps {
  /** Given where the sheet shows a step from which one can go back. */
  onBack?: (() => void) | undefined;
}

export function Sheet({ title, isOpen, onClose, onBack, children }: SteppedSheetProps) {
  return (
    <ModalOverlay
      className="sheet-overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className="sheet">
        <Dialog className="sheet-dialog">
          <header className="sheet-header">
            {onBack && (
              <Button className="button button-icon" aria-label={T.back} onPress={onBack}>
                <Icon name="back" />
              </Button>
            )}
            <Heading slot="title" className="title grow">
              {title}
            </Heading>
            <Button className="button button-icon" aria-label={T.close} onPress={onClose}>
              <Icon name="close" />
            </Button>
          </header>
          {/* Each step starts at its top. */}
          <div key={title} className="sheet-body">
            {children}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A small dialog in the middle, for the one thing that cannot be undone. */
export function Popup({ title, isOpen, onClose, children }: SheetProps) {
  return (
    <ModalOverlay
      className="sheet-overlay sheet-overlay-centre"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className="popup">
        <Dialog className="popup-dialog stack">
          <Heading slot="title" className="title">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

import type { ReactNode } from "react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import { Icon } from "./icons.tsx";
import "./details.css";

interface DetailsProps {
  title: string;
  open?: boolean;
  /** Of its heading. */
  level?: 2 | 3;
  children: ReactNode;
}

/** Something to unfold. */
export function Details({ title, open = false, level = 3, children }: DetailsProps) {
  return (
    <Disclosure className="details" defaultExpanded={open}>
      <Heading level={level} className="details-heading">
        <Button slot="trigger" className="details-trigger">
          <span className="grow">{title}</span>
          <Icon name="down" />
        </Button>
      </Heading>
      <DisclosurePanel className="details-panel">
        <div className="details-content">{children}</div>
      </DisclosurePanel>
    </Disclosure>
  );
}

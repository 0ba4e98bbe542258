import type { ReactNode } from "react";
import { Link } from "react-aria-components";
import { T } from "../texts.ts";
import { Icon } from "./icons.tsx";
import { hrefTo, type Screen } from "./route.ts";

interface TopBarProps {
  title: string;
  /** Where the way back leads. */
  back?: Screen;
  children?: ReactNode;
}

/** The head of a screen below home: the way back, its name, and what else belongs there. */
export function TopBar({ title, back = "home", children }: TopBarProps) {
  return (
    <header className="topbar">
      <Link className="button button-icon" href={hrefTo(back)} aria-label={T.back}>
        <Icon name="back" />
      </Link>
      <h1 className="title">{title}</h1>
      {children}
    </header>
  );
}

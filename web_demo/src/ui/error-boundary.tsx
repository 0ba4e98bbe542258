/** In place of a screen that cannot be shown: never an empty page in the middle of a workout. */
import { Component, type ErrorInfo, type ReactNode } from "react";
import { Button } from "react-aria-components";
import { T } from "../texts.ts";
import { hrefTo } from "./route.ts";

interface Props {
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error("a screen could not be shown", error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="page" role="alert">
        <h1 className="title">{T.broken.title}</h1>
        <p>{T.broken.text}</p>
        <Button className="button button-primary button-wide" onPress={() => location.reload()}>
          {T.broken.reload}
        </Button>
        <a className="button button-wide" href={hrefTo("home")}>
          {T.broken.home}
        </a>
      </div>
    );
  }
}

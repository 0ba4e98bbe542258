/** When a screen may be drawn anew: not under a finger or a key that is down on it. */

/** From the end of a touch to the click that it becomes. */
const CLICK_MS = 100;
/** Whoever presses for longer does not wait for a click; nor does a key whose end nobody heard. */
const MOST_MS = 5_000;

export interface Presses {
  /** Settles when nothing is pressed any more, and what was pressed has been heard of. */
  over(): Promise<void>;
}

/** Follow what is pressed, until the first time that it is over. */
export function watchPresses(target: EventTarget): Presses {
  const listening = new AbortController();
  let isDown = false;
  let settle: () => void = () => undefined;
  let end: ReturnType<typeof setTimeout> | undefined;
  const on = (types: readonly string[], listener: () => void): void => {
    const options = { capture: true, signal: listening.signal };
    for (const type of types) target.addEventListener(type, listener, options);
  };
  const later = (ms: number) => () => {
    clearTimeout(end);
    end = setTimeout(() => {
      isDown = false;
      settle();
    }, ms);
  };
  on(["pointerdown", "keydown"], () => {
    clearTimeout(end); // That of the press before is not that of this one.
    isDown = true;
  });
  // Behind those who listen to the same event.
  on(["click", "keyup", "pointercancel"], later(0));
  on(["pointerup"], later(CLICK_MS));
  return {
    async over() {
      if (isDown) {
        await new Promise<void>((resolve) => {
          settle = resolve;
          setTimeout(resolve, MOST_MS);
        });
      }
      listening.abort();
    },
  };
}

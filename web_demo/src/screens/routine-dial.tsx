/** The dial: what the suggestions follow, balanced training or what the lifter usually does. */
import { useEffect, useRef, useState } from "react";
import {
  Button,
  Label,
  Slider,
  SliderOutput,
  SliderThumb,
  SliderTrack,
} from "react-aria-components";
import { useActions } from "../app-context.ts";
import { DEFAULT_ROUTINE, FADE_IN, useRoutine } from "../state/routine.ts";
import { useApp } from "../state/store.ts";
import { ROUTINE_TEXTS } from "../texts/routine.ts";
import "./routine-dial.css";

const STEP = 0.05;
/** While it is being turned: long enough for the next step, too short to be noticed. */
const PAUSE_MS = 150;

interface RoutineDialProps {
  /** Where nothing beside it says that there are too few workouts for a routine. */
  saysFadeIn?: boolean;
}

export function RoutineDial({ saysFadeIn = true }: RoutineDialProps) {
  const stored = useRoutine();
  const workouts = useApp((state) => state.history.length);
  const { turned, turn, reset } = useTurning();
  const value = turned ?? stored ?? DEFAULT_ROUTINE;
  return (
    <div className="stack-small">
      <Slider
        className="dial"
        minValue={0}
        maxValue={1}
        step={STEP}
        value={value}
        formatOptions={{ style: "percent" }}
        onChange={turn}
      >
        <div className="spread">
          <Label className="label">{ROUTINE_TEXTS.dial}</Label>
          <SliderOutput className="number dial-value">{ROUTINE_TEXTS.value(value)}</SliderOutput>
        </div>
        <SliderTrack className="dial-track">
          <span className="dial-line" />
          <SliderThumb className="dial-thumb" />
        </SliderTrack>
        <div className="spread muted" aria-hidden="true">
          <span>{ROUTINE_TEXTS.toFit}</span>
          <span>{ROUTINE_TEXTS.toHabit}</span>
        </div>
      </Slider>
      <p className="muted">{ROUTINE_TEXTS.hint}</p>
      {saysFadeIn && workouts < FADE_IN.from && (
        <p className="muted">{ROUTINE_TEXTS.early(FADE_IN.from)}</p>
      )}
      {stored !== null && stored !== DEFAULT_ROUTINE && (
        <Button className="button button-text dial-usual" onPress={reset}>
          {ROUTINE_TEXTS.usual(DEFAULT_ROUTINE)}
        </Button>
      )}
    </div>
  );
}

/** What is being turned to: shown at once, kept when it rests; what is left half-way is kept. */
function useTurning() {
  const { changeSettings } = useActions();
  const [turned, setTurned] = useState<number | null>(null);
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; value: number } | null>(null);
  const turns = useRef(0);

  const save = (routine: number | undefined): void => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = null;
    turns.current += 1;
    const turn = turns.current;
    const done = (): void => {
      // Unless it was turned on meanwhile.
      if (turn === turns.current) setTurned(null);
    };
    // A failed write leaves the dial where it was, and the storage notice says why.
    void changeSettings({ routine }).then(done, done);
  };
  const latest = useRef(save);
  latest.current = save;
  useEffect(
    () => () => {
      if (waiting.current) latest.current(waiting.current.value);
    },
    [],
  );
  return {
    turned,
    turn(value: number): void {
      setTurned(value);
      turns.current += 1;
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = { value, timer: setTimeout(() => latest.current(value), PAUSE_MS) };
    },
    reset: (): void => save(undefined),
  };
}

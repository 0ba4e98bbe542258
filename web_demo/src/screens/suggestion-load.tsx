/** What to lift in the next set: weight and reps, how sure, one line of reason, one tap. */
import type { LoadChoice, PlannedSet, SuggestLoadResponse } from "@voltlift/bridge";
import { useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useEngineStatus } from "../app-context.ts";
import type { Unit } from "../state/app-state.ts";
import { CONFIDENCE, choiceText, plannedSetText, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { useReasonLine } from "./reason-text.ts";
import { LoadRange } from "./suggestion-range.tsx";
import { SuggestionWhy } from "./suggestion-why.tsx";
import "./suggestion-load.css";

/** What goes into a set row. */
export interface Values {
  weight: number;
  reps: number;
  seconds: number | null;
}

interface LoadSuggestionProps {
  name: string;
  /** The set that it is for, counted from 1. */
  set: number;
  /** Null while it is on its way, or where there is none. */
  suggestion: SuggestLoadResponse | null;
  isWaiting: boolean;
  onUse(values: Values): void;
}

export function LoadSuggestion(props: LoadSuggestionProps) {
  const { name, set, suggestion, isWaiting, onUse } = props;
  const { boot } = useEngineStatus();
  const [asked, setAsked] = useState(false);
  /** What stood there when the thumb came down: that is what is taken. */
  const pressed = useRef<LoadChoice | null>(null);
  const reasonLine = useReasonLine();
  if (!suggestion) {
    // The place is kept while there may be one, so that nothing moves when it comes.
    if (!isWaiting || boot.phase === "failed") return null;
    return <div className="load load-waiting muted">{T.load.waiting}</div>;
  }
  const { choice, unit, kind, confidence } = suggestion;
  if (!choice) return null;
  const text = choiceText(choice, unit, kind);
  const line = reasonLine(suggestion);
  return (
    <div className="load" data-confidence={confidence}>
      <div className="load-head">
        <div className="grow">
          <p className="muted load-label">{T.load.suggested(set)}</p>
          <p className="load-choice number">{text}</p>
        </div>
        <Button
          className="button button-primary load-use"
          aria-label={T.load.takeNamed(text)}
          onPressStart={() => {
            pressed.current = choice;
          }}
          onPress={() => onUse(valuesOf(pressed.current ?? choice))}
        >
          {T.load.take}
        </Button>
      </div>
      <div className="load-reason">
        <p className="grow">
          <strong className="load-confidence">{CONFIDENCE[confidence]}</strong>
          <LoadRange suggestion={suggestion} isSmall />
          {line && <span className="muted"> · {line}</span>}
        </p>
        <Button
          className="button button-text load-why"
          aria-label={T.load.whyNamed(name)}
          onPress={() => setAsked(true)}
        >
          {T.load.why}
          <Icon name="chevron" />
        </Button>
      </div>
      <SuggestionWhy
        suggestion={suggestion}
        isOpen={asked}
        onClose={() => setAsked(false)}
        onUse={(picked) => {
          onUse(valuesOf(picked));
          setAsked(false);
        }}
      />
    </div>
  );
}

/** A suggestion as what is written into a row: the lower end of its reps is what it asks for. */
export function valuesOf(choice: {
  weight: number;
  reps: readonly [number, number];
  seconds?: number | null;
}): Values {
  return { weight: choice.weight, reps: choice.reps[0], seconds: choice.seconds ?? null };
}

interface PlannedLoadProps {
  set: number;
  planned: PlannedSet;
  unit: Unit;
  onUse(values: Values): void;
}

/** The weight that a program gives by itself, in place of a suggestion. */
export function PlannedLoad({ set, planned, unit, onUse }: PlannedLoadProps) {
  const text = plannedSetText(planned, unit);
  return (
    <div className="load" data-confidence="high">
      <div className="load-head">
        <div className="grow">
          <p className="muted load-label">{T.load.planned(set)}</p>
          <p className="load-choice number">{text}</p>
        </div>
        <Button
          className="button button-primary load-use"
          aria-label={T.load.takeNamed(text)}
          onPress={() => onUse(valuesOf({ ...planned, weight: planned.weight ?? 0 }))}
        >
          {T.load.take}
        </Button>
      </div>
      {planned.percent && <p className="muted load-reason">{T.load.percent(planned.percent)}</p>}
    </div>
  );
}

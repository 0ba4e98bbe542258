/** One suggestion: name, score, the bar of its points, the strongest reasons, and why. */
import type { RecommendedExercise } from "@voltlift/bridge";
import { useId, useState } from "react";
import { Button } from "react-aria-components";
import { strongestReasons } from "../state/points.ts";
import { exerciseText, pointsText, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { PartsLine, PointsBar, PointsTable } from "./points.tsx";

interface SuggestionProps {
  item: RecommendedExercise;
  /** Weight of the routine in the list. */
  alpha: number;
  onAdd(): void;
}

export function Suggestion({ item, alpha, onAdd }: SuggestionProps) {
  const { exercise, score, components } = item;
  const [open, setOpen] = useState(false);
  const panel = useId();
  return (
    <article className="suggestion card" aria-label={exercise.name}>
      <div className="suggestion-head">
        <div className="grow">
          <h4 className="exercise-name">{exercise.name}</h4>
          <p className="muted">{exerciseText(exercise)}</p>
        </div>
        <p>
          <span className="visually-hidden">{T.picker.score(pointsText(score))}</span>
          <span className="score-number number" aria-hidden="true">
            {pointsText(score)}
          </span>
        </p>
        <Button
          className="button button-primary suggestion-add"
          aria-label={T.picker.addNamed(exercise.name)}
          onPress={onAdd}
        >
          <Icon name="add" />
        </Button>
      </div>
      <PointsBar item={item} />
      <PartsLine item={item} />
      <div className="suggestion-reasons">
        <ul className="grow">
          {strongestReasons(components).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <Button
          className="button button-text suggestion-why"
          aria-expanded={open}
          aria-controls={panel}
          aria-label={T.picker.whyNamed(exercise.name)}
          onPress={() => setOpen(!open)}
        >
          {T.picker.why}
          <Icon name="down" />
        </Button>
      </div>
      <div id={panel}>{open && <PointsTable item={item} alpha={alpha} />}</div>
    </article>
  );
}

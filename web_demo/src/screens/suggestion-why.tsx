/** "Why?": what a suggestion rests on, the ways not taken, and how earlier ones fared. */
import type { LoadChoice, SuggestLoadResponse, TrackRecord } from "@voltlift/bridge";
import { loadPointsText } from "@voltlift/bridge/text";
import { Button, Link } from "react-aria-components";
import { REPLAY_LINK_TEXTS } from "../texts/discovery.ts";
import { CONFIDENCE, choiceText, dayText, effortName, setsInShort, T } from "../texts.ts";
import { hrefTo } from "../ui/route.ts";
import { Sheet } from "../ui/sheet.tsx";
import { Plates } from "./plates.tsx";
import { useLoadReason } from "./reason-text.ts";
import { Forecast } from "./suggestion-range.tsx";

interface WhyProps {
  suggestion: SuggestLoadResponse;
  isOpen: boolean;
  onClose(): void;
  onUse(choice: LoadChoice): void;
}

export function SuggestionWhy({ suggestion, isOpen, onClose, onUse }: WhyProps) {
  const { choice, unit, kind, confidence, plates, stepExceedsCap, trackRecord } = suggestion;
  if (!choice) return null;
  const text = choiceText(choice, unit, kind);
  return (
    <Sheet title={T.load.whyTitle(text)} isOpen={isOpen} onClose={onClose}>
      <div className="stack">
        <section className="stack-small">
          <p className="load-big number">{text}</p>
          <p>
            <strong>{CONFIDENCE[confidence]}.</strong> {T.load.confidenceMeaning[confidence]}
          </p>
          {plates && (
            <Plates weight={choice.weight} bar={plates.bar} perSide={plates.perSide} unit={unit} />
          )}
          {stepExceedsCap && <p className="notice">{T.load.stepExceedsCap}</p>}
        </section>
        <Reasons suggestion={suggestion} />
        <Forecast suggestion={suggestion} />
        <Alternatives suggestion={suggestion} onUse={onUse} />
        <Track record={trackRecord} />
        {suggestion.meta.workouts > 0 && (
          <p className="muted">{T.load.looked(suggestion.meta.workouts)}</p>
        )}
      </div>
    </Sheet>
  );
}

function Reasons({ suggestion: { reasoning, last, unit } }: Pick<WhyProps, "suggestion">) {
  const reasonText = useLoadReason();
  return (
    <section className="stack-small">
      <h3 className="heading">{T.load.reasons}</h3>
      <ul className="load-reasons">
        {last && (
          <li>
            <span>
              {T.workout.lastTime(
                dayText(last.startTime),
                setsInShort(
                  last.sets.map(({ weight, reps, seconds }) => ({
                    weight,
                    reps: reps[0],
                    seconds: seconds ?? null,
                  })),
                  unit,
                ),
              )}
              {last.rpe !== null && ` (${effortName(last.rpe).toLowerCase()})`}
            </span>
          </li>
        )}
        {reasoning.map((reason, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
          <li key={at}>
            <span>{reasonText(reason, unit)}</span>
            <span className="load-points number">{loadPointsText(reason, unit)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const WAYS = ["deload", "maintain", "push"] as const;

function Alternatives({ suggestion, onUse }: Pick<WhyProps, "suggestion" | "onUse">) {
  const { alternatives, unit, kind } = suggestion;
  if (!alternatives) return null;
  return (
    <section className="stack-small">
      <h3 className="heading">{T.load.alternatives}</h3>
      <div className="load-ways">
        {WAYS.map((way) => (
          <Button key={way} className="button load-way" onPress={() => onUse(alternatives[way])}>
            <span>{T.load[way]}</span>
            <strong className="number load-way-choice">
              {choiceText(alternatives[way], unit, kind)
                .split(/ (?=×)/)
                .map((part) => (
                  <span key={part}>{part} </span>
                ))}
            </strong>
            <span className="muted">{T.load[`${way}Hint`]}</span>
          </Button>
        ))}
      </div>
    </section>
  );
}

function Track({ record }: { record: TrackRecord }) {
  const { suggestions, followed, meanDeviation, bias } = record;
  return (
    <section className="stack-small">
      <h3 className="heading">{T.load.track}</h3>
      <p className="muted">
        {suggestions === 0
          ? T.load.trackNone
          : [
              T.load.followed(followed, suggestions),
              meanDeviation === null ? null : T.load.deviation(meanDeviation),
              Math.abs(bias - 1) < 0.005 ? null : T.load.bias(bias),
            ]
              .filter(Boolean)
              .join(" ")}
      </p>
      <Link className="button button-text" href={hrefTo("replay")}>
        {REPLAY_LINK_TEXTS.link}
      </Link>
    </section>
  );
}

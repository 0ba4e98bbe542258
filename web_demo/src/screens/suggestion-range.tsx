/** What a model expects of the next weight: its interval as a picture, and in words. */
import type { SuggestLoadResponse } from "@voltlift/bridge";
import { modelName } from "@voltlift/bridge/text";
import { Link } from "react-aria-components";
import { failedModel, rangePicture, saidRange } from "../state/load-range.ts";
import { FORECAST_TEXTS } from "../texts/forecast.ts";
import { weightText } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { hrefTo } from "../ui/route.ts";
import "./suggestion-range.css";

interface RangeProps {
  suggestion: SuggestLoadResponse;
}

const HEIGHT = 24;
/** Room for what stands at the ends. */
const EDGE = 6;

/** A band from low to high, a ring at what is likely (where there is room), a line at the choice. */
export function LoadRange({ suggestion, isSmall = false }: RangeProps & { isSmall?: boolean }) {
  const { prediction, choice, unit } = suggestion;
  const picture = prediction && rangePicture(prediction, choice?.weight ?? null);
  if (!prediction || !picture) return null;
  const width = isSmall ? 100 : 200;
  const x = (place: number): number => EDGE + place * (width - 2 * EDGE);
  const middle = HEIGHT / 2;
  const [low, high] = saidRange(prediction);
  return (
    <svg
      className={isSmall ? "load-range load-range-small" : "load-range"}
      data-confidence={prediction.confidence}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={FORECAST_TEXTS.picture(
        weightText(prediction.weight, unit),
        weightText(low, unit),
        weightText(high, unit),
      )}
    >
      <line className="load-range-axis" x1={0} x2={width} y1={middle} y2={middle} />
      <rect
        className="load-range-band"
        x={picture.opensLow ? 0 : x(picture.low)}
        width={
          (picture.opensHigh ? width : x(picture.high)) - (picture.opensLow ? 0 : x(picture.low))
        }
        y={middle - 6}
        height={12}
        rx={6}
      />
      {!isSmall && (
        <circle className="load-range-likely" cx={x(picture.likely)} cy={middle} r={5} />
      )}
      {picture.suggested !== null && (
        <line
          className="load-range-suggested"
          x1={x(picture.suggested)}
          x2={x(picture.suggested)}
          y1={1}
          y2={HEIGHT - 1}
        />
      )}
    </svg>
  );
}

/** The same with its words, and whether the model or the rules decided. */
export function Forecast({ suggestion }: RangeProps) {
  const { prediction, choice, unit } = suggestion;
  const failed = failedModel(suggestion);
  if (!prediction) {
    return failed === null ? null : <Failed name={failed} />;
  }
  const { weight, confidence, used } = prediction;
  const [low, high] = saidRange(prediction);
  return (
    <section className="stack-small">
      <h3 className="heading">{FORECAST_TEXTS.title}</h3>
      <p>{FORECAST_TEXTS.says(weightText(weight, unit))}</p>
      <LoadRange suggestion={suggestion} />
      <p>{FORECAST_TEXTS.interval(weightText(low, unit), weightText(high, unit))}</p>
      <p>
        <strong>{FORECAST_TEXTS.confidence[confidence]}.</strong>{" "}
        {FORECAST_TEXTS.confidenceMeaning[confidence]}
      </p>
      <p className="muted">
        {used
          ? FORECAST_TEXTS.used(choice !== null && choice.weight !== weight)
          : FORECAST_TEXTS.watched}
      </p>
      <Link className="button button-text load-range-models" href={hrefTo("models")}>
        {FORECAST_TEXTS.toModels}
      </Link>
    </section>
  );
}

function Failed({ name }: { name: string }) {
  return (
    <p className="notice" role="status">
      <Icon name="warning" />
      <span className="grow">{FORECAST_TEXTS.failed(modelName(name))}</span>
    </p>
  );
}

/** What to put on the bar: a picture, with the same in words. */
import type { Unit } from "../state/app-state.ts";
import { formatNumber } from "../state/numbers.ts";
import { T, weightText } from "../texts.ts";
import "./plates.css";

interface PlatesProps {
  weight: number;
  bar: number;
  /** Heaviest first; null where the weight cannot be loaded. */
  perSide: readonly number[] | null;
  unit: Unit;
}

const WIDTH = 240;
const HEIGHT = 56;
const MIDDLE = HEIGHT / 2;
/** Half of the bar between its collars, and how thick bar and sleeves are. */
const SHAFT = 44;
const BAR_HEIGHT = 4;
const SLEEVE_HEIGHT = 8;
/** The heaviest plate is full height; the lightest still shows. */
const LOWEST = 0.3;
const HEAVIEST: Readonly<Record<Unit, number>> = { kg: 25, lbs: 55 };
const GAP = 1.5;

export function Plates({ weight, bar, perSide, unit }: PlatesProps) {
  const total = weightText(weight, unit);
  if (!perSide) return <p className="muted plates-words">{T.plates.impossible(total)}</p>;
  const barText = weightText(bar, unit);
  const words =
    perSide.length === 0
      ? T.plates.empty(barText)
      : T.plates.perSide(barText, perSide.map((plate) => formatNumber(plate)).join(" + "));
  return (
    <figure className="plates">
      <PlatesDrawing perSide={perSide} unit={unit} />
      <figcaption className="muted plates-words">{T.plates.label(total, words)}</figcaption>
    </figure>
  );
}

/** Plates of one side from the collar outwards; the other side mirrors them. */
function PlatesDrawing({ perSide, unit }: Pick<PlatesProps, "perSide" | "unit">) {
  const plates = perSide ?? [];
  const sleeve = WIDTH / 2 - SHAFT - 4;
  // However many there are, they fit on the sleeve.
  const thickness = Math.min(11, sleeve / Math.max(plates.length, 1) - GAP);
  return (
    <svg
      className="plates-drawing"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      focusable="false"
    >
      <rect
        className="plates-bar"
        x={4}
        y={MIDDLE - SLEEVE_HEIGHT / 2}
        width={WIDTH - 8}
        height={SLEEVE_HEIGHT}
        rx={2}
      />
      <rect
        className="plates-shaft"
        x={WIDTH / 2 - SHAFT}
        y={MIDDLE - SLEEVE_HEIGHT / 2}
        width={2 * SHAFT}
        height={SLEEVE_HEIGHT}
      />
      <rect
        className="plates-bar"
        x={WIDTH / 2 - SHAFT}
        y={MIDDLE - BAR_HEIGHT / 2}
        width={2 * SHAFT}
        height={BAR_HEIGHT}
      />
      {plates.flatMap((plate, at) => {
        const share = Math.sqrt(Math.min(1, plate / HEAVIEST[unit]));
        const height = HEIGHT * (LOWEST + (1 - LOWEST) * share);
        const offset = SHAFT + at * (thickness + GAP);
        return [WIDTH / 2 + offset, WIDTH / 2 - offset - thickness].map((x) => (
          <rect
            key={x}
            className="plates-plate"
            x={x}
            y={MIDDLE - height / 2}
            width={thickness}
            height={height}
            rx={2.5}
          />
        ));
      })}
    </svg>
  );
}

/** Plots: axes by d3-scale, shapes in SVG. They only come with the screens that draw. */
import { scaleLinear, scaleTime } from "d3-scale";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import "./charts.css";

const HEIGHT = 220;
const MARGIN = { top: 12, right: 10, bottom: 30 };
/** Width of a digit of the axis. */
const DIGIT = 10;
/** Below this distance from the edge a label is set against it. */
const EDGE = 28;

export interface Scales {
  x(time: number): number;
  y(value: number): number;
  /** Bottom of the plot. */
  floor: number;
  left: number;
  right: number;
}

interface PlotProps {
  /** What a screen reader says in place of the picture; the table has the figures. */
  label: string;
  /** First and last time. */
  times: readonly [number, number];
  /** Least and greatest value; rounded outwards. */
  values: readonly [number, number];
  children(scales: Scales): ReactNode;
}

/** Two axes, times across and values upwards, and what `children` draw between them. */
export function Plot({ label, times, values, children }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const y = scaleLinear().domain(values).nice(4);
  const ticks = y.ticks(4);
  const left = Math.max(...ticks.map((tick) => String(tick).length)) * DIGIT + 10;
  const right = width - MARGIN.right;
  const floor = HEIGHT - MARGIN.bottom;
  y.range([floor, MARGIN.top]);
  const x = scaleTime().domain(times).range([left, right]);
  const days = x.ticks(Math.max(Math.floor((right - left) / 90), 2));
  const dayName = dayNames(times[1] - times[0]);
  return (
    <div ref={box} className="plot">
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={label}>
          {ticks.map((tick) => (
            <g key={tick} className="plot-tick">
              <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
              <text x={left - 8} y={y(tick)} dy="0.35em" textAnchor="end">
                {tick.toLocaleString()}
              </text>
            </g>
          ))}
          {days.map((day) => (
            <text
              key={day.getTime()}
              className="plot-day"
              x={x(day)}
              y={HEIGHT - 6}
              textAnchor={anchor(x(day), left, right)}
            >
              {dayName(day)}
            </text>
          ))}
          {children({ x: (time) => x(time), y: (value) => y(value), floor, left, right })}
        </svg>
      )}
    </div>
  );
}

function anchor(at: number, left: number, right: number): "start" | "middle" | "end" {
  if (at < left + EDGE) return "start";
  return at > right - EDGE ? "end" : "middle";
}

/** Days by name, or months where the time is long. */
function dayNames(span: number): (day: Date) => string {
  const isLong = span > 300 * 86_400_000;
  const format: Intl.DateTimeFormatOptions = isLong
    ? { month: "short", year: "2-digit" }
    : { day: "numeric", month: "short" };
  return (day) => day.toLocaleDateString(undefined, format);
}

/** The width that an element has, kept up to date; 0 before it is known. */
function useWidth(ref: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = (): void => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}

export type Point = readonly [x: number, y: number];

/** A line through points. */
export function Line({ points, className = "" }: { points: readonly Point[]; className?: string }) {
  if (points.length === 0) return null;
  return <path className={`plot-line ${className}`} d={`M${points.join("L")}`} />;
}

/** The area between two lines. */
export function Band({ low, high }: { low: readonly Point[]; high: readonly Point[] }) {
  if (low.length === 0) return null;
  return <path className="plot-band" d={`M${[...high, ...low.toReversed()].join("L")}Z`} />;
}

export function Dots({ points }: { points: readonly Point[] }) {
  const radius = points.length > 60 ? 2.5 : 4;
  return points.map(([x, y]) => (
    <circle key={`${x}/${y}`} className="plot-dot" cx={x} cy={y} r={radius} />
  ));
}

interface BarsProps {
  /** Left edge of each bar, and its top. */
  bars: readonly Point[];
  width: number;
  floor: number;
}

export function Bars({ bars, width, floor }: BarsProps) {
  return bars.map(([x, y]) => (
    <rect
      key={x}
      className="plot-bar"
      x={x}
      y={y}
      width={Math.max(width, 1)}
      height={Math.max(floor - y, 0)}
      rx={Math.min(width / 4, 3)}
    />
  ));
}

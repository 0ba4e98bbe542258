/** How good a model is, beside the row that it had to beat; and what it was trained on. */
import type { CardView, Comparison, Measured } from "../state/model-card.ts";
import { formatNumber } from "../state/numbers.ts";
import { MODELS_TEXTS } from "../texts/models.ts";
import { percentText } from "../texts/routine.ts";
import { isoDayText } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import "../ui/charts.css";

interface QualityProps {
  model: string;
  card: CardView;
}

export function Quality({ model, card }: QualityProps) {
  const { comparisons, beats, limits } = card;
  const lifters = comparisons[0]?.own.lifters ?? null;
  return (
    <div className="stack">
      {comparisons.length > 0 && beats !== null && (
        <div className="stack-small">
          <p className="muted">{MODELS_TEXTS.compare}</p>
          {comparisons.map((comparison) => (
            <Bars key={comparison.metric} comparison={comparison} beats={beats} />
          ))}
          <p>{verdict(model, comparisons)}</p>
          {lifters !== null && <p className="muted">{MODELS_TEXTS.few(lifters)}</p>}
        </div>
      )}
      {card.rows.size > 0 && (
        <Details title={MODELS_TEXTS.goodTable}>
          <AllFigures card={card} />
        </Details>
      )}
      {limits.length > 0 && (
        <div className="stack-small">
          <p className="label">{MODELS_TEXTS.limits}</p>
          <ul className="model-limits">
            {limits.map((limit) => (
              <li key={limit}>{limit}.</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** Said of a model as it is: one that did not earn its place says so, whatever single figures do. */
function verdict(model: string, comparisons: readonly Comparison[]): string {
  if (model === "exercise-net") return MODELS_TEXTS.notBetter;
  return comparisons.every(({ isBetter }) => isBetter) ? MODELS_TEXTS.better : MODELS_TEXTS.mixed;
}

/** Two bars: the model, and what it had to beat. */
function Bars({ comparison, beats }: { comparison: Comparison; beats: string }) {
  const { metric, own, other, isDistance } = comparison;
  // Distances are small shares: drawn against the larger one, so that they can be told apart.
  const full = isDistance ? Math.max(own.mean, other.mean) : 1;
  const rows = [
    { name: MODELS_TEXTS.mine, share: own.mean, isOwn: true },
    { name: MODELS_TEXTS.row(beats), share: other.mean, isOwn: false },
  ];
  return (
    <figure className="model-bars">
      <figcaption>
        {MODELS_TEXTS.metric(metric)}
        {isDistance && <span className="muted"> ({MODELS_TEXTS.less})</span>}
      </figcaption>
      {rows.map(({ name, share, isOwn }) => (
        <div key={name} className="model-bar">
          <p className="spread">
            <span className="muted">{name}</span>
            <span className="number">{percent(share)}</span>
          </p>
          <div className="progress-track">
            <div
              className={isOwn ? "progress-fill" : "progress-fill model-bar-other"}
              style={{ width: `${(100 * share) / full}%` }}
            />
          </div>
        </div>
      ))}
    </figure>
  );
}

function AllFigures({ card: { rows } }: { card: CardView }) {
  const metrics = [...new Set([...rows.values()].flatMap((row) => [...row.keys()]))];
  return (
    // Scrolls by itself, so it has to be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls wants the focus.
    <section className="chart-table" tabIndex={0} aria-label={MODELS_TEXTS.goodTable}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="muted">
              {MODELS_TEXTS.rowName}
            </th>
            {metrics.map((metric) => (
              <th key={metric} scope="col" className="muted">
                {MODELS_TEXTS.metric(metric)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].map(([name, row]) => (
            <tr key={name}>
              <th scope="row">{MODELS_TEXTS.row(name)}</th>
              {metrics.map((metric) => (
                <td key={metric}>{figureText(row.get(metric))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function figureText(figure: Measured | undefined): string {
  if (!figure) return "–";
  const { mean, low, high } = figure;
  if (low === null || high === null) return percent(mean);
  return MODELS_TEXTS.interval(percent(mean), formatNumber(low * 100, 0), percentText(high));
}

/** Shares of a few percent are told apart by a decimal. */
function percent(share: number): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return `${(share * 100).toLocaleString(undefined, digits)}\u00a0%`;
}

export function Training({ card }: { card: CardView }) {
  const { samples, realLifters, madeUpLifters, dataLicences, trained, licence } = card;
  const says = [
    realLifters !== null && MODELS_TEXTS.lifters(realLifters, madeUpLifters ?? 0),
    samples !== null && `${MODELS_TEXTS.samples(samples)}.`,
    dataLicences.length > 0 && MODELS_TEXTS.dataLicence(dataLicences.join(", ")),
    trained !== null && MODELS_TEXTS.trainedOn(isoDayText(trained)),
    licence !== null && MODELS_TEXTS.licence(licence),
  ].filter((text) => typeof text === "string");
  return (
    <ul className="stack-small">
      {says.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

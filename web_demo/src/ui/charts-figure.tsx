import { type ReactNode, useId, useState } from "react";
import { Button } from "react-aria-components";
import { INSIGHT_TEXTS } from "../texts/insights.ts";
import "./charts.css";

export interface ChartTable {
  head: readonly string[];
  /** Each with its name first. */
  rows: readonly (readonly string[])[];
}

interface ChartFigureProps {
  title: string;
  /** What it shows, and what to do about it. */
  says: readonly string[];
  table: ChartTable;
  /** What is chosen for it: a lift, a muscle group. */
  choice?: ReactNode;
  /** How it is to be read. */
  chartKey?: string;
  children: ReactNode;
}

/** A chart with its words, and the table behind it. */
export function ChartFigure(props: ChartFigureProps) {
  const { title, says, table, choice, chartKey, children } = props;
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  const { tableOf, chartOf, table: toTable, chart: toChart } = INSIGHT_TEXTS;
  return (
    <section className="card chart" aria-labelledby={id}>
      <header className="chart-head">
        <h2 id={id} className="heading">
          {title}
        </h2>
        {table.rows.length > 0 && (
          <Button
            className="button button-text"
            aria-label={isTable ? chartOf(title) : tableOf(title)}
            onPress={() => setIsTable(!isTable)}
          >
            {isTable ? toChart : toTable}
          </Button>
        )}
      </header>
      {choice}
      <div>
        {says.map((text) => (
          <p key={text} className="chart-says">
            {text}
          </p>
        ))}
      </div>
      {isTable && table.rows.length > 0 ? (
        <Table title={title} table={table} />
      ) : (
        <>
          {children}
          {chartKey && <p className="muted">{chartKey}</p>}
        </>
      )}
    </section>
  );
}

function Table({ title, table: { head, rows } }: { title: string; table: ChartTable }) {
  return (
    // Scrolls by itself, so it has to be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls wants the focus.
    <section className="chart-table" tabIndex={0} aria-label={`${title}: ${INSIGHT_TEXTS.table}`}>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col" className="muted">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={head[at + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

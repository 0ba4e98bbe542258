/** The days with training, a month at a time; a table by itself, each day leads to its workout. */
import type { TrainingDay } from "@voltlift/bridge";
import { useState } from "react";
import { Button, Link } from "react-aria-components";
import { dayTime, monthOf, monthsBack } from "../state/insights.ts";
import { useMoment } from "../state/moment.ts";
import { INSIGHT_TEXTS } from "../texts/insights.ts";
import { isoDayText } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { hrefTo } from "../ui/route.ts";

interface CalendarProps {
  days: readonly TrainingDay[];
  /** A day of the last month that is shown. */
  until: string;
}

export function Calendar({ days, until }: CalendarProps) {
  const at = useMoment((state) => state.at);
  const [back, setBack] = useState(0);
  const now = at ?? Math.max(Date.now(), dayTime(until));
  const most = monthsBack(now, days);
  const shown = Math.min(back, most);
  const month = monthOf(now, shown);
  const byDay = new Map(days.map((day) => [day.day, day]));
  const inMonth = month.weeks.flat().flatMap((day) => (day && byDay.get(day)) || []);
  const sets = inMonth.reduce((sum, day) => sum + day.sets, 0);
  return (
    <section className="card chart" aria-labelledby="calendar">
      <h2 id="calendar" className="heading">
        {INSIGHT_TEXTS.calendar}
      </h2>
      <div className="spread">
        <Button
          className="button button-icon"
          aria-label={INSIGHT_TEXTS.earlier}
          isDisabled={shown >= most}
          onPress={() => setBack(shown + 1)}
        >
          <Icon name="back" />
        </Button>
        <p role="status" className="calendar-month">
          {new Date(month.start).toLocaleDateString(undefined, { month: "long", year: "numeric" })}
        </p>
        <Button
          className="button button-icon"
          aria-label={INSIGHT_TEXTS.later}
          isDisabled={shown === 0}
          onPress={() => setBack(shown - 1)}
        >
          <Icon name="chevron" />
        </Button>
      </div>
      <table className="calendar" aria-labelledby="calendar">
        <thead>
          <tr>
            {INSIGHT_TEXTS.weekdays.map((name, column) => (
              <th
                key={name}
                scope="col"
                className="muted"
                abbr={INSIGHT_TEXTS.weekdayNames[column]}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {month.weeks.map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, column) => (
                <td key={day ?? INSIGHT_TEXTS.weekdays[column]}>
                  {day && <Day day={day} trained={byDay.get(day)} isLink={at === null} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p>{INSIGHT_TEXTS.month(inMonth.length, sets)}</p>
    </section>
  );
}

interface DayProps {
  day: string;
  trained: TrainingDay | undefined;
  /** While one looks back, workouts cannot be opened. */
  isLink: boolean;
}

function Day({ day, trained, isLink }: DayProps) {
  const number = Number(day.slice(8));
  const [first] = trained?.sessionIds ?? [];
  if (!trained || first === undefined) return <span className="calendar-day">{number}</span>;
  const { sessionIds, sets } = trained;
  const label = INSIGHT_TEXTS.trained(isoDayText(day), sessionIds.length, sets);
  return isLink ? (
    <Link
      className="calendar-day calendar-trained"
      href={hrefTo("session", first)}
      aria-label={label}
    >
      {number}
    </Link>
  ) : (
    <span className="calendar-day calendar-trained">
      <span aria-hidden>{number}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

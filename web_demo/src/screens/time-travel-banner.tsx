/** Says which day everything is shown as of, and moves through the days. */
import { useMemo } from "react";
import { Button } from "react-aria-components";
import {
  backToToday,
  daysBetween,
  startOfDay,
  travelSpan,
  travelTo,
  useMoment,
} from "../state/moment.ts";
import { useApp } from "../state/store.ts";
import { TRAVEL_TEXTS } from "../texts/insights-travel.ts";
import { dateText } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import "./time-travel.css";

export default function TravelBanner() {
  const at = useMoment((state) => state.at);
  const history = useApp((state) => state.history);
  const span = useMemo(() => travelSpan(history), [history]);
  if (at === null) return null;
  const { first, days } = span ?? { first: startOfDay(at), days: 0 };
  const day = daysBetween(first, at);
  const go = (to: number): void => travelTo(startOfDay(first, to), history);
  const text = TRAVEL_TEXTS.asOf(dateText(at));
  return (
    <section className="travel" aria-label={TRAVEL_TEXTS.label}>
      <div className="travel-inner">
        <div className="spread">
          <p className="travel-day">{text}</p>
          <Button className="button button-primary" onPress={backToToday}>
            {TRAVEL_TEXTS.end}
          </Button>
        </div>
        <div className="spread">
          <Button
            className="button button-icon"
            aria-label={TRAVEL_TEXTS.before}
            isDisabled={day <= 0}
            onPress={() => go(day - 1)}
          >
            <Icon name="back" />
          </Button>
          <input
            className="travel-slider"
            type="range"
            min={0}
            max={days}
            value={day}
            aria-label={TRAVEL_TEXTS.slider}
            aria-valuetext={dateText(at)}
            onChange={(event) => go(Number(event.currentTarget.value))}
          />
          <Button
            className="button button-icon"
            aria-label={TRAVEL_TEXTS.after}
            isDisabled={day >= days}
            onPress={() => go(day + 1)}
          >
            <Icon name="chevron" />
          </Button>
        </div>
      </div>
    </section>
  );
}

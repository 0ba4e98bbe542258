import { useMemo } from "react";
import { Button } from "react-aria-components";
import { startOfDay, travelSpan, travelTo, useMoment } from "../state/moment.ts";
import { useApp } from "../state/store.ts";
import { TRAVEL_TEXTS } from "../texts/insights-travel.ts";
import { Icon } from "../ui/icons.tsx";
import "./time-travel.css";

/** Where one lands first: far enough back to see a difference. */
const DAYS_BACK = 28;

/** Begins to look back; nothing where there is no day to go to, or while it is done. */
export function TravelOffer() {
  const history = useApp((state) => state.history);
  const at = useMoment((state) => state.at);
  const span = useMemo(() => travelSpan(history), [history]);
  if (!span || at !== null) return null;
  const days = Math.max(span.days + 1 - DAYS_BACK, 0);
  return (
    <Button
      className="card session-link travel-offer"
      onPress={() => travelTo(startOfDay(span.first, days), history)}
    >
      <span className="grow">
        <span className="session-name">{TRAVEL_TEXTS.offer}</span>
        <span className="muted">{TRAVEL_TEXTS.offerHint}</span>
      </span>
      <Icon name="clock" />
    </Button>
  );
}

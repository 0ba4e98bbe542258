/** The rest between sets: counts down by itself, at the bottom of the workout. */
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useCatalogue } from "../state/catalogue.ts";
import { endRest, extendRest, LINGER_MS, REST_STEP, type Rest, useRest } from "../state/rest.ts";
import { clockText, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import "./rest-timer.css";

/** Long enough to be felt in a pocket. */
const VIBRATION = [300, 120, 300];

export function RestTimer() {
  const rest = useRest((state) => state.rest);
  return rest && <Running key={rest.endsAt} rest={rest} />;
}

/** The time, looked at often enough that no second is skipped. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Running({ rest }: { rest: Rest }) {
  const now = useNow();
  const catalogue = useCatalogue();
  const left = (rest.endsAt - now) / 1000;
  const isOver = left <= 0;
  // Only an end that is lived through is felt: not one of before a reload.
  const [wasRunning] = useState(!isOver);
  useEffect(() => {
    if (isOver && wasRunning) navigator.vibrate?.(VIBRATION);
  }, [isOver, wasRunning]);
  useEffect(() => {
    if (-left * 1000 > LINGER_MS) endRest();
  }, [left]);

  const name = catalogue.name(rest.exerciseId);
  return (
    <section className={isOver ? "rest rest-over" : "rest"} aria-label={T.rest.label}>
      {/* Said once, when it is over; a clock that speaks each second helps nobody. */}
      <p className="visually-hidden" role="status">
        {isOver ? T.rest.over(name) : ""}
      </p>
      {isOver ? (
        <>
          <p className="grow rest-words" aria-hidden="true">
            {T.rest.over(name)}
          </p>
          <Button className="button button-icon" aria-label={T.rest.close} onPress={endRest}>
            <Icon name="close" />
          </Button>
        </>
      ) : (
        <>
          <span
            className="rest-bar"
            style={{ transform: `scaleX(${Math.min(1, left / rest.seconds)})` }}
          />
          <p className="grow rest-clock">
            <span className="visually-hidden">{T.rest.label} </span>
            <span className="number rest-time" role="timer" aria-live="off">
              {clockText(left)}
            </span>
            <span className="rest-next">{T.rest.following(name)}</span>
          </p>
          <Button
            className="button rest-step number"
            aria-label={T.rest.less}
            onPress={() => extendRest(-REST_STEP)}
          >
            −{REST_STEP}
          </Button>
          <Button
            className="button rest-step number"
            aria-label={T.rest.more}
            onPress={() => extendRest(REST_STEP)}
          >
            +{REST_STEP}
          </Button>
          <Button
            className="button button-text rest-skip"
            aria-label={T.rest.skipNamed}
            onPress={endRest}
          >
            {T.rest.skip}
          </Button>
        </>
      )}
    </section>
  );
}

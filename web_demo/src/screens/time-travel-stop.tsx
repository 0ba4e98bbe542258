import { Button } from "react-aria-components";
import { backToToday } from "../state/moment.ts";
import { TRAVEL_TEXTS } from "../texts/insights-travel.ts";

/** Stands for every screen that is about the present. */
export default function TravelStop() {
  return (
    <div className="page">
      <h1 className="title">{TRAVEL_TEXTS.stop}</h1>
      <p>{TRAVEL_TEXTS.stopText}</p>
      <Button className="button button-primary button-big" onPress={backToToday}>
        {TRAVEL_TEXTS.end}
      </Button>
    </div>
  );
}

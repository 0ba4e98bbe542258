import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { T } from "../texts.ts";
import { TopBar } from "../ui/topbar.tsx";

/** The workout screen while none is going on, for instance after "back". */
export function NoWorkout() {
  const { start } = useActions();
  return (
    <div className="page">
      <TopBar title={T.workout.title} />
      <Button className="button button-primary button-big" onPress={start}>
        {T.home.start}
      </Button>
    </div>
  );
}

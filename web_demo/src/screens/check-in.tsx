/** The daily check-in: four taps, each stored by itself, each of them optional. */
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import { useMoment } from "../state/moment.ts";
import { type CheckIn as Answers, CHECK_IN_FIELDS, checkInOf } from "../state/readiness.ts";
import { useApp } from "../state/store.ts";
import { CHECK_IN_TEXTS, READINESS_TEXTS } from "../texts/readiness.ts";
import { OneOf } from "../ui/choice.tsx";

export function CheckIn() {
  const at = useMoment((state) => state.at);
  const dailyLogs = useApp((state) => state.dailyLogs);
  const { checkIn, clearCheckIn } = useActions();
  if (at !== null) return <p className="muted">{READINESS_TEXTS.notThen}</p>;
  const answers = checkInOf(dailyLogs, Date.now());
  const isAnswered = Object.keys(answers).length > 0;
  return (
    <div className="stack check-in">
      {CHECK_IN_FIELDS.map((field) => (
        <OneOf
          key={field}
          label={CHECK_IN_TEXTS[field].label}
          value={nearest(field, answers[field])}
          options={CHECK_IN_TEXTS[field].options.map(([value, label]) => ({
            value: String(value),
            label,
          }))}
          onChange={(value) => void checkIn({ [field]: Number(value) })}
        />
      ))}
      <div className="row">
        <p className="muted grow" role="status">
          {isAnswered ? READINESS_TEXTS.checkInDone : READINESS_TEXTS.checkInHint}
        </p>
        {isAnswered && (
          <Button className="button" onPress={() => void clearCheckIn()}>
            {READINESS_TEXTS.clear}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The option that stands for an answer; one of another app may lie between two. */
function nearest(field: keyof Answers, answer: number | undefined): string | null {
  if (answer === undefined) return null;
  const distance = (value: number): number => Math.abs(value - answer);
  const [first] = CHECK_IN_TEXTS[field].options
    .map(([value]) => value)
    .sort((a, b) => distance(a) - distance(b));
  return String(first);
}

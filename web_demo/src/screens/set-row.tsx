/** One set: its numbers, its tick, and how hard it was. */
import type { SetLog, SuggestLoadResponse } from "@voltlift/bridge";
import { useRef, useState } from "react";
import { ToggleButton } from "react-aria-components";
import { useActions } from "../app-context.ts";
import type { Unit } from "../state/app-state.ts";
import type { Hint } from "../state/hints.ts";
import { fieldText } from "../state/numbers.ts";
import type { SetKind } from "../state/set-kind.ts";
import { changeSet, removeSet, restoreSet, type SetType } from "../state/workout.ts";
import { SET_TYPES, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { ActionMenu } from "../ui/menu.tsx";
import { NumberInput } from "../ui/number-input.tsx";
import { offerUndo } from "../ui/toasts.tsx";
import { Effort } from "./effort.tsx";

interface SetRowProps {
  logId: string;
  set: SetLog;
  index: number;
  unit: Unit;
  hint: Hint | null;
  /** True once this very set, as ticked, is in the store. */
  isSaved: boolean;
  isNext: boolean;
  asksEffort: boolean;
  kind: SetKind;
  /** What stood beside this very set. */
  suggestion: SuggestLoadResponse | null;
  category: string | undefined;
}

export function SetRow(props: SetRowProps) {
  const { logId, set, index, unit, hint, isSaved, isNext, asksEffort, kind } = props;
  const { suggestion, category } = props;
  const { change, tick, rate } = useActions();
  const [missing, setMissing] = useState<string | null>(null);
  const weightField = useRef<HTMLInputElement>(null);
  const amountField = useRef<HTMLInputElement>(null);
  const number = index + 1;
  const type = SET_TYPES[set.type ?? "N"];
  const label = T.workout.setLabel(number, type.name);
  const write = (values: Partial<SetLog>): void =>
    change((workout) => changeSet(workout, logId, set.id, values));

  /** An untouched field is 0: what is shown in it is a hint until the set is ticked. */
  const shown = (value: number): number | null => (set.completed || value > 0 ? value : null);
  const minutes = set.seconds ? set.seconds / 60 : null;

  const press = (): void => {
    if (set.completed) {
      write({ completed: false });
      return;
    }
    const found = fill(set, hint, kind);
    setMissing(typeof found === "string" ? found : null);
    if (typeof found !== "string") tick({ logId, set, values: found, suggestion, category });
    else (found === T.workout.missingWeight ? weightField : amountField).current?.focus();
  };

  const remove = (): void => {
    change((workout) => removeSet(workout, logId, set.id));
    offerUndo(T.workout.setRemoved, () =>
      change((workout) => restoreSet(workout, logId, set, index)),
    );
  };

  const ticked = set.completed === true && isSaved;
  return (
    <li className={`set ${ticked ? "set-done" : ""} ${isNext ? "set-next" : ""}`}>
      <div className="set-fields" data-kind={kind}>
        <ActionMenu
          className="button button-icon set-number number"
          label={label}
          trigger={type.short || number}
          actions={[
            ...Object.entries(SET_TYPES).map(([code, { name }]) => ({
              id: code,
              label: name,
              isChosen: code === (set.type ?? "N"),
              run: () => write({ type: code as SetType }),
            })),
            { id: "remove", label: T.workout.removeSet, run: remove },
          ]}
        />
        {kind !== "time" && (
          <NumberInput
            ref={weightField}
            label={`${T.workout.weight(unit)}, ${label}`}
            value={shown(set.weight)}
            hint={hint ? fieldText(hint.weight) : kind === "bodyweight" ? "0" : ""}
            onChange={(weight) => write({ weight: weight ?? 0 })}
          />
        )}
        <NumberInput
          ref={amountField}
          label={`${kind === "time" ? T.workout.minutes : T.workout.reps}, ${label}`}
          value={kind === "time" ? minutes : shown(set.reps)}
          hint={amountHint(hint, kind)}
          isWhole={kind !== "time"}
          onChange={(amount) =>
            write({
              ...(kind === "time" ? { seconds: (amount ?? 0) * 60 } : { reps: amount ?? 0 }),
              // A set without reps is none: emptying the field takes the tick back.
              ...(amount ? {} : { completed: false }),
            })
          }
        />
        <ToggleButton
          className="button set-tick"
          aria-label={set.completed ? T.workout.undone(number) : T.workout.done(number)}
          isSelected={ticked}
          onChange={press}
        >
          {set.completed && !isSaved ? (
            <span className="set-saving">
              <span className="visually-hidden">{T.workout.saving}</span>
            </span>
          ) : (
            <Icon name="check" />
          )}
        </ToggleButton>
      </div>
      {missing && !set.completed && (
        <p className="danger set-missing" role="alert">
          {missing}
        </p>
      )}
      {ticked && kind !== "time" && (
        <Effort
          set={number}
          value={set.rpe ?? null}
          isOpen={asksEffort}
          onChange={(rpe) => rate(logId, set.id, rpe)}
        />
      )}
    </li>
  );
}

function amountHint(hint: Hint | null, kind: SetKind): string {
  if (!hint) return "";
  if (kind !== "time") return hint.more ? `${fieldText(hint.reps)}+` : fieldText(hint.reps);
  return hint.seconds ? fieldText(hint.seconds / 60) : "";
}

/** What ticking logs: what was typed, else the hint that was shown; or what is missing. */
function fill(set: SetLog, hint: Hint | null, kind: SetKind): Partial<SetLog> | string {
  if (kind === "time") {
    const seconds = set.seconds || hint?.seconds;
    return seconds ? { seconds, reps: Math.max(1, set.reps) } : T.workout.missingMinutes;
  }
  const reps = set.reps || hint?.reps;
  if (kind === "weight" && set.weight === 0 && !hint) return T.workout.missingWeight;
  if (!reps) return T.workout.missing;
  return { reps, weight: set.weight || hint?.weight || 0 };
}

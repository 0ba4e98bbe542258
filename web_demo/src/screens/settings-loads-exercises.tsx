/** Single exercises with their own bar, or their own steps. */
import { useState } from "react";
import { Button } from "react-aria-components";
import type { UserSettings } from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";
import type { ExerciseLoad, LoadSettings } from "../state/load-settings.ts";
import { T, UNIT_TEXT, weightText } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { NumberInput } from "../ui/number-input.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { ExerciseSearch } from "./exercise-search.tsx";
import "./picker.css";

interface ExerciseLoadsProps {
  loads: LoadSettings;
  onChange(values: Partial<UserSettings>): void;
}

export function ExerciseLoads({ loads, onChange }: ExerciseLoadsProps) {
  const { unit, exercises } = loads;
  const catalogue = useCatalogue();
  const [choosing, setChoosing] = useState(false);
  const [text, setText] = useState("");
  const set = (id: string, load: ExerciseLoad): void =>
    onChange({ exerciseLoads: { ...exercises, [id]: load } });
  const remove = (id: string): void => {
    const { [id]: _, ...others } = exercises;
    onChange({ exerciseLoads: others });
  };
  return (
    <div className="stack">
      <p className="muted">{T.loads.exercisesHint}</p>
      {Object.entries(exercises).map(([id, load]) => {
        const name = catalogue.name(id);
        const takesPlates = catalogue.find(id)?.equipment === "Barbell";
        const value = (takesPlates ? load.bar : load.step) ?? null;
        return (
          <div key={id} className="spread">
            <span className="grow">
              {name}
              <br />
              <span className="muted">
                {T.loads.exerciseText(
                  load.bar ? weightText(load.bar, unit) : null,
                  load.step ? weightText(load.step, unit) : null,
                )}
              </span>
            </span>
            <div className="exercise-load">
              <NumberInput
                label={`${takesPlates ? T.loads.exerciseBar(name) : T.loads.exerciseStep(name)}, ${UNIT_TEXT[unit]}`}
                value={value}
                hint={takesPlates ? T.loads.bar : T.loads.usual}
                onChange={(number) =>
                  set(id, number ? (takesPlates ? { bar: number } : { step: number }) : {})
                }
              />
            </div>
            <Button
              className="button button-icon"
              aria-label={T.loads.exerciseRemove(name)}
              onPress={() => remove(id)}
            >
              <Icon name="close" />
            </Button>
          </div>
        );
      })}
      <Button className="button button-wide" onPress={() => setChoosing(true)}>
        <Icon name="add" />
        {T.loads.exerciseAdd}
      </Button>
      <Sheet title={T.loads.choose} isOpen={choosing} onClose={() => setChoosing(false)}>
        <ExerciseSearch
          above={null}
          text={text}
          onText={setText}
          onAdd={(id) => {
            set(id, exercises[id] ?? {});
            setChoosing(false);
            setText("");
          }}
          onCreate={null}
        />
      </Sheet>
    </div>
  );
}

/** Name, muscle group and equipment of an exercise: to create one, or to change one. */
import type { ExerciseDefinition } from "@voltlift/bridge";
import { errorText } from "@voltlift/bridge/text";
import { useEffect, useRef, useState } from "react";
import { Button, Input, Label, TextField } from "react-aria-components";
import { EQUIPMENT } from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { cleanName, type Draft, isGroupKnown, MUSCLE_GROUPS } from "../state/own-exercises.ts";
import { nameKey } from "../state/words.ts";
import { equipmentName, groupName, T } from "../texts.ts";
import { OneOf } from "../ui/choice.tsx";

/** Nobody writes more of a name than this between two sets. */
const NAME_LENGTH = 80;

/** Equipment to choose from; what has no name here is "Other". */
const CHOICES = [...EQUIPMENT, "Cardio Machine", "Other"] as const;

export const GROUP_OPTIONS = MUSCLE_GROUPS.map((group) => ({
  value: group as string,
  label: groupName(group),
}));

interface ExerciseFormProps {
  /** What is changed; without it, an exercise called `name` is created. */
  exercise?: ExerciseDefinition;
  name: string;
  submitLabel: string;
  /** Rejects where nothing could be written. */
  onSubmit(draft: Draft): Promise<void>;
  /** Take the exercise that has this name already. */
  onUse?(exerciseId: string): void;
}

export function ExerciseForm(props: ExerciseFormProps) {
  const { exercise, submitLabel, onSubmit, onUse } = props;
  const form = useRef<HTMLDivElement>(null);
  const catalogue = useCatalogue();
  const [name, setName] = useState(props.name);
  const [group, setGroup] = useState(
    exercise && isGroupKnown(exercise) ? exercise.muscleGroup : "",
  );
  const [equipment, setEquipment] = useState(exercise?.equipment ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const namesake = catalogue.called(name);
  const twin = namesake && namesake.id !== exercise?.id ? namesake : null;
  // The name is written already; what comes next are the choices, without a keyboard over them.
  useEffect(() => form.current?.focus({ preventScroll: true }), []);

  const submit = async (): Promise<void> => {
    const missing = whatIsMissing({ name, muscleGroup: group, equipment });
    setProblem(missing);
    if (missing || twin) return;
    try {
      await onSubmit({ name, muscleGroup: group, equipment });
    } catch (error) {
      setProblem(errorText(error));
    }
  };

  return (
    <div ref={form} className="stack exercise-form" tabIndex={-1}>
      <TextField className="field" value={name} onChange={setName} maxLength={NAME_LENGTH}>
        <Label className="label">{T.own.name}</Label>
        <Input className="input" autoComplete="off" enterKeyHint="done" />
      </TextField>
      {twin && (
        <div className="notice" role="status">
          <p className="grow">
            {nameKey(twin.name) === nameKey(name)
              ? T.own.exists(twin.name)
              : T.own.existsAs(cleanName(name), twin.name)}
          </p>
          {onUse && (
            <Button className="button button-primary" onPress={() => onUse(twin.id)}>
              {T.picker.addNamed(twin.name)}
            </Button>
          )}
        </div>
      )}
      <OneOf
        label={T.own.group}
        layout="grid"
        value={group || null}
        options={GROUP_OPTIONS}
        onChange={setGroup}
      />
      <OneOf
        label={T.own.equipment}
        layout="grid"
        value={equipment || null}
        options={[...new Set<string>([...CHOICES, equipment].filter(Boolean))].map((value) => ({
          value,
          label: equipmentName(value),
        }))}
        onChange={setEquipment}
      />
      {problem && (
        <p className="danger" role="alert">
          {problem}
        </p>
      )}
      <Button
        className="button button-primary button-wide"
        isDisabled={twin !== null}
        onPress={submit}
      >
        {submitLabel}
      </Button>
    </div>
  );
}

function whatIsMissing({ name, muscleGroup, equipment }: Draft): string | null {
  if (cleanName(name) === "") return T.own.missingName;
  if (muscleGroup === "") return T.own.missingGroup;
  return equipment === "" ? T.own.missingEquipment : null;
}

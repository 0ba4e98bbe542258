/** Three short questions for a lifter without a log; each can be skipped. */
import { type ReactNode, useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import type { UserSettings } from "../state/app-state.ts";
import { defaultUnit, EQUIPMENT, GOALS, LEVELS, type Unit } from "../state/app-state.ts";
import { equipmentName, GOAL_TEXTS, T } from "../texts.ts";
import { type Option, SomeOf } from "../ui/choice.tsx";
import { Icon } from "../ui/icons.tsx";
import { goTo } from "../ui/route.ts";
import { UnitChoice } from "../ui/unit-choice.tsx";

const ASKED = ["goal", "experienceLevel", "availableEquipment"] as const;
const QUESTIONS = ASKED.length;

export function FreshStart({ onBack }: { onBack(): void }) {
  const { changeSettings } = useActions();
  const [step, setStep] = useState(0);
  const [units, setUnits] = useState<Unit>(defaultUnit(navigator.language));
  const [answers, setAnswers] = useState<Partial<UserSettings>>({});

  const goOn = async (known: Partial<UserSettings>): Promise<void> => {
    setAnswers(known);
    if (step < QUESTIONS - 1) {
      setStep(step + 1);
      return;
    }
    await changeSettings({ ...known, units });
    goTo("home");
  };

  const skip = (): void => {
    const kept = { ...answers };
    const name = ASKED[step];
    if (name) delete kept[name];
    void goOn(kept);
  };

  const questions: ReactNode[] = [
    <Answers
      key="goal"
      question={T.fresh.goal}
      chosen={answers.goal?.type}
      options={GOALS.map((goal) => ({ value: goal, label: GOAL_TEXTS[goal] }))}
      onChoose={(type) => void goOn({ ...answers, goal: { type } })}
    />,
    <Answers
      key="level"
      question={T.fresh.level}
      chosen={answers.experienceLevel}
      options={LEVELS.map((level) => ({
        value: level,
        label: T.fresh.levels[level],
        hint: T.fresh.levelNames[level],
      }))}
      onChoose={(experienceLevel) => void goOn({ ...answers, experienceLevel })}
    />,
    <div key="equipment" className="stack">
      <SomeOf
        label={T.fresh.equipment}
        values={answers.availableEquipment ?? []}
        options={EQUIPMENT.map((item) => ({ value: item, label: equipmentName(item) }))}
        onChange={(availableEquipment) => setAnswers({ ...answers, availableEquipment })}
      />
      <UnitChoice value={units} onChange={setUnits} />
      <Button className="button button-primary button-big" onPress={() => void goOn(answers)}>
        {T.fresh.done}
      </Button>
    </div>,
  ];

  return (
    <div className="page">
      <header className="topbar">
        <Button
          className="button button-icon"
          aria-label={T.back}
          onPress={() => (step === 0 ? onBack() : setStep(step - 1))}
        >
          <Icon name="back" />
        </Button>
        <h1 className="title">{T.welcome.freshTitle}</h1>
        <Button className="button button-text" onPress={skip}>
          {T.fresh.skip}
        </Button>
      </header>
      <p className="muted" aria-live="polite">
        {T.fresh.step(step + 1, QUESTIONS)}
      </p>
      {questions[step]}
    </div>
  );
}

interface AnswersProps<V extends string> {
  question: string;
  chosen: string | undefined;
  options: ReadonlyArray<Option<V>>;
  onChoose(value: V): void;
}

/** One tap answers and goes on, so these are buttons and no radio group. */
function Answers<V extends string>({ question, chosen, options, onChoose }: AnswersProps<V>) {
  return (
    <section className="choice">
      <h2 className="heading">{question}</h2>
      <div className="choice-options choice-rows">
        {options.map((option) => (
          <Button
            key={option.value}
            className="button choice-option"
            aria-pressed={option.value === chosen}
            onPress={() => onChoose(option.value)}
          >
            <span>{option.label}</span>
            {option.hint && <span className="muted">{option.hint}</span>}
          </Button>
        ))}
      </div>
    </section>
  );
}

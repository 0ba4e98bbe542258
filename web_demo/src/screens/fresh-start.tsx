/** Four short questions for a lifter without a log, one tap each; each can be skipped. */
import { type ReactNode, useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app-context.ts";
import {
  defaultUnit,
  EQUIPMENT,
  type Equipment,
  GOALS,
  LEVELS,
  type Unit,
  type UserSettings,
} from "../state/app-state.ts";
import { equipmentName, GOAL_TEXTS, T } from "../texts.ts";
import { type Option, SomeOf } from "../ui/choice.tsx";
import { Icon } from "../ui/icons.tsx";
import { goTo } from "../ui/route.ts";
import { UnitChoice } from "../ui/unit-choice.tsx";
import { BaselineForm } from "./onboarding-baseline.tsx";

const QUESTIONS = 4;

/** Equipment that usually comes together: one tap says it all. */
const SETS: Readonly<Record<keyof typeof T.onboarding.sets, readonly Equipment[]>> = {
  gym: ["Barbell", "Dumbbell", "Machine", "Cable", "Bodyweight", "Kettlebell"],
  home: ["Barbell", "Dumbbell", "Bodyweight"],
  dumbbells: ["Dumbbell", "Bodyweight"],
  machines: ["Machine", "Cable", "Bodyweight"],
  bodyweight: ["Bodyweight"],
};
const SET_NAMES = Object.keys(SETS) as Array<keyof typeof SETS>;
const DAYS = [2, 3, 4, 5, 6, 7];

export function FreshStart({ onBack }: { onBack(): void }) {
  const { changeSettings } = useActions();
  const [step, setStep] = useState(0);
  const [picking, setPicking] = useState(false);
  const [units, setUnits] = useState<Unit>(defaultUnit(navigator.language));
  const [answers, setAnswers] = useState<Partial<UserSettings>>({});
  const { goal, experienceLevel, availableEquipment } = answers;

  const finish = async (known: Partial<UserSettings>): Promise<void> => {
    // A failed write keeps the lifter here, and the storage notice says why.
    await changeSettings({ ...known, units }).then(
      () => goTo("onboarding"),
      () => undefined,
    );
  };
  const goOn = (known: Partial<UserSettings>): void => {
    setAnswers(known);
    setPicking(false);
    setStep(step + 1);
  };
  const skip = (): void => {
    if (step === QUESTIONS) {
      void finish(answers);
      return;
    }
    const { goal: _, ...withoutGoal } = answers;
    const { experienceLevel: __, ...withoutLevel } = answers;
    const { availableEquipment: ___, ...withoutEquipment } = answers;
    const kept = [withoutGoal, withoutLevel, withoutEquipment, withoutDays(answers)][step];
    goOn(kept ?? answers);
  };
  const back = (): void => {
    if (picking) setPicking(false);
    else if (step === 0) onBack();
    else setStep(step - 1);
  };

  const questions: ReactNode[] = [
    <Answers
      key="goal"
      question={T.onboarding.goal}
      chosen={goal?.type}
      options={GOALS.map((type) => ({ value: type, label: GOAL_TEXTS[type] }))}
      onChoose={(type) => goOn({ ...answers, goal: { ...goal, type } })}
    />,
    <Answers
      key="level"
      question={T.onboarding.level}
      chosen={experienceLevel}
      options={LEVELS.map((level) => ({
        value: level,
        label: T.fresh.levels[level],
        hint: T.fresh.levelNames[level],
      }))}
      onChoose={(level) => goOn({ ...answers, experienceLevel: level })}
    />,
    picking ? (
      <div key="one-by-one" className="stack">
        <SomeOf
          label={T.onboarding.equipment}
          values={availableEquipment ?? []}
          options={EQUIPMENT.map((item) => ({ value: item, label: equipmentName(item) }))}
          onChange={(chosen) => setAnswers({ ...answers, availableEquipment: chosen })}
        />
        <Button className="button button-primary button-big" onPress={() => goOn(answers)}>
          {T.onboarding.go}
        </Button>
      </div>
    ) : (
      <Answers
        key="equipment"
        question={T.onboarding.equipment}
        chosen={SET_NAMES.find((name) => isSame(SETS[name], availableEquipment))}
        options={SET_NAMES.map((name) => ({
          value: name,
          label: T.onboarding.sets[name].name,
          hint: T.onboarding.sets[name].hint,
        }))}
        onChoose={(name) => goOn({ ...answers, availableEquipment: [...SETS[name]] })}
      >
        <Button className="button button-text" onPress={() => setPicking(true)}>
          {T.onboarding.choose}
        </Button>
      </Answers>
    ),
    <Answers
      key="days"
      question={T.onboarding.days}
      chosen={goal?.targetPerWeek === undefined ? undefined : String(goal.targetPerWeek)}
      options={DAYS.map((n) => ({
        value: String(n),
        label: T.onboarding.daysText(n),
        hint: T.onboarding.daysHint[n] ?? "",
      }))}
      onChoose={(n) => goOn({ ...answers, goal: { ...goal, targetPerWeek: Number(n) } })}
    />,
    <div key="baseline" className="stack">
      <UnitChoice value={units} onChange={setUnits} />
      <BaselineForm
        unit={units}
        onSave={(baseline) => void finish(baseline.length > 0 ? { ...answers, baseline } : answers)}
      />
    </div>,
  ];

  return (
    <div className="page">
      <header className="topbar">
        <Button className="button button-icon" aria-label={T.back} onPress={back}>
          <Icon name="back" />
        </Button>
        <h1 className="title">
          {step < QUESTIONS ? T.welcome.freshTitle : T.onboarding.baseline.title}
        </h1>
        <Button className="button button-text" onPress={skip}>
          {T.onboarding.skip}
        </Button>
      </header>
      {step < QUESTIONS && (
        <p className="muted" aria-live="polite">
          {T.onboarding.step(step + 1, QUESTIONS)}
        </p>
      )}
      {questions[step]}
    </div>
  );
}

function withoutDays({ goal, ...others }: Partial<UserSettings>): Partial<UserSettings> {
  return goal?.type === undefined ? others : { ...others, goal: { type: goal.type } };
}

function isSame(set: readonly string[], chosen: readonly string[] | undefined): boolean {
  return chosen?.length === set.length && set.every((item) => chosen.includes(item));
}

interface AnswersProps<V extends string> {
  question: string;
  chosen: string | undefined;
  options: ReadonlyArray<Option<V>>;
  onChoose(value: V): void;
  children?: ReactNode;
}

/** One tap answers and goes on, so these are buttons and no radio group. */
function Answers<V extends string>(props: AnswersProps<V>) {
  const { question, chosen, options, onChoose, children } = props;
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
      {children}
    </section>
  );
}

/** The optional test of five lifts: weight, reps and effort, of those that one knows. */
import { useState } from "react";
import { Button } from "react-aria-components";
import type { Unit } from "../state/app-state.ts";
import {
  BASELINE_LIFTS,
  type BaselineDraft,
  type BaselineLift,
  EMPTY_DRAFT,
  isHalf,
  liftsOf,
} from "../state/baseline.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { EFFORTS, T, UNIT_TEXT } from "../texts.ts";
import { NumberInput } from "../ui/number-input.tsx";
import "./onboarding.css";

interface BaselineFormProps {
  unit: Unit;
  known?: readonly BaselineLift[];
  onSave(lifts: BaselineLift[]): void;
}

export function BaselineForm({ unit, known = [], onSave }: BaselineFormProps) {
  const catalogue = useCatalogue();
  const [drafts, setDrafts] = useState<Record<string, BaselineDraft>>(() =>
    Object.fromEntries(
      known
        .filter((lift) => lift.unit === unit)
        .map(({ exerciseId, weight, reps, rpe }) => [
          exerciseId,
          { weight, reps, rpe: rpe ?? null },
        ]),
    ),
  );
  const [half, setHalf] = useState<string | null>(null);
  const change = (id: string, values: Partial<BaselineDraft>): void => {
    setHalf(null);
    setDrafts({ ...drafts, [id]: { ...(drafts[id] ?? EMPTY_DRAFT), ...values } });
  };
  const save = (): void => {
    const incomplete = Object.entries(drafts).find(([, draft]) => isHalf(draft));
    if (incomplete) setHalf(incomplete[0]);
    else onSave(liftsOf(drafts, unit));
  };
  return (
    <div className="stack">
      <p className="muted">{T.onboarding.baseline.lead}</p>
      {BASELINE_LIFTS.map((id) => (
        <Lift
          key={id}
          name={catalogue.name(id)}
          unit={unit}
          draft={drafts[id] ?? EMPTY_DRAFT}
          onChange={(values) => change(id, values)}
        />
      ))}
      {half && (
        <p className="danger" role="alert">
          {T.onboarding.baseline.incomplete(catalogue.name(half))}
        </p>
      )}
      <Button className="button button-primary button-big" onPress={save}>
        {T.onboarding.baseline.save}
      </Button>
    </div>
  );
}

interface LiftProps {
  name: string;
  unit: Unit;
  draft: BaselineDraft;
  onChange(values: Partial<BaselineDraft>): void;
}

function Lift({ name, unit, draft, onChange }: LiftProps) {
  const { weight, reps, rpe } = draft;
  return (
    <section className="card stack-small" aria-label={name}>
      <h2 className="heading">{name}</h2>
      <div className="baseline-fields">
        <span className="muted">{UNIT_TEXT[unit]}</span>
        <NumberInput
          label={T.onboarding.baseline.weight(name, UNIT_TEXT[unit])}
          value={weight}
          hint=""
          onChange={(value) => onChange({ weight: value })}
        />
        <span className="muted">{T.onboarding.baseline.repsShort}</span>
        <NumberInput
          label={T.onboarding.baseline.reps(name)}
          value={reps}
          hint="5"
          isWhole
          onChange={(value) => onChange({ reps: value })}
        />
      </div>
      <label className="baseline-effort">
        <span className="muted">{T.onboarding.baseline.effortLabel}</span>
        <select
          className="input"
          aria-label={T.onboarding.baseline.effort(name)}
          value={rpe ?? ""}
          onChange={({ target }) => onChange({ rpe: target.value ? Number(target.value) : null })}
        >
          <option value="">{T.onboarding.baseline.effortUnknown}</option>
          {EFFORTS.map((effort) => (
            <option key={effort.rpe} value={effort.rpe}>
              {effort.name}, {effort.meaning}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

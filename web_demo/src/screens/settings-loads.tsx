/** What can be loaded: bar, plates, steps; and how fast to progress. */
import { useActions } from "../app-context.ts";
import { defaultUnit, type UserSettings } from "../state/app-state.ts";
import {
  type LoadSettings,
  PACES,
  readLoadSettings,
  STANDARD_INCREMENTS,
  STEPPED,
  type Stepped,
  USUAL_BARS,
  USUAL_INCREMENTS,
  USUAL_PLATES,
  USUAL_STEPS,
} from "../state/load-settings.ts";
import { formatNumber } from "../state/numbers.ts";
import { useApp } from "../state/store.ts";
import { equipmentName, T, weightText } from "../texts.ts";
import { OneOf, type Option, SomeOf } from "../ui/choice.tsx";
import { Details } from "../ui/details.tsx";
import { ExerciseLoads } from "./settings-loads-exercises.tsx";

/** Stands for "nothing chosen" among the chips of a number. */
const USUAL = "usual";

export function LoadsSection() {
  const stored = useApp((state) => state.settings);
  const { changeSettings } = useActions();
  const settings: UserSettings = stored ?? { units: defaultUnit(navigator.language) };
  const loads = readLoadSettings(settings);
  // A failed write leaves the choice as it was, and the storage notice says why.
  const change = (values: Partial<UserSettings>): void =>
    void changeSettings(values).catch(() => undefined);
  return (
    <section className="card stack" aria-label={T.loads.title}>
      <div>
        <h2 className="heading">{T.loads.title}</h2>
        <p className="muted">{T.loads.lead}</p>
      </div>
      <BarAndPlates loads={loads} settings={settings} onChange={change} />
      <Details title={T.loads.steps}>
        <div className="stack">
          {STEPPED.map((kind) => (
            <StepOf key={kind} kind={kind} loads={loads} onChange={change} />
          ))}
        </div>
      </Details>
      <Details title={T.loads.exercises}>
        <ExerciseLoads loads={loads} onChange={change} />
      </Details>
      <Pace loads={loads} settings={settings} onChange={change} />
    </section>
  );
}

interface PartProps {
  loads: LoadSettings;
  onChange(values: Partial<UserSettings>): void;
}

type WithSettings = PartProps & { settings: UserSettings };

/** The usual numbers and the one that is set, as chips. */
function chips(numbers: readonly number[], own: number | null | undefined): Option<string>[] {
  const all = new Set([...numbers, ...(own ? [own] : [])]);
  return [...all]
    .sort((a, b) => b - a)
    .map((number) => ({ value: String(number), label: formatNumber(number) }));
}

function BarAndPlates({ loads, settings, onChange }: WithSettings) {
  const { unit, bar, plates } = loads;
  const stored = settings.availablePlates as Record<string, unknown> | null | undefined;
  const chosen = Array.isArray(stored?.[unit]) && stored[unit].length > 0;
  const own = plates.filter((plate) => !USUAL_PLATES[unit].includes(plate));
  return (
    <>
      <OneOf
        label={`${T.loads.bar} (${weightText(bar, unit)})`}
        value={String(bar)}
        options={chips(USUAL_BARS[unit], bar)}
        onChange={(value) => onChange({ barWeight: Number(value) })}
      />
      <div className="stack-small">
        <SomeOf
          label={T.loads.plates}
          values={plates.map(String)}
          options={[...USUAL_PLATES[unit], ...own].map((plate) => ({
            value: String(plate),
            label: formatNumber(plate),
          }))}
          onChange={(values) =>
            onChange({
              availablePlates: {
                ...stored,
                // Without any plate nothing could be loaded: that means the usual ones.
                [unit]: values.map(Number).sort((a, b) => b - a),
              },
            })
          }
        />
        {!chosen && <p className="muted">{T.loads.platesStandard}</p>}
      </div>
    </>
  );
}

function StepOf({ kind, loads, onChange }: PartProps & { kind: Stepped }) {
  const { unit, steps } = loads;
  return (
    <OneOf
      label={equipmentName(kind)}
      value={steps[kind] === undefined ? USUAL : String(steps[kind])}
      options={[
        { value: USUAL, label: T.loads.usual },
        ...chips(USUAL_STEPS[unit], steps[kind]).reverse(),
      ]}
      onChange={(value) => {
        const { [kind]: _, ...others } = steps;
        onChange({ loadSteps: value === USUAL ? others : { ...others, [kind]: Number(value) } });
      }}
    />
  );
}

function Pace({ loads, settings, onChange }: WithSettings) {
  const { unit, pace, increments } = loads;
  const auto = settings.autoProgression as Record<string, unknown> | null | undefined;
  const coach = settings.aiCoach as Record<string, unknown> | null | undefined;
  const { upper, lower } = increments ?? {
    upper: STANDARD_INCREMENTS[unit],
    lower: STANDARD_INCREMENTS[unit],
  };
  const set = (values: { upper: number; lower: number }): void =>
    onChange({
      autoProgression: {
        ...auto,
        enabled: true,
        upperBodyIncrement: values.upper,
        lowerBodyIncrement: values.lower,
      },
    });
  return (
    <>
      <OneOf
        label={T.loads.pace}
        value={pace}
        options={PACES.map((word) => ({ value: word as string, label: T.loads.paces[word] }))}
        onChange={(aggressiveness) => onChange({ aiCoach: { ...coach, aggressiveness } })}
      />
      <Details title={T.loads.increments}>
        <div className="stack">
          <OneOf
            label={`${T.loads.upper} (${weightText(upper, unit)})`}
            value={String(upper)}
            options={chips(USUAL_INCREMENTS[unit], upper).reverse()}
            onChange={(value) => set({ upper: Number(value), lower })}
          />
          <OneOf
            label={`${T.loads.lower} (${weightText(lower, unit)})`}
            value={String(lower)}
            options={chips(USUAL_INCREMENTS[unit], lower).reverse()}
            onChange={(value) => set({ upper, lower: Number(value) })}
          />
        </div>
      </Details>
    </>
  );
}

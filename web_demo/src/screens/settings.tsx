/** Settings: what the lifter told us, their data, and what the page does with the network. */
import { Button, Link } from "react-aria-components";
import { useActions, useEngineStatus } from "../app-context.ts";
import {
  defaultUnit,
  EQUIPMENT,
  GOALS,
  LEVELS,
  readEquipment,
  readGoal,
  type Unit,
  type UserSettings,
} from "../state/app-state.ts";
import { useCatalogue } from "../state/catalogue.ts";
import { formatNumber } from "../state/numbers.ts";
import { useApp } from "../state/store.ts";
import { ROUTINE_TEXTS } from "../texts/routine.ts";
import { equipmentName, GOAL_TEXTS, T } from "../texts.ts";
import { OneOf, SomeOf } from "../ui/choice.tsx";
import { Icon } from "../ui/icons.tsx";
import { StorageNotice } from "../ui/notices.tsx";
import { hrefTo } from "../ui/route.ts";
import { TopBar } from "../ui/topbar.tsx";
import { UnitChoice } from "../ui/unit-choice.tsx";
import { RoutineDial } from "./routine-dial.tsx";
import { BaselineSection } from "./settings-baseline.tsx";
import { DataSection } from "./settings-data.tsx";
import { OwnExercisesSection } from "./settings-exercises.tsx";
import { LoadsSection } from "./settings-loads.tsx";
import { NetworkSection, OfflineSection } from "./settings-network.tsx";

export function SettingsScreen() {
  return (
    <div className="page page-wide">
      <TopBar title={T.settings.title} />
      <StorageNotice />
      <div className="stack">
        <YouSection />
        <FollowSection />
        <LoadsSection />
      </div>
      <div className="stack">
        <BaselineSection />
        <FavouritesSection />
        <OwnExercisesSection />
        <DataSection />
        <NetworkSection />
        <OfflineSection />
        <AboutSection />
      </div>
    </div>
  );
}

function YouSection() {
  const stored = useApp((state) => state.settings);
  const { changeSettings, changeUnit } = useActions();
  const settings: UserSettings = stored ?? { units: defaultUnit(navigator.language) };
  // A failed write leaves the choice as it was, and the storage notice says why.
  const change = (values: Partial<UserSettings>): void =>
    void changeSettings(values).catch(() => undefined);
  const equipment = [...new Set(settings.availableEquipment?.map(readEquipment))];
  const days = settings.goal?.targetPerWeek;
  return (
    <section className="card stack" aria-label={T.settings.you}>
      <OneOf
        label={T.settings.goal}
        value={readGoal(settings.goal?.type)}
        options={GOALS.map((goal) => ({ value: goal, label: GOAL_TEXTS[goal] }))}
        onChange={(type) => change({ goal: { ...settings.goal, type } })}
      />
      <OneOf
        label={T.settings.level}
        value={settings.experienceLevel ?? null}
        options={LEVELS.map((level) => ({
          value: level as string,
          label: T.fresh.levelNames[level],
        }))}
        onChange={(experienceLevel) => change({ experienceLevel })}
      />
      <OneOf
        label={T.settings.days}
        value={days === undefined ? null : String(days)}
        options={dayOptions(days)}
        onChange={(n) => change({ goal: { ...settings.goal, targetPerWeek: Number(n) } })}
      />
      <div className="stack-small">
        <UnitChoice
          label={T.settings.unit}
          value={settings.units}
          onChange={(units: Unit) => void changeUnit(units).catch(() => undefined)}
        />
        <p className="muted">{T.settings.unitHint}</p>
      </div>
      <div className="stack-small">
        <SomeOf
          label={T.settings.equipment}
          values={equipment}
          options={equipmentOptions(equipment)}
          onChange={(availableEquipment) => change({ availableEquipment })}
        />
        {equipment.length === 0 && <p className="muted">{T.settings.equipmentUnknown}</p>}
      </div>
    </section>
  );
}

/** Two to seven, and what an imported file says. */
function dayOptions(own: number | undefined): Array<{ value: string; label: string }> {
  const days = new Set([2, 3, 4, 5, 6, 7, ...(own === undefined ? [] : [own])]);
  return [...days].sort((a, b) => a - b).map((n) => ({ value: String(n), label: formatNumber(n) }));
}

/** What can be chosen: the usual kinds, and whatever an imported file calls its own. */
function equipmentOptions(chosen: readonly string[]): Array<{ value: string; label: string }> {
  return [...new Set<string>([...EQUIPMENT, ...chosen])].map((item) => ({
    value: item,
    label: equipmentName(item),
  }));
}

/** What the suggestions follow, and the models that know the routine. */
function FollowSection() {
  return (
    <section className="card stack-small" aria-label={ROUTINE_TEXTS.dial}>
      <RoutineDial />
      <Link className="button button-wide" href={hrefTo("models")}>
        {ROUTINE_TEXTS.toModels}
      </Link>
    </section>
  );
}

function FavouritesSection() {
  const favourites = useApp((state) => state.settings?.favoriteExercises);
  const catalogue = useCatalogue();
  const { toggleFavourite } = useActions();
  return (
    <section className="card stack-small">
      <h2 className="heading">{T.settings.favourites}</h2>
      {!favourites?.length && <p className="muted">{T.settings.noFavourites}</p>}
      <ul>
        {favourites?.map((id) => (
          <li key={id} className="spread">
            <span className="grow">{catalogue.name(id)}</span>
            <Button
              className="button button-icon"
              aria-label={T.settings.removeFavourite(catalogue.name(id))}
              onPress={() => void toggleFavourite(id).catch(() => undefined)}
            >
              <Icon name="close" />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AboutSection() {
  const { boot } = useEngineStatus();
  if (!boot.engine) return null;
  return <p className="muted">{T.settings.version(boot.engine.engineVersion)}</p>;
}

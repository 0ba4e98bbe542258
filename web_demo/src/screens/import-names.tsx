/** Names that no exercise of the catalogue carries for certain: one tap says what they are. */
import type { ImportPreview, UnmatchedName } from "@voltlift/bridge";
import { useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useCatalogue } from "../state/catalogue.ts";
import { choiceFor, type NameChoices, OWN, openNames } from "../state/names.ts";
import { isGroupKnown, withImported } from "../state/own-exercises.ts";
import { useApp } from "../state/store.ts";
import { groupName, setsText, T } from "../texts.ts";
import { OneOf } from "../ui/choice.tsx";
import { Details } from "../ui/details.tsx";
import { Icon } from "../ui/icons.tsx";
import { GROUP_OPTIONS } from "./exercise-form.tsx";
import { NameSearch } from "./import-search.tsx";

interface NamesProps {
  preview: ImportPreview;
  names: NameChoices;
  onName(name: string, exerciseId: string): void;
  /** Muscle groups given to exercises of the file, by id. */
  groups: ReadonlyMap<string, string>;
  onGroup(exerciseId: string, group: string): void;
}

/** Names shown at once; most files have fewer. */
const PAGE = 12;
const PROPOSALS = 3;

export function UnmatchedNames(props: NamesProps) {
  const { preview, names, onName, groups, onGroup } = props;
  const { unmatched } = preview;
  const [shown, setShown] = useState(PAGE);
  const [searched, setSearched] = useState<string | null>(null);
  const groupOf = useOwnGroups(preview, groups);
  if (unmatched.length === 0) return null;
  const more = Math.min(PAGE, unmatched.length - shown);
  return (
    <Details title={T.import.unmatched(unmatched.length, openNames(preview, names))} open>
      <p className="muted">{T.import.unmatchedHint}</p>
      <ul className="own-list">
        {unmatched.slice(0, shown).map((entry) => (
          <NameChoice
            key={entry.name}
            entry={entry}
            choice={choiceFor(names, entry)}
            onChoose={(exerciseId) => onName(entry.name, exerciseId)}
            onSearch={() => setSearched(entry.name)}
            group={groupOf(entry.customId)}
            onGroup={(group) => onGroup(entry.customId, group)}
          />
        ))}
      </ul>
      {more > 0 && (
        <Button className="button button-wide" onPress={() => setShown(shown + PAGE)}>
          {T.import.more(more)}
        </Button>
      )}
      <NameSearch
        name={searched}
        onClose={() => setSearched(null)}
        onChoose={(exerciseId) => {
          if (searched !== null) onName(searched, exerciseId);
          setSearched(null);
        }}
      />
    </Details>
  );
}

/** What is known to be trained by the exercises that names become; null where nothing is. */
function useOwnGroups(
  { customExercises }: ImportPreview,
  groups: ReadonlyMap<string, string>,
): (id: string) => string | null {
  const own = useApp((state) => state.customExercises);
  const removed = useApp((state) => state.removedExercises);
  return useMemo(() => {
    const before = { customExercises: own, removedExercises: removed };
    const after = withImported(before, customExercises, groups).customExercises;
    const known = new Map(
      after.filter(isGroupKnown).map((exercise) => [exercise.id, exercise.muscleGroup]),
    );
    return (id) => known.get(id) ?? null;
  }, [own, removed, customExercises, groups]);
}

interface NameChoiceProps {
  entry: UnmatchedName;
  choice: string | null;
  onChoose(exerciseId: string): void;
  onSearch(): void;
  group: string | null;
  onGroup(group: string): void;
}

function NameChoice({ entry, choice, onChoose, onSearch, group, onGroup }: NameChoiceProps) {
  const catalogue = useCatalogue();
  const { name, sets, proposals = [] } = entry;
  const offered = proposals.slice(0, PROPOSALS).map(({ exerciseId, name }) => ({
    value: exerciseId,
    label: name,
  }));
  // What was found by searching, or chosen for an earlier file, stands with the proposals.
  const isOffered = choice === null || choice === OWN || offered.some((o) => o.value === choice);
  const options = [
    ...offered,
    ...(isOffered ? [] : [{ value: choice, label: catalogue.name(choice) }]),
    { value: OWN, label: T.import.ownExercise, hint: T.import.ownHint },
  ];
  return (
    <li className="group-choice stack-small">
      <div className="spread">
        <p className="group-choice-name grow">{name}</p>
        <span className="muted">{setsText(sets)}</span>
      </div>
      <OneOf
        label={T.import.standsFor(name)}
        hideLabel
        layout="rows"
        value={choice}
        options={options}
        onChange={onChoose}
      />
      <Button className="button button-text import-search" onPress={onSearch}>
        <Icon name="search" />
        {T.import.searchAnother}
      </Button>
      {choice === OWN && (
        <div className="stack-small">
          <p className={group === null ? "group-unknown" : "group-unknown muted"}>
            <Icon name={group === null ? "warning" : "check"} />
            {group === null ? T.own.groupUnknown : groupName(group)}
          </p>
          <OneOf
            label={T.own.groupOf(name)}
            hideLabel
            value={group}
            options={GROUP_OPTIONS}
            onChange={onGroup}
          />
        </div>
      )}
    </li>
  );
}

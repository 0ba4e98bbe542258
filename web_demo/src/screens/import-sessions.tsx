/** What storing would do, workout by workout. */
import type {
  ExerciseLog,
  ImportPreview,
  PreviewedSession,
  WorkoutSession,
} from "@voltlift/bridge";
import { useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useCatalogue } from "../state/catalogue.ts";
import { isTaken, type Wishes } from "../state/import-plan.ts";
import { useApp } from "../state/store.ts";
import { logsOf, setsOf } from "../state/workout.ts";
import { dateText, setsInShort, T } from "../texts.ts";
import { Details } from "../ui/details.tsx";
import { Icon } from "../ui/icons.tsx";
import { Toggle } from "../ui/toggle.tsx";

interface ListsProps {
  preview: ImportPreview;
  wishes: Wishes;
  onWishes(wishes: Wishes): void;
}

interface Entry {
  outlook: PreviewedSession;
  session: WorkoutSession;
}

/** Workouts shown at once; a file may have thousands. */
const PAGE = 20;
const OUTLOOKS = ["duplicate", "changed", "new", "known"] as const;

export function SessionLists({ preview, wishes, onWishes }: ListsProps) {
  const nameOf = useNames(preview);
  const lists = useMemo(() => {
    const entries = preview.outlooks.flatMap((outlook, at): Entry[] => {
      const session = preview.sessions[at];
      return session ? [{ outlook, session }] : [];
    });
    // Newest first, as everywhere.
    entries.reverse();
    return OUTLOOKS.map((kind) => ({
      kind,
      entries: entries.filter(({ outlook }) => outlook.outlook === kind),
    })).filter((list) => list.entries.length > 0);
  }, [preview]);
  const wish = (ids: readonly string[], isWanted: boolean): void =>
    onWishes(new Map([...wishes, ...ids.map((id) => [id, isWanted] as const)]));

  return lists.map(({ kind, entries }) => (
    <Details
      key={kind}
      title={T.import.outlooks[kind](entries.length)}
      open={kind === "duplicate" || kind === "changed"}
    >
      {kind === "changed" && <p className="muted">{T.import.changedHint}</p>}
      {kind === "duplicate" && <p className="muted">{T.import.duplicateHint}</p>}
      {kind === "duplicate" && entries.length > 1 && (
        <Toggle
          label={T.import.keepAllBoth}
          isSelected={entries.every(({ outlook }) => isTaken(outlook, wishes))}
          onChange={(isWanted) =>
            wish(
              entries.map(({ outlook }) => outlook.id),
              isWanted,
            )
          }
        />
      )}
      <EntryList entries={entries} wishes={wishes} onWish={wish} nameOf={nameOf} />
    </Details>
  ));
}

/** Names of exercises, those of the file's own included. */
function useNames({ customExercises }: ImportPreview): (id: string) => string {
  const catalogue = useCatalogue();
  return useMemo(() => {
    const own = new Map(customExercises.map(({ id, name }) => [id, name]));
    return (id) => own.get(id) ?? catalogue.name(id);
  }, [catalogue, customExercises]);
}

interface EntryListProps {
  entries: readonly Entry[];
  wishes: Wishes;
  onWish(ids: readonly string[], isWanted: boolean): void;
  nameOf(exerciseId: string): string;
}

function EntryList({ entries, wishes, onWish, nameOf }: EntryListProps) {
  const [shown, setShown] = useState(PAGE);
  const more = Math.min(PAGE, entries.length - shown);
  return (
    <>
      <ul className="own-list">
        {entries.slice(0, shown).map((entry) => (
          <li key={entry.session.id}>
            <PreviewedWorkout entry={entry} nameOf={nameOf} />
            <Wish
              entry={entry}
              isTaken={isTaken(entry.outlook, wishes)}
              onWish={(isWanted) => onWish([entry.outlook.id], isWanted)}
            />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button className="button button-wide" onPress={() => setShown(shown + PAGE)}>
          {T.import.more(more)}
        </Button>
      )}
    </>
  );
}

interface WishProps {
  entry: Entry;
  isTaken: boolean;
  onWish(isWanted: boolean): void;
}

/** What can be wanted otherwise: to keep a workout twice, or to leave new sets out. */
function Wish({ entry: { outlook }, isTaken, onWish }: WishProps) {
  const { duplicateOf } = outlook;
  const twin = useApp((state) => state.history.find(({ id }) => id === duplicateOf));
  if (outlook.outlook === "changed") {
    const label = T.import.addSets(outlook.newSets ?? 0);
    return <Toggle label={label} isSelected={isTaken} onChange={onWish} />;
  }
  if (outlook.outlook !== "duplicate") return null;
  return (
    <>
      {twin && <p className="muted">{T.import.inLog(twin.name, dateText(twin.startTime))}</p>}
      <Toggle label={T.import.keepBoth} isSelected={isTaken} onChange={onWish} />
    </>
  );
}

/** One workout of the file; its sets unfold. */
function PreviewedWorkout({ entry, nameOf }: { entry: Entry; nameOf: EntryListProps["nameOf"] }) {
  const [isOpen, setIsOpen] = useState(false);
  const { session, outlook } = entry;
  const about = [
    dateText(session.startTime),
    T.import.sessionText(outlook.exercises, outlook.sets),
  ];
  return (
    <>
      <Button
        className="button import-workout"
        aria-expanded={isOpen}
        onPress={() => setIsOpen(!isOpen)}
      >
        <span className="grow">
          <span className="import-hit-name">{session.name}</span>
          <span className="muted">{about.join(" · ")}</span>
        </span>
        <Icon name="down" />
      </Button>
      {isOpen && <Sets entry={entry} nameOf={nameOf} />}
    </>
  );
}

function Sets({ entry, nameOf }: { entry: Entry; nameOf: EntryListProps["nameOf"] }) {
  const { session, outlook } = entry;
  const logs: readonly ExerciseLog[] =
    outlook.outlook === "changed" ? (outlook.additions ?? []) : logsOf(session);
  return (
    <ul className="import-sets">
      {logs.map((log) => (
        <li key={log.id}>
          <span>{nameOf(log.exerciseId)}</span>{" "}
          <span className="muted number">{setsInShort(setsOf(log), session.unit ?? "kg")}</span>
        </li>
      ))}
      {outlook.firstLine !== null && outlook.firstLine !== undefined && (
        <li className="muted">{T.import.line(outlook.firstLine)}</li>
      )}
    </ul>
  );
}

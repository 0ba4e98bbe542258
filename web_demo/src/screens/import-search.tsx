/** Search the exercise that a name of a file stands for. */
import { useState } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import { useCatalogue } from "../state/catalogue.ts";
import { exerciseText, T } from "../texts.ts";
import { Icon } from "../ui/icons.tsx";
import { Sheet } from "../ui/sheet.tsx";

interface NameSearchProps {
  /** Null while nothing is searched. */
  name: string | null;
  onClose(): void;
  onChoose(exerciseId: string): void;
}

const LIMIT = 30;

export function NameSearch({ name, onClose, onChoose }: NameSearchProps) {
  return (
    <Sheet
      title={name === null ? T.picker.search : T.import.searchFor(name)}
      isOpen={name !== null}
      onClose={onClose}
    >
      {name !== null && <Hits name={name} onChoose={onChoose} />}
    </Sheet>
  );
}

function Hits({ name, onChoose }: { name: string; onChoose(exerciseId: string): void }) {
  const catalogue = useCatalogue();
  const [text, setText] = useState("");
  const hits = catalogue.search(text.trim() === "" ? firstWord(name) : text, LIMIT);
  return (
    <div className="stack-small">
      <SearchField
        className="search"
        aria-label={T.picker.search}
        value={text}
        onChange={setText}
        autoFocus
      >
        <Icon name="search" />
        <Input className="input" placeholder={T.picker.searchHint} enterKeyHint="search" />
      </SearchField>
      {hits.length === 0 && (
        <p className="muted" role="status">
          {T.picker.noHits(text.trim() || firstWord(name))}
        </p>
      )}
      <ul className="own-list">
        {hits.map((exercise) => (
          <li key={exercise.id}>
            <Button
              className="button import-hit"
              aria-label={T.import.choose(exercise.name)}
              onPress={() => onChoose(exercise.id)}
            >
              <span className="grow">
                <span className="import-hit-name">{exercise.name}</span>
                <span className="muted">{exerciseText(exercise)}</span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Something to begin with: the first word of a name that says more than a letter. */
function firstWord(name: string): string {
  return name.split(/[^\p{L}\p{N}]+/u).find((word) => word.length > 2) ?? "";
}

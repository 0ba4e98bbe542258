/** Exercises with what they train, one tap each. */
import type { ReactNode } from "react";
import { groupName, T } from "../texts.ts";
import { OneOf } from "../ui/choice.tsx";
import { Icon } from "../ui/icons.tsx";
import { GROUP_OPTIONS } from "./exercise-form.tsx";
import "./own-exercises.css";

interface GroupChoiceProps {
  name: string;
  /** Null while it is not known. */
  group: string | null;
  onChange(group: string): void;
  /** What stands beside the name. */
  children?: ReactNode;
}

/** One exercise: its name, and the muscle groups to choose from. */
export function GroupChoice({ name, group, onChange, children }: GroupChoiceProps) {
  return (
    <li className="group-choice stack-small">
      <div className="spread">
        <p className="group-choice-name grow">{name}</p>
        {children}
      </div>
      {/* The line stays once it is known: nothing moves under a thumb. */}
      <p className={group === null ? "group-unknown" : "group-unknown muted"}>
        <Icon name={group === null ? "warning" : "check"} />
        {group === null ? T.own.groupUnknown : groupName(group)}
      </p>
      <OneOf
        label={T.own.groupOf(name)}
        hideLabel
        value={group}
        options={GROUP_OPTIONS}
        onChange={onChange}
      />
    </li>
  );
}

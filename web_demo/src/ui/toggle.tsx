import { Switch } from "react-aria-components";

interface ToggleProps {
  label: string;
  isSelected: boolean;
  onChange(isSelected: boolean): void;
}

export function Toggle({ label, isSelected, onChange }: ToggleProps) {
  return (
    <Switch className="switch" isSelected={isSelected} onChange={onChange}>
      <span>{label}</span>
      <span className="switch-track" />
    </Switch>
  );
}

import type { ReactNode } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

export interface MenuAction {
  id: string;
  label: string;
  isChosen?: boolean;
  run(): void;
}

interface ActionMenuProps {
  label: string;
  trigger: ReactNode;
  actions: readonly MenuAction[];
  className?: string;
}

/** A button that opens a short list of things to do. */
export function ActionMenu(props: ActionMenuProps) {
  const { label, trigger, actions, className = "button button-icon" } = props;
  return (
    <MenuTrigger>
      <Button className={className} aria-label={label}>
        {trigger}
      </Button>
      <Popover className="menu-popover" placement="bottom start">
        <Menu
          className="menu"
          aria-label={label}
          onAction={(id) => actions.find((action) => action.id === id)?.run()}
        >
          {actions.map((action) => (
            <MenuItem
              key={action.id}
              id={action.id}
              textValue={action.label}
              className={action.isChosen ? "menu-item menu-item-chosen" : "menu-item"}
            >
              {action.label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

const itemClass =
  'flex min-h-8 cursor-default items-center gap-2.5 rounded-sm px-2 py-1 text-sm outline-none data-highlighted:bg-hover';

/** A button with its menu, open from the beginning: it is loaded when it is first asked for (lazy-menu.tsx). */
export function Menu({
  trigger,
  align = 'end',
  children,
}: {
  trigger: ReactElement;
  align?: 'start' | 'end';
  children: ReactNode;
}) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="z-40 outline-none">
          <Base.Popup className="arriving panel max-h-(--available-height) min-w-52 overflow-y-auto p-1 shadow-pop outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  children: ReactNode;
  icon?: ReactNode;
  /** Why it cannot be chosen; it stays in its place, with this below it. */
  refused?: string | null;
  onClick: () => void;
}

export function MenuItem({ children, icon, refused = null, onClick }: MenuItemProps) {
  return (
    <Base.Item className={itemClass} disabled={refused !== null} onClick={onClick}>
      {icon !== undefined && <span className="text-muted">{icon}</span>}
      {refused === null ? (
        children
      ) : (
        <span className="text-muted">
          {children}
          <span className="block text-xs">{refused}</span>
        </span>
      )}
    </Base.Item>
  );
}

export function MenuLine() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}

/** Text in a menu that cannot be chosen. */
export function MenuText({ children }: { children: ReactNode }) {
  return <div className="px-2 py-1.5">{children}</div>;
}

/** Items under a heading. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="eyebrow px-2 pt-1.5 pb-1">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  choices: Readonly<Record<T, string>>;
  onChange: (value: T) => void;
}

/** One of a few, with the present one ticked. */
export function MenuChoice<T extends string>({ label, value, choices, onChange }: MenuChoiceProps<T>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: T) => onChange(next)}>
      <Base.GroupLabel className="eyebrow px-2 pt-1.5 pb-1">{label}</Base.GroupLabel>
      {(Object.keys(choices) as T[]).map((choice) => (
        <Base.RadioItem key={choice} value={choice} className={itemClass} closeOnClick={false}>
          <span className="inline-flex w-4 justify-center">
            <Base.RadioItemIndicator>
              <Check size={15} className="text-accent" aria-hidden="true" />
            </Base.RadioItemIndicator>
          </span>
          {choices[choice]}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

import { Popover } from '@base-ui/react/popover';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { hiddenColumns, runsColumns } from './runs-columns.tsx';
import type { ColumnName } from './runs-search.ts';

interface ColumnsMenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  given: { columns: readonly ColumnName[]; onChange: (columns: readonly ColumnName[] | null) => void };
}

/** Which columns are shown and in which order, by ticks and buttons. */
export function ColumnsMenu({ trigger, given: { columns, onChange } }: ColumnsMenuProps) {
  const move = (at: number, by: 1 | -1) => {
    const next = [...columns];
    const [one] = next.splice(at, 1);
    if (one !== undefined) next.splice(at + by, 0, one);
    onChange(next);
  };
  const tick = (name: ColumnName) =>
    onChange(columns.includes(name) ? columns.filter((one) => one !== name) : [...columns, name]);
  const row = (name: ColumnName, at: number) => {
    const { label } = runsColumns[name];
    const shown = at >= 0;
    return (
      <li key={name} className="flex min-h-8 items-center gap-1 rounded-sm px-2 hover:bg-hover">
        <label className="flex min-h-8 min-w-0 flex-1 items-center gap-2.5 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={shown}
            disabled={name === 'type'}
            onChange={() => tick(name)}
          />
          {label}
        </label>
        {shown && (
          <>
            <IconButton
              label={`Move ${label} up`}
              className="!size-6 disabled:opacity-30"
              disabled={at === 0}
              onClick={() => move(at, -1)}
            >
              <ArrowUp size={14} aria-hidden="true" />
            </IconButton>
            <IconButton
              label={`Move ${label} down`}
              className="!size-6 disabled:opacity-30"
              disabled={at === columns.length - 1}
              onClick={() => move(at, 1)}
            >
              <ArrowDown size={14} aria-hidden="true" />
            </IconButton>
          </>
        )}
      </li>
    );
  };
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-40">
          <Popover.Popup className="arriving panel grid w-64 gap-1 p-1.5 shadow-pop outline-none">
            <Popover.Title className="eyebrow px-2 pt-1">Columns</Popover.Title>
            <ul>
              {columns.map(row)}
              {hiddenColumns(columns).map((name) => row(name, -1))}
            </ul>
            <Button look="quiet" onClick={() => onChange(null)}>
              Back to the usual ones
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

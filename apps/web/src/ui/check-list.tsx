import { useId, useState } from 'react';
import { Button } from './button.tsx';
import { Input } from './field.tsx';

export interface CheckOption<T> {
  readonly value: T;
  readonly label: string;
  readonly note?: string;
}

interface CheckListProps<T extends string | number> {
  label: string;
  help?: string | null;
  options: readonly CheckOption<T>[];
  chosen: readonly T[];
  /** What leaving everything unticked means: "all 240 policies". */
  none: string;
  onChange: (chosen: T[]) => void;
  /** Asks the server for options with this in their name; without it the list is searched here. */
  onSearch?: (text: string) => void;
  more?: boolean;
  fault?: string | null;
}

/** Several of many: a searchable list of ticks. Nothing ticked means what `none` says. */
export function CheckList<T extends string | number>(props: CheckListProps<T>) {
  const { label, help, options, chosen, none, onChange, onSearch, more, fault = null } = props;
  const id = useId();
  const [search, setSearch] = useState('');
  const ticked = new Set(chosen);
  const wanted = search.toLowerCase();
  const shown = onSearch ? options : options.filter((option) => option.label.toLowerCase().includes(wanted));
  const toggle = (value: T) =>
    onChange(ticked.has(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);

  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 flex w-full items-baseline gap-2 text-sm font-medium">
        {label}
        <span className="text-xs font-normal text-faint">
          {chosen.length === 0 ? none : `${chosen.length} chosen`}
        </span>
      </legend>
      {(onSearch !== undefined || options.length > 8) && (
        <Input
          type="search"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search by name"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            onSearch?.(event.target.value);
          }}
        />
      )}
      <div className="max-h-60 overflow-y-auto rounded-md border border-line">
        {shown.length === 0 && <p className="px-3 py-2 text-sm text-muted">Nothing found.</p>}
        {shown.map((option) => (
          <label
            key={option.value}
            htmlFor={`${id}-${option.value}`}
            className="flex min-h-8 items-center gap-2.5 px-3 py-1 text-sm hover:bg-hover"
          >
            <input
              id={`${id}-${option.value}`}
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              checked={ticked.has(option.value)}
              onChange={() => toggle(option.value)}
            />
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.note && <span className="shrink-0 text-xs text-faint">{option.note}</span>}
          </label>
        ))}
      </div>
      <div className="flex min-h-6 flex-wrap items-center gap-x-3 text-sm text-muted">
        {chosen.length > 0 && (
          <Button look="quiet" size="small" onClick={() => onChange([])}>
            Choose none
          </Button>
        )}
        {more ? 'The list is longer; search to find the rest.' : help}
      </div>
      {fault !== null && <p className="text-sm font-medium text-stop">{fault}</p>}
    </fieldset>
  );
}

import { Combobox } from '@base-ui/react/combobox';
import { useEffect, useRef, useState } from 'react';
import {
  groupOperations,
  matchesOperation,
  type OfferedOperation,
  type OperationGroup,
} from '../operation/operation-list.ts';
import { Button } from '../ui/button.tsx';
import { controlClass } from '../ui/field.tsx';

interface OperationChoiceProps {
  operations: readonly OfferedOperation[];
  /** Names of what this person ran, newest first. */
  recent: readonly string[];
  chosen: OfferedOperation | undefined;
  onChoose: (name: string) => void;
}

function Needs({ operation }: { operation: OfferedOperation }) {
  return (
    <span className="block text-sm text-ink">
      Needs <code className="font-mono text-xs">{operation.capability}</code>, which your role does not hold
    </span>
  );
}

function Option(operation: OfferedOperation) {
  return (
    <Combobox.Item
      key={operation.name}
      value={operation}
      disabled={!operation.allowed}
      className="rounded-md px-3 py-2 outline-none data-highlighted:bg-accent-soft data-highlighted:outline-1 data-highlighted:-outline-offset-1 data-highlighted:outline-accent aria-disabled:cursor-not-allowed"
    >
      <span className={`font-medium ${operation.allowed ? '' : 'text-muted'}`}>{operation.label}</span>
      <span className="block text-sm text-muted">{operation.description}</span>
      {!operation.allowed && <Needs operation={operation} />}
    </Combobox.Item>
  );
}

function Group({ value, items }: OperationGroup) {
  return (
    <Combobox.Group key={value} items={items} className="py-1">
      <Combobox.GroupLabel className="eyebrow px-3 pt-2 pb-1">{value}</Combobox.GroupLabel>
      <Combobox.Collection>{Option}</Combobox.Collection>
    </Combobox.Group>
  );
}

function Search(props: Omit<OperationChoiceProps, 'chosen'>) {
  const { operations, recent, onChoose } = props;
  const input = useRef<HTMLInputElement>(null);
  // Whoever opens the page or asks for another operation goes on typing here.
  useEffect(() => input.current?.focus(), []);
  return (
    <Combobox.Root
      inline
      open
      autoHighlight
      items={groupOperations(operations, recent)}
      filter={matchesOperation}
      itemToStringLabel={({ label }: OfferedOperation) => label}
      value={null}
      onValueChange={(next: OfferedOperation | null) => {
        if (next?.allowed) onChoose(next.name);
      }}
    >
      <Combobox.Input
        ref={input}
        aria-label="Operation"
        placeholder="Search operations"
        className={`${controlClass} h-9 w-full`}
      />
      <div className="max-h-136 overflow-y-auto rounded-md border border-line px-1">
        <Combobox.Empty className="empty:hidden px-3 py-2 text-sm text-muted">
          No operation has these words.
        </Combobox.Empty>
        <Combobox.List aria-label="Operations">{Group}</Combobox.List>
      </div>
    </Combobox.Root>
  );
}

/**
 * Step one: what to start. The catalogue, searched by typing and chosen by Enter; what one may not start is listed
 * too, with the capability it needs. Once chosen it stands there alone.
 */
export function OperationChoice({ chosen, onChoose, ...rest }: OperationChoiceProps) {
  const [changing, setChanging] = useState(false);
  const open = chosen === undefined || changing;
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-2 text-base font-semibold">Operation</legend>
      {open ? (
        <Search
          {...rest}
          onChoose={(name) => {
            setChanging(false);
            onChoose(name);
          }}
        />
      ) : (
        <div className="flex items-start justify-between gap-3 rounded-md border border-line bg-sunken px-3 py-2">
          <div className="min-w-0">
            <span className="font-medium">{chosen.label}</span>
            <span className="block text-sm text-muted">{chosen.description}</span>
            {!chosen.allowed && <Needs operation={chosen} />}
          </div>
          <Button look="quiet" size="small" onClick={() => setChanging(true)}>
            Change
          </Button>
        </div>
      )}
    </fieldset>
  );
}

import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import { useId } from 'react';

interface OperationChoiceProps {
  operations: readonly OperationEntry[];
  chosen: string | undefined;
  onChoose: (name: string) => void;
}

/** The catalogue as a list to choose from. What one may not start is listed too, with the capability it needs. */
export function OperationChoice({ operations, chosen, onChoose }: OperationChoiceProps) {
  const id = useId();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-base font-semibold">Operation</legend>
      {operations.map((operation) => (
        <label
          key={operation.name}
          htmlFor={`${id}-${operation.name}`}
          className="grid grid-cols-[auto_1fr] items-start gap-x-3 rounded-md border border-line px-3 py-2 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-disabled:cursor-not-allowed has-disabled:opacity-65"
        >
          <input
            id={`${id}-${operation.name}`}
            type="radio"
            name={id}
            className="mt-1 size-4 accent-accent"
            disabled={!operation.allowed}
            checked={operation.name === chosen}
            onChange={() => onChoose(operation.name)}
          />
          <span className="min-w-0">
            <span className="font-medium">{operation.label}</span>
            <span className="block text-sm text-muted">{operation.description}</span>
            {!operation.allowed && (
              <span className="block text-sm">
                Needs <code className="font-mono text-xs">{operation.capability}</code>
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

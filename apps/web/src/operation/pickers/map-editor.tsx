import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';
import type { PickerProps } from './picker.ts';

/** Pairs of text: what is found on the left becomes what is on the right. */
export function MapEditor({ field, value, onChange, fault }: PickerProps) {
  const [pairs, setPairs] = useState<[string, string][]>(() =>
    Object.entries(typeof value === 'object' && value !== null ? (value as Record<string, string>) : {}),
  );
  const change = (next: [string, string][]) => {
    setPairs(next);
    onChange(Object.fromEntries(next.filter(([from, to]) => from !== '' && to !== '')));
  };
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 flex items-baseline gap-2 text-sm font-medium">
        {field.label} <span className="text-xs font-normal text-faint">optional</span>
      </legend>
      {pairs.map(([from, to], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair has no identity but its place
        <div key={at} className="grid grid-cols-[1fr_auto_1fr_auto] items-center gap-2">
          <Input
            aria-label={`From, pair ${at + 1}`}
            className="h-9 w-full font-mono"
            value={from}
            onChange={(event) =>
              change(pairs.map((pair, place) => (place === at ? [event.target.value, pair[1]] : pair)))
            }
          />
          <span aria-hidden="true" className="text-faint">
            →
          </span>
          <Input
            aria-label={`To, pair ${at + 1}`}
            className="h-9 w-full font-mono"
            value={to}
            onChange={(event) =>
              change(pairs.map((pair, place) => (place === at ? [pair[0], event.target.value] : pair)))
            }
          />
          <IconButton
            label={`Remove pair ${at + 1}`}
            onClick={() => change(pairs.filter((_, place) => place !== at))}
          >
            <X size={15} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <div className="flex items-center gap-3 text-sm text-muted">
        <Button
          look="quiet"
          icon={<Plus size={15} aria-hidden="true" />}
          onClick={() => setPairs([...pairs, ['', '']])}
        >
          Add
        </Button>
        {fault ? <span className="font-medium text-stop">{fault}</span> : field.help}
      </div>
    </fieldset>
  );
}

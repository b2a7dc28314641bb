import type { ShownApiKey } from '@signalbox/contracts/access/api-key';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { CapabilityPicker } from './capability-picker.tsx';
import { keyPresets } from './key-model.ts';
import { KeyShown } from './key-shown.tsx';
import { meQuery } from './session.ts';

const lifetimes = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'One year'],
  ['', 'Never: when it is revoked'],
] as const;

/** Makes a key: what it is called, what it may do, for whom, and how long; then shows it once. */
export function CreateKey({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<ShownApiKey | null>(null);
  return (
    <Dialog
      open
      onClose={made === null ? onClose : () => {}}
      title={made === null ? 'New API key' : `The key ${made.name} is made`}
    >
      {made === null ? (
        <KeyForm onClose={onClose} onMade={setMade} />
      ) : (
        <KeyShown made={made} onDone={onClose} />
      )}
    </Dialog>
  );
}

function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (made: ShownApiKey) => void }) {
  const id = useId();
  const me = useQuery(meQuery());
  const mine = me.data?.current.capabilities ?? [];
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(() => keyPresets[0]?.pick(mine) ?? []);
  const [mayActFor, setMayActFor] = useState(false);
  const [days, setDays] = useState('90');
  const create = useMutation({
    mutationFn: () =>
      api.apiKey.create.mutate({
        name: name.trim(),
        capabilities: [...chosen],
        mayActFor,
        ...(days !== '' && { expiresInDays: Number(days) }),
      }),
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: trpc.apiKey.list.queryKey() });
      onMade(made);
    },
  });
  const missing =
    name.trim() === '' ? 'Name it first.' : chosen.length === 0 ? 'Choose what it may do.' : null;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null && !create.isPending) create.mutate();
      }}
    >
      <Field label="Name" help="What uses it, as runs and the audit log will show it.">
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={60}
            autoComplete="off"
            placeholder="nightly captures"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <CapabilityPicker mine={mine} chosen={chosen} onChange={setChosen} />
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2.5 gap-y-0.5 text-sm">
        <input
          id={`${id}-acts`}
          type="checkbox"
          className="size-4 accent-accent"
          aria-describedby={`${id}-acts-help`}
          checked={mayActFor}
          onChange={(event) => setMayActFor(event.target.checked)}
        />
        <label htmlFor={`${id}-acts`} className="flex min-h-6 items-center font-medium">
          May act for members
        </label>
        <p id={`${id}-acts-help`} className="col-start-2 text-muted">
          A call that names a member in <code className="font-mono text-xs">X-User-Id</code> does what both
          the key and that member may. The audit log keeps both.
        </p>
      </div>
      <Field label="Ends after">
        {(ids) => (
          <Select {...ids} value={days} onChange={(event) => setDays(event.target.value)}>
            {lifetimes.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {create.isError && <FaultLine error={create.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        <Button type="submit" look="primary" pending={create.isPending} refused={missing}>
          Make the key
        </Button>
      </div>
    </form>
  );
}

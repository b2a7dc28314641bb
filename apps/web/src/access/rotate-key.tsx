import type { ApiKey, ShownApiKey } from '@signalbox/contracts/access/api-key';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Select } from '../ui/field.tsx';
import { Time } from '../ui/time.tsx';
import { KeyShown } from './key-shown.tsx';

const overlaps = [
  ['24', 'One more day'],
  ['1', 'One more hour'],
  ['168', 'One more week'],
  ['0', 'Not at all: it ends at once'],
] as const;

/** Gives a key a new secret and shows it once. */
export function RotateKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const [overlap, setOverlap] = useState('24');
  const [made, setMade] = useState<ShownApiKey | null>(null);
  const rotate = useMutation({
    mutationFn: () => api.apiKey.rotate.mutate({ id: apiKey.id, overlapHours: Number(overlap) }),
    onSuccess: setMade,
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.apiKey.list.queryKey() }),
  });
  if (made !== null) {
    return (
      <Dialog open onClose={() => {}} title={`The new secret of ${made.name}`}>
        <KeyShown made={made} onDone={onClose}>
          <p className="text-sm text-muted">
            {made.previousUntil === undefined ? (
              'The old one has ended.'
            ) : (
              <>
                The old one ends <Time at={made.previousUntil} />.
              </>
            )}
          </p>
        </KeyShown>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={`New secret for ${apiKey.name}?`}>
      <p className="text-muted">
        The key keeps its name, its capabilities and its end; only its secret changes. Give the new one to
        everything that uses it.
      </p>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!rotate.isPending) rotate.mutate();
        }}
      >
        <Field label="The old secret works">
          {(ids) => (
            <Select {...ids} value={overlap} onChange={(event) => setOverlap(event.target.value)}>
              {overlaps.map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {apiKey.previousUntil !== undefined && (
          <p className="text-sm font-medium text-caution">
            The secret before the present one still works; it ends now.
          </p>
        )}
        {rotate.isError && <FaultLine error={rotate.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep the old one</Button>
          <Button type="submit" look="primary" pending={rotate.isPending}>
            Make a new secret
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

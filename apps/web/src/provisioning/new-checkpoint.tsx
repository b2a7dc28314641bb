import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { fieldFaults } from '../ui/field-faults.ts';

/** Names the present position of the change log. */
export function NewCheckpoint({ ws, onClose }: { ws: string; onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [keys] = useState(makeStartKeys);
  const body = {
    name: name.trim(),
    ...(description.trim() !== '' && { description: description.trim() }),
  };
  const create = useMutation({
    mutationFn: (given: typeof body) =>
      api.checkpoint.create.mutate(given, { context: { idempotencyKey: keys.keyOf(given) } }),
    networkMode: 'always',
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: trpc.checkpoint.pathKey() });
      void navigate({ to: '/w/$ws/checkpoints/$checkpointId', params: { ws, checkpointId: made.id } });
    },
  });
  const faults = fieldFaults(create.error, ['name', 'description']);
  return (
    <Dialog open onClose={onClose} title="New checkpoint">
      <p className="text-muted">
        Keeps what stands in every infra now. Work that is under way is before it or after it, change by
        change.
      </p>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (body.name !== '' && !create.isPending) create.mutate(body);
        }}
      >
        <Field label="Name" fault={faults.of.name}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={120}
              placeholder="before the upgrade"
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Field label="Description" optional fault={faults.of.description}>
          {(ids) => (
            <TextArea
              {...ids}
              maxLength={1_000}
              value={description}
              onChange={({ target }) => setDescription(target.value)}
            />
          )}
        </Field>
        {create.isError && !faults.all && (
          <FaultLine error={create.error} onRetry={() => create.mutate(body)} />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            look="primary"
            pending={create.isPending}
            refused={body.name === '' ? 'Give it a name first.' : null}
          >
            Make the checkpoint
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

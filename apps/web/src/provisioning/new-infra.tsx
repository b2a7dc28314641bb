import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input } from '../ui/field.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { settingsExample, settingsProblems } from './infra-model.ts';
import { SettingsEditor } from './settings-editor.tsx';

/** Makes an infra with its settings. */
export function NewInfra({ ws, onClose }: { ws: string; onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [settings, setSettings] = useState(settingsExample);
  const [keys] = useState(makeStartKeys);
  const body = { name: name.trim(), settings };
  const create = useMutation({
    mutationFn: (given: typeof body) =>
      api.infra.create.mutate(given, { context: { idempotencyKey: keys.keyOf(given) } }),
    networkMode: 'always',
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: trpc.infra.pathKey() });
      void navigate({ to: '/w/$ws/infras/$infra', params: { ws, infra: made.name } });
    },
  });
  const faults = fieldFaults(create.error, ['name', 'settings']);
  const wrong = settingsProblems(settings).length > 0;
  const refused =
    body.name === '' ? 'Give it a name first.' : wrong ? 'Correct the problems of the settings first.' : null;
  return (
    <Dialog open onClose={onClose} title="New infra" wide>
      <p className="text-muted">Nothing is provisioned yet: that is what the workflows on it do.</p>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (refused === null && !create.isPending) create.mutate(body);
        }}
      >
        <Field
          label="Name"
          help="Lower-case letters, digits, dots, dashes and underscores."
          fault={faults.of.name}
        >
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={63}
              autoComplete="off"
              className="h-9 w-full font-mono"
              placeholder="web"
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <div className="grid gap-1.5">
          <span className="text-sm font-medium">
            Settings <span className="ml-1 font-mono text-xs font-normal text-faint">config.k</span>
          </span>
          <SettingsEditor text={settings} onText={setSettings} className="h-64" />
          {faults.of.settings !== null && (
            <p className="text-sm font-medium text-stop">{faults.of.settings}</p>
          )}
        </div>
        {create.isError && !faults.all && (
          <FaultLine error={create.error} onRetry={() => create.mutate(body)} />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" look="primary" pending={create.isPending} refused={refused}>
            Make the infra
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

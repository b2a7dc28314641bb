import {
  providerTraits,
  type ServerProviderName,
  serverProviders,
} from '@signalbox/domain/connection/providers';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { toast } from '../ui/toasts.tsx';
import { noCredential } from './credential-fields.tsx';
import { ServerCredentialFields, serverCredentialNames } from './server-credential-fields.tsx';
import { refreshConnections } from './use-connection-deeds.ts';

const names = [...serverCredentialNames, 'provider', 'label', 'region'] as const;

const helps: Record<ServerProviderName, string> = {
  local: 'Servers are folders with real processes on the machine of the worker. For trying things out.',
  upcloud: 'Servers at UpCloud, through its API.',
  aws: 'Instances at Amazon EC2, in one region.',
  terraform: 'Whatever a worker with the terraform program makes; its state is kept for each infra.',
};

/** Connects the workspace to a provider of servers; every infra whose settings name the provider goes through it. */
export function NewServerConnection({ ws, onClose }: { ws: string; onClose: () => void }) {
  const router = useRouter();
  const [keys] = useState(makeStartKeys);
  const [provider, setProvider] = useState<ServerProviderName>('upcloud');
  const [label, setLabel] = useState<string | null>(null);
  const [region, setRegion] = useState('eu-central-1');
  const [credential, setCredential] = useState(noCredential);
  const { label: called, credential: asks } = providerTraits[provider];
  const wanted = (label ?? called).trim();

  const create = useMutation({
    mutationFn: () => {
      const { clientId: account, clientSecret: secret } = credential;
      const input = {
        provider,
        label: wanted,
        ...(asks && { account }),
        ...(asks && secret !== '' && { secret }),
        ...(provider === 'aws' && { region }),
      };
      return api.connection.createOfServers.mutate(input, {
        context: { idempotencyKey: keys.keyOf(input) },
      });
    },
    onSuccess: (made) => {
      void refreshConnections();
      toast('Connection added', 'Next: check the connection.');
      void router.navigate({
        to: '/w/$ws/connections/$connectionId',
        params: { ws, connectionId: String(made.id) },
      });
    },
  });
  const faults = fieldFaults(create.error, names);
  const missing =
    wanted === ''
      ? 'Name the connection first.'
      : asks && credential.clientId === ''
        ? 'Give the account first.'
        : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing === null && !create.isPending) create.mutate();
  };
  return (
    <Dialog open onClose={onClose} title="Connect a provider of servers">
      <form className="grid gap-4" onSubmit={submit}>
        <Field label="Provider" help={helps[provider]} fault={faults.of.provider}>
          {(ids) => (
            <Select
              {...ids}
              value={provider}
              onChange={({ target }) =>
                setProvider(serverProviders.find((each) => each === target.value) ?? 'upcloud')
              }
            >
              {serverProviders.map((each) => (
                <option key={each} value={each}>
                  {providerTraits[each].label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Label" help="What people call the connection." fault={faults.of.label}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={100}
              autoComplete="off"
              value={label ?? called}
              onChange={({ target }) => setLabel(target.value)}
            />
          )}
        </Field>
        {provider === 'aws' && (
          <Field label="Region" help="Where the instances are." fault={faults.of.region}>
            {(ids) => (
              <Input
                {...ids}
                required
                autoComplete="off"
                spellCheck={false}
                className="h-9 w-full font-mono text-sm"
                value={region}
                onChange={({ target }) => setRegion(target.value.trim())}
              />
            )}
          </Field>
        )}
        {asks && (
          <ServerCredentialFields
            provider={provider}
            draft={credential}
            onChange={setCredential}
            faults={faults.of}
          />
        )}
        {create.isError && !faults.all && <FaultLine error={create.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" pending={create.isPending} refused={missing}>
            Add the connection
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

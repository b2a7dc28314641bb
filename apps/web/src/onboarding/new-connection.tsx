import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useCan } from '../access/session.ts';
import { api } from '../client/api.ts';
import { lackingManage } from '../connection/connection-model.ts';
import { CredentialFields, credentialInput, credentialNames } from '../connection/credential-fields.tsx';
import { refreshConnections } from '../connection/use-connection-deeds.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input } from '../ui/field.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { textOf, type Wizard } from './use-wizard.ts';

const manage = 'connection.manage';

interface NewConnectionProps {
  wizard: Wizard;
  /** There is none yet, so the form stands open. */
  first: boolean;
}

/**
 * A new connection of the tenant. Label and client id are kept as they are typed; the secret never leaves this form
 * but for the connection itself, where it is sealed.
 */
export function NewConnection({ wizard, first }: NewConnectionProps) {
  const { session, state, readOnly } = wizard;
  const may = useCan(manage);
  const typed = textOf(state.values.clientId) !== undefined;
  const [open, setOpen] = useState(first || typed);
  const [secret, setSecret] = useState({ clientSecret: '', lastDay: '' });
  const [keys] = useState(makeStartKeys);
  const label = textOf(state.values.connectionLabel) ?? `${session.tenant.name} Graph`;
  const clientId = textOf(state.values.clientId) ?? '';
  const make = useMutation({
    mutationFn: async () => {
      // Without the lock the connection would be made and could not be chosen.
      await wizard.hold();
      const body = {
        tenantId: session.tenant.id,
        provider: 'graph' as const,
        label: label.trim(),
        clientId: clientId.trim(),
        ...credentialInput({ ...secret, clientId }),
      };
      const made = await api.connection.create.mutate(body, {
        context: { idempotencyKey: keys.keyOf(body) },
      });
      await wizard.chooseConnection(made.id, { connectionLabel: undefined, clientId: undefined });
      return made;
    },
    onSuccess: () => {
      setSecret({ clientSecret: '', lastDay: '' });
      setOpen(false);
    },
    // Also after a failure: the connection may have been made, and the lock lost only then.
    onSettled: refreshConnections,
  });
  const faults = fieldFaults(make.error, ['label', ...credentialNames] as const);
  const refused = !may
    ? lackingManage
    : (readOnly ??
      (label.trim() === '' || clientId === '' || secret.clientSecret === ''
        ? 'Give label, client id and secret first.'
        : null));
  if (!open) {
    return (
      <div className="px-4 py-3 md:px-5">
        <ActionButton
          icon={<Plus size={15} aria-hidden="true" />}
          refused={may ? readOnly : lackingManage}
          onClick={() => setOpen(true)}
        >
          Make another connection
        </ActionButton>
      </div>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (refused === null && !make.isPending) make.mutate();
  };
  const still = readOnly !== null || !may;
  return (
    <form onSubmit={submit} noValidate className="grid max-w-2xl gap-5 p-4 md:p-5">
      <h3 className="font-semibold">New connection</h3>
      {!may && (
        <p className="text-sm text-muted">
          To make a connection takes the capability{' '}
          <code className="font-mono text-sm text-ink">{manage}</code>. Managers and owners hold it.
        </p>
      )}
      <Field label="Label" fault={faults.of.label}>
        {(ids) => (
          <Input
            {...ids}
            value={label}
            maxLength={100}
            readOnly={still}
            className="h-9 w-full read-only:bg-sunken"
            onChange={(event) => wizard.type({ connectionLabel: event.target.value })}
          />
        )}
      </Field>
      <fieldset disabled={still} className="grid gap-5">
        <legend className="sr-only">Credential</legend>
        <CredentialFields
          draft={{ ...secret, clientId }}
          faults={faults.of}
          onChange={({ clientId: given, ...rest }) => {
            setSecret(rest);
            if (given !== clientId) wizard.type({ clientId: given });
          }}
        />
      </fieldset>
      {make.isError && !faults.all && <FaultLine error={make.error} />}
      <div className="flex flex-wrap gap-2">
        <ActionButton type="submit" pending={make.isPending} refused={refused}>
          Make the connection
        </ActionButton>
        {!first && <Button onClick={() => setOpen(false)}>Cancel</Button>}
      </div>
    </form>
  );
}

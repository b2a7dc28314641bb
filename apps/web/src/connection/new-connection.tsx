import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { api } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input } from '../ui/field.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { toast } from '../ui/toasts.tsx';
import { TenantChoice, useTenantChoice } from '../workspace/tenant-choice.tsx';
import { tenantNames } from '../workspace/tenant-fields.tsx';
import { CredentialFields, credentialInput, credentialNames, noCredential } from './credential-fields.tsx';
import { refreshConnections } from './use-connection-deeds.ts';

interface NewConnectionProps {
  ws: string;
  /** The tenant it is for, where that is known. */
  tenant: string | undefined;
  onClose: () => void;
}

/** Makes a provider connection, with its tenant where that is new, and leads on to granting consent. */
export function NewConnection({ ws, tenant: given, onClose }: NewConnectionProps) {
  const id = useId();
  const router = useRouter();
  const [keys] = useState(makeStartKeys);
  const choice = useTenantChoice(given, keys);
  const [label, setLabel] = useState<string | null>(null);
  const [credential, setCredential] = useState(noCredential);
  const [isDefault, setDefault] = useState(false);

  const { called } = choice;
  // Until somebody says otherwise it is called after its tenant.
  const wanted = (label ?? (called === '' ? '' : `${called} Graph`)).trim();
  const others = choice.one?.connections ?? 0;

  const create = useMutation({
    mutationFn: async () => {
      const tenantId = await choice.settle();
      const input = {
        tenantId,
        provider: 'graph' as const,
        label: wanted,
        clientId: credential.clientId,
        ...credentialInput(credential),
        ...(isDefault && others > 0 && { isDefault }),
      };
      return api.connection.create.mutate(input, { context: { idempotencyKey: keys.keyOf(input) } });
    },
    onSuccess: (made) => {
      void refreshConnections();
      toast('Connection added', 'Next: grant admin consent, then check the connection.');
      void router.navigate({
        to: '/w/$ws/connections/$connectionId',
        params: { ws, connectionId: String(made.id) },
        hash: 'consent',
      });
    },
    onError: () => void refreshConnections(),
  });
  const faults = fieldFaults(create.error, [
    ...credentialNames,
    ...tenantNames,
    'label',
    'tenantId',
  ] as const);
  const missing =
    choice.missing ??
    (wanted === ''
      ? 'Name the connection first.'
      : credential.clientId === ''
        ? 'Give the client id first.'
        : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing === null && !create.isPending) create.mutate();
  };
  return (
    <Dialog open onClose={onClose} title="New connection">
      <form className="grid gap-4" onSubmit={submit}>
        <TenantChoice choice={choice} faults={faults.of} />
        <Field label="Label" help="What people call the connection." fault={faults.of.label}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={100}
              autoComplete="off"
              placeholder="Contoso Graph"
              value={label ?? (called === '' ? '' : `${called} Graph`)}
              onChange={({ target }) => setLabel(target.value)}
            />
          )}
        </Field>
        <CredentialFields draft={credential} onChange={setCredential} faults={faults.of} />
        {others > 0 && (
          <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2.5 text-sm">
            <input
              id={`${id}-default`}
              type="checkbox"
              className="size-4 accent-accent"
              aria-describedby={`${id}-default-help`}
              checked={isDefault}
              onChange={({ target }) => setDefault(target.checked)}
            />
            <label htmlFor={`${id}-default`} className="flex min-h-6 items-center font-medium">
              The default of this tenant
            </label>
            <p id={`${id}-default-help`} className="col-start-2 text-muted">
              Starts that name no connection go through it, in place of the default there is.
            </p>
          </div>
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

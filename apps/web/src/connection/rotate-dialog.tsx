import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { isServerProvider } from '@signalbox/domain/connection/providers';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { toast } from '../ui/toasts.tsx';
import { CredentialFields, credentialInput, credentialNames, noCredential } from './credential-fields.tsx';
import { ServerCredentialFields, serverCredentialNames } from './server-credential-fields.tsx';
import { refreshConnections } from './use-connection-deeds.ts';

interface RotateDialogProps {
  connection: ConnectionDetail;
  onClose: () => void;
}

/** Gives a connection a new secret. */
export function RotateDialog({ connection, onClose }: RotateDialogProps) {
  const { id, label, activeRuns, credential, provider } = connection;
  const ofServers = isServerProvider(provider);
  const [draft, setDraft] = useState(noCredential);
  const rotate = useMutation({
    mutationFn: () =>
      api.connection.setCredential.mutate({
        id,
        clientSecret: draft.clientSecret,
        ...(draft.clientId !== '' &&
          (ofServers ? { account: draft.clientId } : { clientId: draft.clientId })),
        ...credentialInput(draft),
      }),
    onSuccess: async () => {
      await refreshConnections();
      toast('Credential kept', 'Check the connection to see whether the provider takes it.');
      onClose();
    },
  });
  const faults = fieldFaults(rotate.error, [...credentialNames, ...serverCredentialNames] as const);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.clientSecret !== '' && !rotate.isPending) rotate.mutate();
  };
  const first = credential === 'missing';
  return (
    <Dialog
      open
      onClose={onClose}
      title={first ? `A credential for ${label}` : `New credential for ${label}`}
    >
      {activeRuns > 0 && (
        <p className="text-muted">
          {activeRuns} {activeRuns === 1 ? 'run is' : 'runs are'} under way and{' '}
          {activeRuns === 1 ? 'goes' : 'go'} on with what {activeRuns === 1 ? 'it has' : 'they have'} opened.
        </p>
      )}
      <form className="grid gap-4" onSubmit={submit}>
        {ofServers ? (
          <ServerCredentialFields
            provider={provider}
            draft={draft}
            onChange={setDraft}
            faults={faults.of}
            rotates
          />
        ) : (
          <CredentialFields draft={draft} onChange={setDraft} faults={faults.of} rotates />
        )}
        {rotate.isError && !faults.all && <FaultLine error={rotate.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{first ? 'Cancel' : 'Keep the old one'}</Button>
          <Button
            type="submit"
            look="primary"
            pending={rotate.isPending}
            refused={draft.clientSecret === '' ? 'Give the new secret first.' : null}
          >
            {first ? 'Keep the credential' : 'Rotate the credential'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { useMutation } from '@tanstack/react-query';
import { api } from '../client/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { NameForm } from '../workspace/name-form.tsx';
import { refreshConnections } from './use-connection-deeds.ts';

interface RenameConnectionProps {
  connection: ConnectionDetail;
  onClose: () => void;
}

/** Gives a connection another label. */
export function RenameConnection({ connection: { id, label }, onClose }: RenameConnectionProps) {
  const rename = useMutation({
    mutationFn: (next: string) => api.connection.update.mutate({ id, label: next }),
    onSuccess: async () => {
      await refreshConnections();
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title="Rename the connection">
      <NameForm
        name={label}
        label="Label"
        help="What people call it. Its id stays, and so does every link."
        act="Rename"
        longest={100}
        pending={rename.isPending}
        error={rename.error}
        onName={(next) => rename.mutate(next)}
        onClose={onClose}
      />
    </Dialog>
  );
}

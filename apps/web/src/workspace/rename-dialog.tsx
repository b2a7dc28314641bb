import type { UsageReport } from '@signalbox/contracts/workspace/get-usage-report';
import { useMutation } from '@tanstack/react-query';
import { api, queryClient, trpc } from '../client/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { NameForm } from './name-form.tsx';

/** Gives the workspace another name. */
export function RenameDialog({ usage, onClose }: { usage: UsageReport; onClose: () => void }) {
  const rename = useMutation({
    mutationFn: (name: string) => api.workspace.update.mutate({ id: usage.workspaceId, name }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.workspace.pathKey() });
      await queryClient.invalidateQueries({ queryKey: trpc.session.me.pathKey() });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title="Rename the workspace">
      <NameForm
        name={usage.name}
        help="Its id stays, and so does every link."
        act="Rename"
        pending={rename.isPending}
        error={rename.error}
        onName={(name) => rename.mutate(name)}
        onClose={onClose}
      />
    </Dialog>
  );
}

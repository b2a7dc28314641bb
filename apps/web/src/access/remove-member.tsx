import type { Member } from '@signalbox/contracts/access/member';
import { useMutation } from '@tanstack/react-query';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';

/** Asks before a member is removed: what ends, and what stays. */
export function RemoveMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const remove = useMutation({
    mutationFn: () => api.member.remove.mutate({ id: member.id }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.member.pathKey() });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={`Remove ${member.username}?`}>
      <ul className="grid list-disc gap-1 pl-5 text-muted">
        <li>This workspace is gone for them at once, in every tab they have open.</li>
        <li>Runs they started go on. Work they planned that has not begun is not started.</li>
        <li>API keys they made stay: revoke those that should go.</li>
        <li>Their account and their other workspaces stay, and what they did stays in the audit log.</li>
        <li>They can be invited again.</li>
      </ul>
      {remove.isError && <FaultLine error={remove.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Keep them</Button>
        <Button look="danger" pending={remove.isPending} onClick={() => remove.mutate()}>
          Remove
        </Button>
      </div>
    </Dialog>
  );
}

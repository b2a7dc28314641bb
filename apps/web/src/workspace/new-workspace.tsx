import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { api } from '../client/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { NameForm } from './name-form.tsx';

/** Makes a workspace of one's own, and goes there. */
export function NewWorkspace({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const create = useMutation({
    mutationFn: (name: string) => api.workspace.create.mutate({ name }),
    onSuccess: ({ id }) => {
      onClose();
      router.history.push(`/w/${id}/overview`);
    },
  });
  return (
    <Dialog open onClose={onClose} title="New workspace">
      <NameForm
        name=""
        help="It begins empty, on the free tier, with you as its owner. Tenants, runs and members of this one stay here."
        act="Create"
        pending={create.isPending}
        error={create.error}
        onName={(name) => create.mutate(name)}
        onClose={onClose}
      />
    </Dialog>
  );
}

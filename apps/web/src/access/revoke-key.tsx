import type { ApiKey } from '@signalbox/contracts/access/api-key';
import { useMutation } from '@tanstack/react-query';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Time } from '../ui/time.tsx';
import { toast } from '../ui/toasts.tsx';
import { keyMark } from './key-model.ts';

/** Asks before a key ends: what will stop. */
export function RevokeKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useMutation({
    mutationFn: () => api.apiKey.revoke.mutate({ id: apiKey.id }),
    onSuccess: () => {
      toast('Revoked', `Nothing is done with ${apiKey.name} any more.`);
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.apiKey.list.queryKey() }),
  });
  return (
    <Dialog open onClose={onClose} title={`Revoke ${apiKey.name}?`}>
      <p className="font-mono text-sm break-all text-muted">{keyMark(apiKey)}</p>
      <ul className="grid list-disc gap-1 pl-5 text-muted">
        <li>Every call with it is refused from this moment, and its open streams end.</li>
        <li>Bulk actions it asked for fail where they have not begun.</li>
        <li>Runs it has started go on.</li>
      </ul>
      <p>
        {apiKey.lastUsedAt === undefined ? (
          'It has never been used.'
        ) : (
          <>
            It was last used <Time at={apiKey.lastUsedAt} />
            {apiKey.lastUsedFrom !== undefined && ` from ${apiKey.lastUsedFrom}`}.
          </>
        )}{' '}
        This cannot be undone.
      </p>
      {revoke.isError && <FaultLine error={revoke.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" pending={revoke.isPending} onClick={() => revoke.mutate()}>
          Revoke the key
        </Button>
      </div>
    </Dialog>
  );
}

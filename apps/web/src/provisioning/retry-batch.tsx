import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import type { BatchView } from './batch-view.ts';
import { operationsWord } from './batch-words.ts';
import { againOf, namesLine } from './item-model.ts';

interface RetryBatchProps {
  batch: BatchView;
  ws: string;
  onClose: () => void;
}

/** Says what would be done again before a new batch is made of it. */
export function RetryBatch({ batch, ws, onClose }: RetryBatchProps) {
  const [keys] = useState(makeStartKeys);
  const navigate = useNavigate();
  const body = { id: batch.id };
  const retry = useMutation({
    mutationFn: () => api.batch.retry.mutate(body, { context: { idempotencyKey: keys.keyOf(body) } }),
    networkMode: 'always',
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: trpc.batch.pathKey() });
      void navigate({ to: '/w/$ws/batches/$batchId', params: { ws, batchId: made.id } });
    },
    onError: () => queryClient.invalidateQueries({ queryKey: trpc.batch.get.queryKey(body) }),
  });
  const { rest, undone } = againOf(batch.items);
  const kept = batch.items.length - rest.length - undone.length;
  return (
    <Dialog open onClose={onClose} title="Try the rest again?">
      <p className="text-muted">
        A new batch is made of what did not succeed, with the same limit and rollback. This one stays as it
        is.
      </p>
      <dl className="grid gap-2 text-sm [overflow-wrap:anywhere]">
        <div>
          <dt className="font-medium">
            {operationsWord(rest.length)} {rest.length === 1 ? 'begins' : 'begin'} again
          </dt>
          <dd className="text-muted">{namesLine(rest.map(({ id }) => id))}</dd>
        </div>
        {undone.length > 0 && (
          <div>
            <dt className="font-medium">
              {undone.length === 1
                ? '1 operation is done again, since it was undone'
                : `${undone.length} operations are done again, since they were undone`}
            </dt>
            <dd className="text-muted">{namesLine(undone.map(({ id }) => id))}</dd>
          </div>
        )}
        {kept > 0 && (
          <div>
            <dt className="font-medium">
              {operationsWord(kept)} succeeded and {kept === 1 ? 'is' : 'are'} left alone
            </dt>
          </div>
        )}
      </dl>
      {retry.isError && <FaultLine error={retry.error} onRetry={() => retry.mutate()} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button look="primary" pending={retry.isPending} onClick={() => retry.mutate()}>
          Start the new batch
        </Button>
      </div>
    </Dialog>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, TextArea } from '../ui/field.tsx';
import type { BatchView } from './batch-view.ts';
import { operationsWord } from './batch-words.ts';
import { namesLine } from './item-model.ts';

/** Asks before a batch is stopped: what never begins, what is asked to stop, and what stays. */
export function CancelBatch({ batch, onClose }: { batch: BatchView; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const key = trpc.batch.get.queryKey({ id: batch.id });
  const cancel = useMutation({
    mutationFn: () => api.batch.cancel.mutate({ id: batch.id, reason: reason.trim() }),
    onSuccess: (answer) => {
      queryClient.setQueryData(key, answer.batch);
      onClose();
    },
    // Also when it was refused: then the batch is no longer what the page shows.
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  });
  const named = (status: 'waiting' | 'running' | 'completed') =>
    batch.items.filter((item) => item.status === status).map(({ id }) => id);
  const [waiting, running, done] = [named('waiting'), named('running'), named('completed')];
  return (
    <Dialog open onClose={onClose} title="Cancel this batch?">
      <dl className="grid gap-2 text-sm [overflow-wrap:anywhere]">
        <div>
          <dt className="font-medium">{operationsWord(waiting.length)} will not begin</dt>
          <dd className="text-muted">{namesLine(waiting)}</dd>
        </div>
        <div>
          <dt className="font-medium">{operationsWord(running.length)} will be asked to stop</dt>
          <dd className="text-muted">
            {running.length > 0 &&
              `${namesLine(running)}. Each stops at its next step; one that is nearly done may still succeed.`}
          </dd>
        </div>
        <div>
          <dt className="font-medium">
            {operationsWord(done.length)} {done.length === 1 ? 'stays' : 'stay'} done
          </dt>
          <dd className="text-muted">
            {batch.rollbackEnabled
              ? 'A cancel undoes nothing, although rollback is on: that is for failures.'
              : 'A cancel undoes nothing.'}
          </dd>
        </div>
      </dl>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '' && !cancel.isPending) cancel.mutate();
        }}
      >
        <Field label="Reason" help="Shown with the batch and kept in the audit log.">
          {(ids) => (
            <TextArea {...ids} required value={reason} onChange={({ target }) => setReason(target.value)} />
          )}
        </Field>
        {cancel.isError && <FaultLine error={cancel.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Let it go on</Button>
          <Button
            type="submit"
            look="danger"
            pending={cancel.isPending}
            refused={reason.trim() === '' ? 'Say why first.' : null}
          >
            Cancel the batch
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

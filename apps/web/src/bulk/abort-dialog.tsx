import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, TextArea } from '../ui/field.tsx';
import type { BulkView } from './bulk-view.ts';
import { runsWords } from './bulk-words.ts';

/** Asks before a bulk action is stopped: what stays and what never happens. */
export function AbortDialog({ bulk, open, onClose }: { bulk: BulkView; open: boolean; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const abort = useMutation({
    mutationFn: () =>
      api.bulk.abort.mutate({ id: bulk.id, ...(reason.trim() !== '' && { reason: reason.trim() }) }),
    onSuccess: (ended) => {
      queryClient.setQueryData(trpc.bulk.get.queryKey({ id: bulk.id }), ended);
      onClose();
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: trpc.bulk.get.queryKey({ id: bulk.id }) });
      void queryClient.invalidateQueries({ queryKey: ['bulk-items', bulk.id] });
    },
  });
  const { waiting } = bulk.counts;
  return (
    <Dialog open={open} onClose={onClose} title="Abort this bulk action?">
      <p className="text-muted">
        {`${runsWords(waiting)} ${waiting === 1 ? 'waits and is' : 'wait and are'} never tried. Runs that were started go on, and runs that were cancelled stay cancelled.`}
      </p>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!abort.isPending) abort.mutate();
        }}
      >
        <Field label="Reason" optional help="Kept in the audit log.">
          {(ids) => <TextArea {...ids} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {abort.isError && <FaultLine error={abort.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Let it go on</Button>
          <Button type="submit" look="danger" pending={abort.isPending}>
            Abort
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { controlClass, Field } from '../ui/field.tsx';
import { toast } from '../ui/toasts.tsx';
import type { RunView } from './run-view.ts';

interface CancelDialogProps {
  run: RunView;
  open: boolean;
  onClose: () => void;
}

/** Asks before a run is stopped: what will happen, and why one wants it. */
export function CancelDialog({ run, open, onClose }: CancelDialogProps) {
  const [reason, setReason] = useState('');
  const running = run.status === 'running';
  const cancel = useMutation({
    mutationFn: () => api.run.cancel.mutate({ id: run.id, reason: reason.trim() }),
    onSuccess: (answer) => {
      void queryClient.invalidateQueries({ queryKey: trpc.run.get.queryKey({ id: run.id }) });
      toast(answer.run.status === 'cancelled' ? 'Cancelled' : 'Cancel asked for', answer.run.statusText);
      onClose();
    },
  });
  const { total, succeeded, failed, skipped } = run.counts;
  const left = total - succeeded - failed - skipped;
  return (
    <Dialog open={open} onClose={onClose} title={`Cancel run #${run.id}?`}>
      <p className="text-muted">
        {running
          ? `It stops at its next step. What is done stays done${left > 0 ? `; ${left} of ${total} items stay untouched` : ''}. If all work is done by then, the run still ends succeeded.`
          : 'It has not begun, so nothing was changed. It ends at once.'}
      </p>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '' && !cancel.isPending) cancel.mutate();
        }}
      >
        <Field label="Reason" help="Kept in the audit log.">
          {(ids) => (
            <textarea
              {...ids}
              required
              maxLength={500}
              rows={2}
              className={`${controlClass} w-full py-2`}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {cancel.isError && <FaultLine error={cancel.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Keep it running</Button>
          <Button
            type="submit"
            look="danger"
            pending={cancel.isPending}
            refused={reason.trim() === '' ? 'Say why first.' : null}
          >
            Cancel the run
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { remaining } from '@signalbox/domain/run/counts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, TextArea } from '../ui/field.tsx';
import { toast } from '../ui/toasts.tsx';
import { countedBy } from './counted-model.ts';
import type { StopAction } from './run-deeds.ts';
import type { RunView } from './run-view.ts';

interface CancelDialogProps {
  run: RunView;
  action: StopAction;
  onClose: () => void;
}

/** What will happen, said before it does. */
function effect(run: RunView, action: StopAction): string {
  if (action === 'force_cancel') {
    return 'The run ends at once, without its worker, and frees its scope. Something that worker did last may not be recorded here: look at the target before you run it again.';
  }
  if (run.status !== 'running') return 'It has not begun, so nothing was changed. It ends at once.';
  const left = Math.max(0, remaining(run.counts));
  const open =
    left > 0
      ? `; ${left} of ${run.counts.total} ${countedBy(run.operation)?.things ?? 'items'} stay untouched`
      : '';
  return `It stops at its next step. What is done stays done${open}. If all work is done by then, the run still ends succeeded.`;
}

const words = {
  cancel: { title: 'Cancel', keep: 'Keep it running', deed: 'Cancel the run' },
  force_cancel: { title: 'Force the cancel of', keep: 'Wait for its worker', deed: 'End it by force' },
} as const;

/** Asks before a run is stopped: what will happen, and why one wants it. */
export function CancelDialog({ run, action, onClose }: CancelDialogProps) {
  const [reason, setReason] = useState('');
  const { title, keep, deed } = words[action];
  const cancel = useMutation({
    mutationFn: () => {
      const input = { id: run.id, reason: reason.trim() };
      return action === 'cancel' ? api.run.cancel.mutate(input) : api.run.forceCancel.mutate(input);
    },
    onSuccess: (answer) => {
      toast(answer.run.status === 'cancelled' ? 'Cancelled' : 'Cancel asked for', answer.run.statusText);
      onClose();
    },
    // Also when it was refused: then the run is no longer what the page shows.
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.run.get.queryKey({ id: run.id }) }),
  });
  return (
    <Dialog open onClose={onClose} title={`${title} run #${run.id}?`}>
      <p className="text-muted">{effect(run, action)}</p>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '' && !cancel.isPending) cancel.mutate();
        }}
      >
        <Field label="Reason" help="Shown with the run and kept in the audit log.">
          {(ids) => (
            <TextArea {...ids} required value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        {cancel.isError && <FaultLine error={cancel.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{keep}</Button>
          <Button
            type="submit"
            look="danger"
            pending={cancel.isPending}
            refused={reason.trim() === '' ? 'Say why first.' : null}
          >
            {deed}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

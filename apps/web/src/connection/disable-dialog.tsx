import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, TextArea } from '../ui/field.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { toast } from '../ui/toasts.tsx';
import { type Impact, impactSentences } from './impact-model.ts';
import { refreshConnections } from './use-connection-deeds.ts';

interface DisableDialogProps {
  connection: ConnectionDetail;
  onClose: () => void;
}

function ImpactList({ impact }: { impact: Impact }) {
  return (
    <ul aria-label="What it would mean now" className="grid list-disc gap-1 pl-5">
      {impactSentences(impact).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** Asks before nothing starts through a connection any more: what that stops, and why one wants it. */
export function DisableDialog({ connection: { id, label }, onClose }: DisableDialogProps) {
  const [reason, setReason] = useState('');
  const impact = useQuery(trpc.connection.impact.queryOptions({ id }, { staleTime: 0 }));
  const disable = useMutation({
    mutationFn: () => api.connection.disable.mutate({ id, reason: reason.trim() }),
    onSuccess: () => {
      toast('Disabled', `Nothing starts through ${label} any more.`);
      onClose();
    },
    // Also when it was refused: then the connection is no longer what the page shows.
    onSettled: refreshConnections,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== '' && !disable.isPending) disable.mutate();
  };
  return (
    <Dialog open onClose={onClose} title={`Disable ${label}?`}>
      {impact.data !== undefined ? (
        <ImpactList impact={impact.data} />
      ) : impact.isError ? (
        <FaultLine error={impact.error} onRetry={() => void impact.refetch()} />
      ) : (
        <SkeletonBlock className="h-24" />
      )}
      <form className="grid gap-4" onSubmit={submit}>
        <Field label="Reason" help="Shown with the connection and kept in the audit log.">
          {(ids) => (
            <TextArea {...ids} required value={reason} onChange={({ target }) => setReason(target.value)} />
          )}
        </Field>
        {disable.isError && <FaultLine error={disable.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Keep it enabled</Button>
          <Button
            type="submit"
            look="danger"
            pending={disable.isPending}
            refused={
              impact.data === undefined
                ? 'See first what it would mean.'
                : reason.trim() === ''
                  ? 'Say why first.'
                  : null
            }
          >
            Disable the connection
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

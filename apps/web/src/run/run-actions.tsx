import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { useMutation } from '@tanstack/react-query';
import { Ban, RotateCcw, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { toCurl } from '../gate/curl-model.ts';
import { OutcomePanel } from '../gate/outcome-panel.tsx';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import type { RunView } from './run-view.ts';

type Again = 'replay' | 'retry_failed_items';

/** What may be done with a run now. What may not is there too and says why. */
export function RunActions({ run, ws }: { run: RunView; ws: string }) {
  const [cancelling, setCancelling] = useState(false);
  const [keys] = useState(makeStartKeys);
  const again = useMutation({
    mutationFn: async (action: Again): Promise<StartOutcome> => {
      const context = { idempotencyKey: keys.keyOf({ action, id: run.id }) };
      if (action === 'replay') return api.run.replay.mutate({ id: run.id }, { context });
      return api.run.retryFailedItems.mutate({ id: run.id }, { context });
    },
    onSuccess: (outcome, action) => {
      if (outcome.run !== undefined) keys.used({ action, id: run.id });
      void queryClient.invalidateQueries({ queryKey: trpc.run.get.queryKey({ id: run.id }) });
      void queryClient.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
    },
  });
  const refusal = (action: string) => {
    const verdict = run.allowedActions.find((one) => one.action === action);
    return verdict === undefined || verdict.allowed ? null : (verdict.reason ?? 'Not possible now.');
  };
  const cancelRefused = refusal('cancel');
  const ended = run.finishedAt !== undefined;

  return (
    <>
      <CopyButton text={() => toCurl({ origin: location.origin, path: `/v1/runs/${run.id}`, workspace: ws })}>
        Copy as curl
      </CopyButton>
      {ended ? (
        <>
          <Button
            icon={<RotateCcw size={15} aria-hidden="true" />}
            refused={refusal('retry_failed_items')}
            pending={again.isPending && again.variables === 'retry_failed_items'}
            onClick={() => again.mutate('retry_failed_items')}
          >
            Retry {run.counts.failed > 0 ? `${run.counts.failed} failed` : 'failed items'}
          </Button>
          <Button
            icon={<RotateCw size={15} aria-hidden="true" />}
            refused={refusal('replay')}
            pending={again.isPending && again.variables === 'replay'}
            onClick={() => again.mutate('replay')}
          >
            Replay
          </Button>
        </>
      ) : (
        <Button
          look="danger"
          icon={<Ban size={15} aria-hidden="true" />}
          refused={cancelRefused}
          onClick={() => setCancelling(true)}
        >
          {run.cancelRequestedAt === undefined ? 'Cancel' : 'Cancelling'}
        </Button>
      )}
      <CancelDialog run={run} open={cancelling} onClose={() => setCancelling(false)} />
      <Dialog
        open={again.isSuccess || again.isError}
        onClose={() => again.reset()}
        title={again.isError ? 'It could not be started' : 'The gate answered'}
      >
        {again.isError && <FaultLine error={again.error} />}
        {again.data && <OutcomePanel outcome={again.data} ws={ws} happened />}
        <Button className="justify-self-end" onClick={() => again.reset()}>
          Close
        </Button>
      </Dialog>
    </>
  );
}

import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { Ban, RotateCcw, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { OutcomePanel } from '../gate/outcome-panel.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import type { RunView } from './run-view.ts';
import { type RunAgain, refusalOf } from './use-run-again.ts';

interface RunActionsProps {
  run: RunView;
  ws: string;
  again: RunAgain;
}

/** What the gate answered to a replay or a retry. */
function AgainDialog({ again, ws }: Omit<RunActionsProps, 'run'>) {
  return (
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
  );
}

/** What may be done with a run now. What may not is there too and says why. */
export function RunActions({ run, ws, again }: RunActionsProps) {
  const [cancelling, setCancelling] = useState(false);
  return (
    <>
      <CopyAs call={() => ({ method: 'GET', path: `/v1/runs/${run.id}` })} link />
      {isTerminal(run.status) ? (
        <>
          <Button
            icon={<RotateCcw size={15} aria-hidden="true" />}
            refused={refusalOf(run, 'retry_failed_items')}
            pending={again.isPending && again.variables === 'retry_failed_items'}
            onClick={() => again.mutate('retry_failed_items')}
          >
            {run.counts.failed > 0 ? `Retry ${run.counts.failed} failed` : 'Retry failed items'}
          </Button>
          <Button
            icon={<RotateCw size={15} aria-hidden="true" />}
            refused={refusalOf(run, 'replay')}
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
          refused={refusalOf(run, 'cancel')}
          onClick={() => setCancelling(true)}
        >
          {run.cancelRequestedAt === undefined ? 'Cancel' : 'Cancelling'}
        </Button>
      )}
      <CancelDialog run={run} open={cancelling} onClose={() => setCancelling(false)} />
      <AgainDialog again={again} ws={ws} />
    </>
  );
}

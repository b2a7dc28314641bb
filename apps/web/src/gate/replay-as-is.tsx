import type { Run } from '@signalbox/contracts/run/run';
import { Link } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { repeatedEffects } from '../operation/side-effects.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import { useStart } from './use-start.tsx';

/** The replay of work that no form of the console starts: with the input it had, or not at all. */
export function ReplayAsIs({ run, ws }: { run: Run; ws: string }) {
  const start = useStart(ws);
  const effects = repeatedEffects(run.operation);
  return (
    <section aria-label="Replay" className="panel grid max-w-160 gap-4 p-5">
      <p>
        {run.operationLabel}, run{' '}
        <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(run.id) }} className="link">
          #{run.id} {run.codename}
        </Link>
        , once more with the input it had. {effects}
      </p>
      {start.isError && <FaultLine error={start.error} />}
      {start.data && <OutcomePanel outcome={start.data} ws={ws} happened />}
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          icon={<RotateCw size={15} aria-hidden="true" />}
          pending={start.isPending}
          onClick={() =>
            start.mutate({ call: { kind: 'replay', body: { id: run.id } }, foretold: undefined })
          }
        >
          Replay
        </Button>
        <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(run.id) }} className={buttonClass()}>
          Back to the run
        </Link>
      </div>
    </section>
  );
}

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Status } from '../run/status.tsx';
import { Id } from '../ui/id.tsx';
import { Duration, Time } from '../ui/time.tsx';
import type { BatchView } from './batch-view.ts';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

/** Who asked for a batch, by which rules it goes, and what undoes it. */
export function BatchFacts({ batch, ws }: { batch: BatchView; ws: string }) {
  const { undo } = batch;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-5 gap-y-1.5 text-sm">
      <Fact name="Id">
        <Id id={batch.id} />
      </Fact>
      <Fact name="Asked by">
        {batch.requestedBy}, <Time at={batch.createdAt} hinted />
      </Fact>
      <Fact name="Duration">
        <Duration from={batch.createdAt} to={batch.finishedAt ?? null} />
      </Fact>
      <Fact name="Infra">{batch.infras.join(', ')}</Fact>
      <Fact name="At once">
        At most {batch.parallelLimit}; {batch.peakConcurrency} at the peak
      </Fact>
      <Fact name="Rollback">{batch.rollbackEnabled ? 'A failure undoes what was done' : 'Off'}</Fact>
      {undo !== undefined && (
        <Fact name="Undone by">
          {undo.run !== undefined && (
            <span className="inline-flex flex-wrap items-center gap-x-2">
              <Link
                to="/w/$ws/runs/$runId"
                params={{ ws, runId: String(undo.run.id) }}
                className="link inline-flex min-h-6 items-center"
              >
                Run #{undo.run.id}
              </Link>
              <Status status={undo.run.status} />
            </span>
          )}
          {undo.problem}
        </Fact>
      )}
      {batch.parentId !== undefined && (
        <Fact name="Retry of">
          <Link
            to="/w/$ws/batches/$batchId"
            params={{ ws, batchId: batch.parentId }}
            className="link inline-flex min-h-6 items-center"
          >
            An earlier batch
          </Link>
        </Fact>
      )}
      {batch.cancelledBy !== undefined && (
        <Fact name="Cancelled by">
          {batch.cancelledBy}
          {batch.cancelReason !== undefined && `: ${batch.cancelReason}`}
        </Fact>
      )}
    </dl>
  );
}

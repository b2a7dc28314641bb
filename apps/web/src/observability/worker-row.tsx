import type { Worker } from '@signalbox/contracts/observability/list-workers';
import type { WorkerState } from '@signalbox/domain/observability/worker-state';
import { Link } from '@tanstack/react-router';
import { Id } from '../ui/id.tsx';
import { Time } from '../ui/time.tsx';
import { WorkerSign } from './worker-sign.tsx';

/** One worker process: how it stands, what it is, and what it works on. */
export function WorkerRow({ worker, state, ws }: { worker: Worker; state: WorkerState; ws: string }) {
  const { slots, runs, tools } = worker;
  return (
    <li className="grid min-h-(--row) items-center gap-x-6 gap-y-1 px-4 py-2.5 sm:grid-cols-[6rem_minmax(0,1fr)_auto] lg:grid-cols-[6rem_minmax(0,1.2fr)_minmax(0,2fr)_9rem]">
      <WorkerSign state={state} />
      <span className="min-w-0">
        <span className="block truncate font-medium">{worker.host}</span>
        <span className="block text-sm text-muted">
          pid {worker.pid}, version {worker.version}, {slots} slots
          {tools.length > 0 && `, has ${tools.join(' and ')}`}
        </span>
        <Id id={worker.id} label="Copy worker id" most={22} />
      </span>
      <span className="min-w-0 max-lg:col-span-full">
        {runs.length === 0 ? (
          <span className="text-muted">{state === 'alive' ? 'Nothing of yours now' : '—'}</span>
        ) : (
          <ul className="flex flex-wrap gap-x-4">
            {runs.map((run) => (
              <li key={run.id}>
                <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(run.id) }} className="link">
                  #{run.id} {run.operationLabel}
                </Link>
                {run.tenant !== undefined && <span className="text-muted"> · {run.tenant}</span>}
              </li>
            ))}
          </ul>
        )}
      </span>
      <span className="text-sm text-muted">
        {worker.stoppedAt === undefined ? (
          <>
            Seen <Time at={worker.lastSeenAt} />
          </>
        ) : (
          <>
            Stopped <Time at={worker.stoppedAt} />
          </>
        )}
      </span>
    </li>
  );
}

import type { Worker } from '@signalbox/contracts/observability/list-workers';
import { type WorkerState, workerState } from '@signalbox/domain/observability/worker-state';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Server, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { trpc } from '../client/api.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { usePollWhenDown } from '../live/use-live.ts';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { Id } from '../ui/id.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { WorkerSign } from './worker-sign.tsx';

const route = getRouteApi('/w/$ws/workers');
const everyMs = 10_000;

/** What the entry means now: an answer that has grown old must not keep a silent worker green. */
function stateNow({ lastSeenAt, stoppedAt }: Worker, now: number): WorkerState {
  const stopped = stoppedAt === undefined ? null : new Date(stoppedAt);
  return workerState({ lastSeenAt: new Date(lastSeenAt), stoppedAt: stopped }, new Date(now));
}

function Warning({ children }: { children: ReactNode }) {
  return (
    <p className="panel flex items-start gap-3 border-l-4 border-l-caution px-4 py-3">
      <TriangleAlert size={18} className="mt-0.5 shrink-0 text-caution" aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

function Row({ worker, state, ws }: { worker: Worker; state: WorkerState; ws: string }) {
  return (
    <li className="grid min-h-(--row) items-center gap-x-6 gap-y-1 px-4 py-2.5 sm:grid-cols-[6rem_minmax(0,1fr)_auto] lg:grid-cols-[6rem_minmax(0,1.2fr)_minmax(0,2fr)_9rem]">
      <WorkerSign state={state} />
      <span className="min-w-0">
        <span className="block truncate font-medium">{worker.host}</span>
        <span className="block text-sm text-muted">
          pid {worker.pid}, version {worker.version}, {worker.slots} slots
        </span>
        <Id id={worker.id} label="Copy worker id" most={22} />
      </span>
      <span className="min-w-0 max-lg:col-span-full">
        {worker.runs.length === 0 ? (
          <span className="text-muted">{state === 'alive' ? 'Nothing of yours now' : '—'}</span>
        ) : (
          <ul className="flex flex-wrap gap-x-4">
            {worker.runs.map((run) => (
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

/** The worker processes: which are alive, and what they do. */
export function WorkersPage() {
  const { ws } = route.useParams();
  const now = useServerNow();
  const whenDown = usePollWhenDown();
  const query = useQuery(
    trpc.worker.list.queryOptions({}, { refetchInterval: whenDown === false ? everyMs : whenDown }),
  );
  if (query.isError && query.data === undefined) {
    return (
      <Page title="Workers">
        <FaultView error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const rows = query.data?.items.map((worker) => ({ worker, state: stateNow(worker, now) })) ?? [];
  const alive = rows.filter(({ state }) => state === 'alive').map(({ worker }) => worker);
  const versions = [...new Set(alive.map(({ version }) => version))].sort();
  return (
    <Page
      title="Workers"
      actions={
        query.data !== undefined && (
          <span className="text-sm text-muted tabular-nums">
            {alive.length} alive, {alive.reduce((sum, { slots }) => sum + slots, 0)} slots
          </span>
        )
      }
    >
      {query.isError && <FaultLine error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && alive.length === 0 && (
        <Warning>
          <strong className="font-semibold">No worker is running.</strong> Runs are admitted and stay queued
          until one starts. Start one with <code className="font-mono text-sm">npm run worker</code>; if one
          should be there, its log says why it is not.
        </Warning>
      )}
      {versions.length > 1 && (
        <Warning>
          <strong className="font-semibold">Workers of different versions are running</strong> (
          {versions.join(', ')}). That is fine during an update and should not last.
        </Warning>
      )}
      <div className="panel overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={3} />
        ) : rows.length === 0 ? (
          <Notice icon={<Server size={26} aria-hidden="true" />} title="No workers">
            A worker is the process that does the work of runs. None has ever reported here.
          </Notice>
        ) : (
          <ul aria-label="Workers" className="divide-y divide-line">
            {rows.map(({ worker, state }) => (
              <Row key={worker.id} worker={worker} state={state} ws={ws} />
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}

import type { Fleet } from '@signalbox/contracts/observability/get-fleet';
import type { Worker } from '@signalbox/contracts/observability/list-workers';
import { type WorkerState, workerState } from '@signalbox/domain/observability/worker-state';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { trpc } from '../client/api.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { usePollWhenDown } from '../live/use-live.ts';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { FleetBanners } from './fleet-banners.tsx';
import { FleetComponents } from './fleet-components.tsx';
import { FleetQueues } from './fleet-queues.tsx';
import { HealthSign } from './health-sign.tsx';
import { WorkerRow } from './worker-row.tsx';

const route = getRouteApi('/w/$ws/fleet');
const everyMs = 10_000;
/** An answer that is older says nothing about now, ms. */
const staleMs = 45_000;

/** What the entry means now: an answer that has grown old must not keep a silent worker green. */
function stateNow({ lastSeenAt, stoppedAt }: Worker, now: number): WorkerState {
  const stopped = stoppedAt === undefined ? null : new Date(stoppedAt);
  return workerState({ lastSeenAt: new Date(lastSeenAt), stoppedAt: stopped }, new Date(now));
}

function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="panel min-w-0 overflow-hidden">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 border-b border-line px-4 py-2">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        <span className="text-sm text-muted tabular-nums">{aside}</span>
      </div>
      {children}
    </section>
  );
}

function Panels({ fleet, ws }: { fleet: Fleet; ws: string }) {
  const now = useServerNow();
  const rows = fleet.workers.map((worker) => ({ worker, state: stateNow(worker, now) }));
  const alive = rows.filter(({ state }) => state === 'alive').map(({ worker }) => worker);
  const slots = alive.reduce((sum, { slots }) => sum + slots, 0);
  const stale = now - Date.parse(fleet.checkedAt) > staleMs;
  return (
    <>
      <FleetBanners alive={alive} missingTools={fleet.missingTools} />
      <Panel
        title="Health"
        aside={
          <>
            Checked <Time at={fleet.checkedAt} />
          </>
        }
      >
        <FleetComponents components={fleet.components} stale={stale} />
      </Panel>
      <Panel title="Workers" aside={`${alive.length} alive, ${slots} slots`}>
        {rows.length === 0 ? (
          <p className="px-4 py-4 text-muted">
            A worker is the process that does the work of runs. None has ever reported here.
          </p>
        ) : (
          <ul aria-label="Workers" className="divide-y divide-line">
            {rows.map(({ worker, state }) => (
              <WorkerRow key={worker.id} worker={worker} state={state} ws={ws} />
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="Queues" aside="Of the runs you may see">
        <FleetQueues queues={fleet.queues} ws={ws} />
      </Panel>
    </>
  );
}

function Overall({ fleet }: { fleet: Fleet }) {
  const now = useServerNow();
  return <HealthSign level={now - Date.parse(fleet.checkedAt) > staleMs ? 'Unknown' : fleet.overall} />;
}

/** How well the installation is, who works, and what waits. */
export function FleetPage() {
  const { ws } = route.useParams();
  const whenDown = usePollWhenDown();
  const { data, isError, error, refetch } = useQuery(
    trpc.fleet.get.queryOptions({}, { refetchInterval: whenDown === false ? everyMs : whenDown }),
  );
  if (isError && data === undefined) {
    return (
      <Page title="Fleet">
        <FaultView error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  return (
    <Page title="Fleet" actions={data !== undefined && <Overall fleet={data} />}>
      {isError && <FaultLine error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        <div className="panel overflow-hidden">
          <SkeletonRows rows={7} />
        </div>
      ) : (
        <Panels fleet={data} ws={ws} />
      )}
    </Page>
  );
}

import type { ComplianceSnapshot } from '@signalbox/contracts/inventory/compliance-snapshot';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { trpc } from '../client/api.ts';
import { FaultView } from '../ui/fault-view.tsx';
import { Pager } from '../ui/pager.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { ComplianceBar } from './compliance-bar.tsx';
import { complianceShares, compliantPercent } from './compliance-model.ts';
import { syncs } from './sync-of.ts';
import { SyncOffer, SyncStart } from './sync-offer.tsx';

const route = getRouteApi('/w/$ws/tenants/$tenantId');

function Earlier({ rows, ws }: { rows: readonly ComplianceSnapshot[]; ws: string }) {
  const states = [
    ...new Set(rows.flatMap(({ states }) => complianceShares(states).map(({ state }) => state))),
  ];
  const columns = complianceShares(Object.fromEntries(states.map((state) => [state, 1])));
  const cell = 'px-4 py-2 text-right tabular-nums whitespace-nowrap';
  return (
    <ScrollBox aria-label="Snapshots" className="overflow-x-auto border-t border-line">
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="eyebrow border-b border-line">
            <th scope="col" className="px-4 py-2 text-left whitespace-nowrap">
              Taken
            </th>
            <th scope="col" className={cell}>
              Devices
            </th>
            {columns.map(({ state, label }) => (
              <th key={state} scope="col" className={`${cell} first-letter:uppercase`}>
                {label}
              </th>
            ))}
            <th scope="col" className={cell}>
              Run
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ id, takenAt, devices, states: counts, runId }) => (
            <tr key={id} className="h-(--row)">
              <th scope="row" className="px-4 py-2 text-left font-normal">
                <Time at={takenAt} />
              </th>
              <td className={cell}>{devices.toLocaleString('en')}</td>
              {columns.map(({ state }) => (
                <td key={state} className={cell}>
                  {(counts[state] ?? 0).toLocaleString('en')}
                </td>
              ))}
              <td className={cell}>
                <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(runId) }} className="link">
                  #{runId}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** How the managed devices of the tenant stand, and how they stood before. */
export function ComplianceTab({ tenantId }: { tenantId: number }) {
  const { ws } = route.useParams();
  const { cursor } = route.useSearch();
  const query = useQuery(
    trpc.complianceSnapshot.list.queryOptions(
      { tenantId, limit: 25, ...(cursor && { cursor }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const rows = query.data?.items ?? [];
  const [newest] = rows;
  if (query.isPending) return <SkeletonRows rows={6} />;
  if (query.isError && query.data === undefined) {
    return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (newest === undefined && cursor === undefined)
    return <SyncOffer part="compliance" tenantId={tenantId} ws={ws} />;
  return (
    <>
      {cursor === undefined && newest !== undefined && (
        <section aria-label="Newest snapshot" className="grid gap-3 px-4 py-4">
          <div className="flex flex-wrap items-start justify-between gap-3">
            <p>
              <span className="text-2xl font-semibold tracking-tight tabular-nums">
                {compliantPercent(newest) ?? 'No devices'}
              </span>{' '}
              <span className="text-muted">
                {newest.devices > 0 && <>of {newest.devices.toLocaleString('en')} devices compliant, </>}
                taken <Time at={newest.takenAt} hinted />
              </span>
            </p>
            <SyncStart sync={syncs.compliance} tenantId={tenantId} ws={ws} />
          </div>
          <ComplianceBar snapshot={newest} />
        </section>
      )}
      <Earlier rows={rows} ws={ws} />
      {(cursor !== undefined || query.data?.nextCursor) && (
        <div className="border-t border-line px-4 py-3">
          <Pager cursor={cursor} next={query.data?.nextCursor} />
        </div>
      )}
    </>
  );
}

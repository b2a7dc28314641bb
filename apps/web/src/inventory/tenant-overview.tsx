import type { TenantDetail } from '@signalbox/contracts/workspace/tenant-detail';
import { activeStatuses } from '@signalbox/domain/run/lifecycle';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ClipboardCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { trpc } from '../client/api.ts';
import { Health } from '../connection/health.tsx';
import { Section } from '../connection/section.tsx';
import { usePollWhenDown } from '../live/use-live.ts';
import { sessionWord } from '../onboarding/session-words.ts';
import { Status } from '../run/status.tsx';
import { buttonClass } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { compliantPercent } from './compliance-model.ts';
import { syncs } from './sync-of.ts';
import { type TenantPart, tenantParts } from './tenant-page-search.ts';

const route = getRouteApi('/w/$ws/tenants/$tenantId');
const empty = 'px-4 py-3 text-muted';

interface OverviewProps {
  tenant: TenantDetail;
}

/** Whether the provider of the tenant can be reached, connection by connection. */
function Connections({ tenant: { id }, ws }: OverviewProps & { ws: string }) {
  const query = useQuery(
    trpc.connection.list.queryOptions({ tenantId: id, limit: 20 }, { refetchInterval: usePollWhenDown() }),
  );
  const search = { tenant: String(id) };
  return (
    <Section
      id="connections"
      title="Connections"
      actions={
        <Link
          to="/w/$ws/connections"
          params={{ ws }}
          search={search}
          className="link inline-flex min-h-6 items-center text-sm"
        >
          All of them
        </Link>
      }
    >
      {query.isPending && <SkeletonRows rows={2} />}
      {query.isError && query.data === undefined && (
        <div className="p-4">
          <FaultLine error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data?.items.length === 0 && (
        <p className={empty}>
          None: nothing can reach the provider of this tenant.{' '}
          <Link to="/w/$ws/connections" params={{ ws }} search={{ ...search, open: 'new' }} className="link">
            Add a connection
          </Link>
        </p>
      )}
      {query.data !== undefined && query.data.items.length > 0 && (
        <ul aria-label="Connections" className="divide-y divide-line">
          {query.data.items.map(({ id: connectionId, label, isDefault, enabled, health, healthReason }) => (
            <li
              key={connectionId}
              className="flex min-h-(--row) flex-wrap items-center gap-x-4 gap-y-0.5 px-4 py-1.5"
            >
              <Link
                to="/w/$ws/connections/$connectionId"
                params={{ ws, connectionId: String(connectionId) }}
                className="inline-flex min-h-6 min-w-0 items-center font-medium hover:underline"
              >
                <span className="truncate">{label}</span>
              </Link>
              {isDefault && <span className="text-sm text-muted">default</span>}
              <span className="flex min-w-0 flex-wrap items-center gap-x-3 sm:ml-auto">
                {healthReason !== undefined && enabled && (
                  <span className="text-sm text-muted">{healthReason.label}</span>
                )}
                {enabled ? (
                  <Health health={health} />
                ) : (
                  <span className="font-medium text-stop">Disabled</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Runs of the tenant that have not ended, and without any the newest that have. */
function Runs({ tenant: { id, activeRuns }, ws }: OverviewProps & { ws: string }) {
  const active = activeRuns > 0;
  const query = useQuery(
    trpc.run.list.queryOptions(
      { tenantId: id, limit: 5, ...(active && { status: activeStatuses.join(',') }) },
      { refetchInterval: usePollWhenDown() },
    ),
  );
  return (
    <Section
      id="runs"
      title={active ? `Active runs: ${activeRuns}` : 'Newest runs'}
      actions={
        <Link
          to="/w/$ws/runs"
          params={{ ws }}
          search={{ tenant: String(id), ...(active && { status: activeStatuses.join(',') }) }}
          className="link inline-flex min-h-6 items-center text-sm"
        >
          All of them
        </Link>
      }
    >
      {query.isPending && <SkeletonRows rows={3} />}
      {query.isError && query.data === undefined && (
        <div className="p-4">
          <FaultLine error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data?.items.length === 0 && <p className={empty}>None yet.</p>}
      {query.data !== undefined && query.data.items.length > 0 && (
        <ul aria-label="Runs" className="divide-y divide-line">
          {query.data.items.map((run) => (
            <li
              key={run.id}
              className="flex min-h-(--row) flex-wrap items-center gap-x-4 gap-y-0.5 px-4 py-1.5"
            >
              <Link
                to="/w/$ws/runs/$runId"
                params={{ ws, runId: String(run.id) }}
                className="inline-flex min-h-6 min-w-0 items-center gap-2 hover:underline"
              >
                <span className="truncate">{run.operationLabel}</span>
                <span className="font-mono text-xs text-faint">#{run.id}</span>
              </Link>
              <span className="flex items-center gap-x-4 text-sm text-muted sm:ml-auto">
                <Status status={run.status} waitCause={run.reasonCode ?? null} meaning="title" />
                <Time at={run.finishedAt ?? run.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What is known of one kind of thing, and when it was last read. */
function KnownRow({ tenant, part, ws }: OverviewProps & { part: TenantPart; ws: string }) {
  const { operation, things } = syncs[part];
  const query = useQuery(
    trpc.run.list.queryOptions({ tenantId: tenant.id, operation, status: 'succeeded,partial', limit: 1 }),
  );
  const { groups, roleDefinitions, policies, compliance } = tenant.inventory;
  const counts: Record<TenantPart, ReactNode> = {
    groups: groups.toLocaleString('en'),
    roles: roleDefinitions.toLocaleString('en'),
    policies: policies.toLocaleString('en'),
    compliance: compliance === undefined ? '0' : (compliantPercent(compliance) ?? 'no devices'),
  };
  const last = query.data?.items[0];
  return (
    <div className="flex min-h-(--row) flex-wrap items-center justify-between gap-x-4 px-4 py-1.5">
      <dt>
        <Link
          to="/w/$ws/tenants/$tenantId"
          params={{ ws, tenantId: String(tenant.id) }}
          search={{ part }}
          className="inline-flex min-h-6 items-center gap-2 hover:underline"
        >
          <span className="font-semibold tabular-nums">{counts[part]}</span>
          {part === 'compliance' && compliance !== undefined ? 'of devices compliant' : things}
        </Link>
      </dt>
      <dd className="text-sm text-muted">
        {last?.finishedAt !== undefined ? (
          <>
            synced <Time at={last.finishedAt} /> by{' '}
            <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(last.id) }} className="link">
              #{last.id}
            </Link>
          </>
        ) : (
          query.isSuccess && 'not synced yet'
        )}
      </dd>
    </div>
  );
}

/** How far the newest onboarding of the tenant has come, with the way to it. */
function Onboarding({ tenant: { id }, ws }: OverviewProps & { ws: string }) {
  const query = useQuery(trpc.onboarding.list.queryOptions({ tenantId: id, limit: 1 }));
  const session = query.data?.items[0];
  return (
    <Section id="onboarding" title="Onboarding">
      <div className="grid gap-3 px-4 py-3">
        {session === undefined ? (
          <p className="text-muted">
            Step by step: identify the tenant, connect it, consent, verify each task, and sync for the first
            time.
          </p>
        ) : (
          <p>
            <span className="font-medium">{sessionWord(session.status)}</span>{' '}
            <span className="text-muted">
              at step {session.step} of 5, last changed <Time at={session.updatedAt} />
            </span>
          </p>
        )}
        <Link
          to="/w/$ws/onboarding/$tenantId"
          params={{ ws, tenantId: String(id) }}
          className={`${buttonClass()} justify-self-start`}
        >
          <ClipboardCheck size={15} aria-hidden="true" />
          Open the onboarding
        </Link>
      </div>
    </Section>
  );
}

/** Where the tenant stands: can it be reached, what is under way, what is known of it and since when. */
export function TenantOverview({ tenant }: OverviewProps) {
  const { ws } = route.useParams();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid min-w-0 gap-4">
        <Connections tenant={tenant} ws={ws} />
        <Runs tenant={tenant} ws={ws} />
      </div>
      <div className="grid min-w-0 gap-4">
        <Section id="known" title="What is known">
          <dl className="divide-y divide-line">
            {tenantParts.map((part) => (
              <KnownRow key={part} tenant={tenant} part={part} ws={ws} />
            ))}
          </dl>
        </Section>
        <Onboarding tenant={tenant} ws={ws} />
      </div>
    </div>
  );
}

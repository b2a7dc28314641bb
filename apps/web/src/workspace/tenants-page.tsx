import type { Connection } from '@signalbox/contracts/connection/connection';
import type { Tenant } from '@signalbox/contracts/workspace/tenant';
import { activeStatuses } from '@signalbox/domain/run/lifecycle';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Building2, Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useCan } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { worstHealth } from '../connection/connection-model.ts';
import { Health } from '../connection/health.tsx';
import { StartButton } from '../gate/start-button.tsx';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { StepLink } from '../ui/step-link.tsx';

const NewTenant = lazy(async () => ({ default: (await import('./new-tenant.tsx')).NewTenant }));

const route = getRouteApi('/w/$ws/tenants');

const columns =
  'lg:grid-cols-[minmax(0,2fr)_minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1fr)_6.5rem] lg:items-center lg:gap-x-6';

interface TenantRowProps {
  tenant: Tenant;
  /** Its connections; undefined while they are on their way or when not all could be asked for. */
  connections: readonly Connection[] | undefined;
  ws: string;
}

function TenantRow({ tenant, connections, ws }: TenantRowProps) {
  const { id, name, externalId } = tenant;
  const worst = connections === undefined ? null : worstHealth(connections);
  return (
    <li className={`grid gap-y-1.5 px-4 py-2.5 hover:bg-hover ${columns}`}>
      <div className="min-w-0">
        <StepLink
          href={`/w/${ws}/tenants/${id}`}
          className="block min-h-6 truncate font-medium hover:underline"
        >
          {name}
        </StepLink>
        <span className="block truncate font-mono text-xs text-faint">{externalId}</span>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-3">
        {tenant.connections === 0 ? (
          <Link
            to="/w/$ws/connections"
            params={{ ws }}
            search={{ tenant: String(id) }}
            className="inline-flex min-h-6 items-center text-muted hover:underline"
          >
            No connection
          </Link>
        ) : (
          <Link
            to="/w/$ws/connections"
            params={{ ws }}
            search={{ tenant: String(id) }}
            className="link inline-flex min-h-6 items-center"
          >
            {tenant.connections} {tenant.connections === 1 ? 'connection' : 'connections'}
          </Link>
        )}
        {worst !== null && <Health health={worst} />}
      </div>
      <Link
        to="/w/$ws/runs"
        params={{ ws }}
        search={{ tenant: String(id), status: activeStatuses.join(',') }}
        className="inline-flex min-h-6 items-center text-sm text-muted hover:underline"
      >
        {tenant.activeRuns === 0 ? 'No active run' : `${tenant.activeRuns} active`}
      </Link>
      <Link
        to="/w/$ws/backup-sets"
        params={{ ws }}
        search={{ tenant: String(id) }}
        className="inline-flex min-h-6 items-center text-sm text-muted hover:underline"
      >
        {tenant.backupSets} {tenant.backupSets === 1 ? 'backup set' : 'backup sets'}
      </Link>
      <div className="lg:justify-self-end">
        <StartButton size="small" target={{ surface: 'tenant', tenantId: id }} on={name} />
      </div>
    </li>
  );
}

/** The environments that Signalbox manages here, and where each stands. */
export function TenantsPage() {
  const { ws } = route.useParams();
  const { cursor, open } = route.useSearch();
  const navigate = route.useNavigate();
  const manage = useCan('tenant.manage');
  const refused = manage ? null : 'You lack the capability tenant.manage. Managers hold it.';
  const query = useQuery(
    trpc.tenant.list.queryOptions(
      { limit: 50, ...(cursor !== undefined && { cursor }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const connections = useQuery(trpc.connection.list.queryOptions({ limit: 200 }));
  const all = connections.data?.nextCursor == null ? connections.data?.items : undefined;
  const rows = query.data?.items ?? [];
  const ask = (next: 'new' | undefined) =>
    void navigate({ search: (old) => ({ ...old, open: next }), replace: true });
  return (
    <Page
      title="Tenants"
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: '/v1/tenants' })} link />
          <ActionButton
            icon={<Plus size={15} aria-hidden="true" />}
            refused={refused}
            onClick={() => ask('new')}
          >
            New tenant
          </ActionButton>
        </>
      }
    >
      <section aria-label="All tenants" className="panel min-w-0 overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={5} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            icon={<Building2 size={26} aria-hidden="true" />}
            title="No tenants yet"
            actions={
              <Button look="primary" refused={refused} onClick={() => ask('new')}>
                Add the first tenant
              </Button>
            }
          >
            A tenant is an environment that you manage, such as a customer’s Microsoft 365. Runs, backup sets
            and provider connections belong to one.
          </Notice>
        ) : (
          <>
            <div
              aria-hidden="true"
              className={`eyebrow hidden border-b border-line px-4 py-2 lg:grid ${columns}`}
            >
              <span>Tenant</span>
              <span>Connections</span>
              <span>Runs</span>
              <span>Backup sets</span>
              <span />
            </div>
            <ul
              aria-label="Tenants"
              className={`divide-y divide-line ${query.isPlaceholderData ? 'opacity-60' : ''}`}
            >
              {rows.map((tenant) => (
                <TenantRow
                  key={tenant.id}
                  tenant={tenant}
                  connections={all?.filter((one) => one.tenant?.id === tenant.id)}
                  ws={ws}
                />
              ))}
            </ul>
          </>
        )}
      </section>
      <Pager cursor={cursor} next={query.data?.nextCursor} />
      {open === 'new' && manage && (
        <Suspense>
          <NewTenant ws={ws} onClose={() => ask(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}

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
import { useShortcut } from '../keyboard/use-shortcut.ts';
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

const quietLink = 'inline-flex min-h-6 items-center text-sm text-muted hover:text-ink hover:underline';

function counted(count: number, one: string): string {
  return count === 0 ? `No ${one}` : `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}

interface TenantRowProps {
  tenant: Tenant;
  /** Its connections; undefined while they are on their way or when not all could be asked for. */
  connections: readonly Connection[] | undefined;
  ws: string;
}

function TenantRow({ tenant, connections, ws }: TenantRowProps) {
  const { id, name, externalId } = tenant;
  const worst = connections === undefined ? null : worstHealth(connections);
  const search = { tenant: String(id) };
  return (
    <li
      className={`grid gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-hover max-lg:grid-cols-[minmax(0,1fr)_auto] ${columns}`}
    >
      <div className="min-w-0">
        <StepLink
          href={`/w/${ws}/tenants/${id}`}
          className="block min-h-6 truncate font-medium hover:underline"
        >
          {name}
        </StepLink>
        <span className="block truncate font-mono text-xs text-faint">{externalId}</span>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 max-lg:col-span-2">
        <Link to="/w/$ws/connections" params={{ ws }} search={search} className={quietLink}>
          {counted(tenant.connections, 'connection')}
        </Link>
        {worst !== null && <Health health={worst} />}
      </div>
      {/* Beside one another where the row is a card. */}
      <div className="contents max-lg:col-span-2 max-lg:flex max-lg:flex-wrap max-lg:gap-x-4">
        <Link
          to="/w/$ws/runs"
          params={{ ws }}
          search={{ ...search, status: activeStatuses.join(',') }}
          className={quietLink}
        >
          {counted(tenant.activeRuns, 'active run')}
        </Link>
        <Link to="/w/$ws/backup-sets" params={{ ws }} search={search} className={quietLink}>
          {counted(tenant.backupSets, 'backup set')}
        </Link>
      </div>
      <div className="max-lg:row-start-1 max-lg:col-start-2 lg:justify-self-end">
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
  useShortcut({ keys: 'a', label: 'Add a tenant', group: 'Tenants', when: manage }, () => ask('new'));
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

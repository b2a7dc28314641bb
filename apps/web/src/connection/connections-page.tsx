import type { UsedConnection } from '@signalbox/contracts/connection/connection';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Cable, Plus, Server } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useCan } from '../access/session.ts';
import { queryClient, trpc } from '../client/api.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { usePollWhenDown } from '../live/use-live.ts';
import { useRunHints } from '../live/use-run-hints.ts';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TenantFilter } from '../ui/tenant-filter.tsx';
import { lackingManage, needsDefault } from './connection-model.ts';
import { ConnectionRow, connectionColumns } from './connection-row.tsx';
import { connectionsInput } from './connections-search.ts';
import { MakeDefault } from './make-default.tsx';

const NewConnection = lazy(async () => ({ default: (await import('./new-connection.tsx')).NewConnection }));
const NewServerConnection = lazy(async () => ({
  default: (await import('./new-server-connection.tsx')).NewServerConnection,
}));

const route = getRouteApi('/w/$ws/connections');

/** How connections answer that there are none: yet, of the tenant, or that fit the filter. */
function NoConnections({ onNew, refused }: { onNew: () => void; refused: string | null }) {
  const { tenant, only } = route.useSearch();
  const navigate = route.useNavigate();
  if (only !== undefined) {
    return (
      <Notice
        icon={<Cable size={26} aria-hidden="true" />}
        title="No unhealthy connection"
        actions={
          <Button onClick={() => void navigate({ search: (old) => ({ ...old, only: undefined }) })}>
            Show them all
          </Button>
        }
      >
        Every enabled connection that you may see{tenant === undefined ? '' : ' of this tenant'} was checked
        and works.
      </Notice>
    );
  }
  return (
    <Notice
      icon={<Cable size={26} aria-hidden="true" />}
      title={tenant === undefined ? 'No connections yet' : 'This tenant has no connection'}
      actions={
        <ActionButton look="primary" refused={refused} onClick={onNew}>
          {tenant === undefined ? 'Add the first connection' : 'Add a connection'}
        </ActionButton>
      }
    >
      A provider connection holds what Signalbox needs to work on a tenant: a client id, its secret, and the
      consent of an administrator.
    </Notice>
  );
}

function Rows({ rows, ws }: { rows: readonly UsedConnection[]; ws: string }) {
  const undecided = needsDefault(rows);
  return (
    <>
      <div
        aria-hidden="true"
        className={`eyebrow hidden border-b border-line px-4 py-2 lg:grid ${connectionColumns}`}
      >
        <span>Connection</span>
        <span>Tenant</span>
        <span>Health</span>
        <span>Scope</span>
        <span>Last verified</span>
        <span />
      </div>
      <ul aria-label="Connections" className="divide-y divide-line">
        {rows.map((connection) => (
          <ConnectionRow
            key={connection.id}
            connection={connection}
            ws={ws}
            actions={undecided.has(connection.id) && <MakeDefault connection={connection} size="small" />}
          />
        ))}
      </ul>
    </>
  );
}

/** How Signalbox reaches the providers of tenants and of servers, whether that works, and who works through them now. */
export function ConnectionsPage() {
  const { ws } = route.useParams();
  const search = route.useSearch();
  const { tenant, only, open, cursor } = search;
  const navigate = route.useNavigate();
  const manage = useCan('connection.manage');
  const refused = manage ? null : lackingManage;
  const query = useQuery(
    trpc.connection.list.queryOptions(connectionsInput(search), {
      placeholderData: keepPreviousData,
      refetchInterval: usePollWhenDown(),
    }),
  );
  // A run that begins takes a scope, one that ends frees it and may have written what it found.
  useRunHints(
    ({ connectionId }) => connectionId !== undefined,
    () => void queryClient.invalidateQueries({ queryKey: trpc.connection.list.queryKey() }),
  );
  const rows = query.data?.items ?? [];
  const ask = (next: 'new' | 'servers' | undefined) =>
    void navigate({ search: (old) => ({ ...old, open: next }), replace: true });
  useShortcut({ keys: 'a', label: 'Add a connection', group: 'Connections', when: manage }, () => ask('new'));
  return (
    <Page
      title="Connections"
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: '/v1/connections' })} link />
          <ActionButton
            icon={<Server size={15} aria-hidden="true" />}
            refused={refused}
            onClick={() => ask('servers')}
          >
            Connect servers
          </ActionButton>
          <ActionButton
            icon={<Plus size={15} aria-hidden="true" />}
            refused={refused}
            onClick={() => ask('new')}
          >
            New connection
          </ActionButton>
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <TenantFilter
          tenant={tenant}
          onChange={(next) =>
            void navigate({ search: (old) => ({ ...old, tenant: next, cursor: undefined }) })
          }
        />
        <Button
          aria-pressed={only === 'unhealthy'}
          className="h-9 aria-pressed:border-accent aria-pressed:bg-accent-soft"
          onClick={() =>
            void navigate({
              search: (old) => ({
                ...old,
                only: only === undefined ? ('unhealthy' as const) : undefined,
                cursor: undefined,
              }),
            })
          }
        >
          Unhealthy only
        </Button>
      </div>
      <section aria-label="All connections" className="panel min-w-0 overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={5} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <NoConnections onNew={() => ask('new')} refused={refused} />
        ) : (
          <div className={query.isPlaceholderData ? 'opacity-60' : ''}>
            <Rows rows={rows} ws={ws} />
          </div>
        )}
      </section>
      <Pager cursor={cursor} next={query.data?.nextCursor} />
      {open === 'new' && manage && (
        <Suspense>
          <NewConnection key={tenant} ws={ws} tenant={tenant} onClose={() => ask(undefined)} />
        </Suspense>
      )}
      {open === 'servers' && manage && (
        <Suspense>
          <NewServerConnection ws={ws} onClose={() => ask(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}

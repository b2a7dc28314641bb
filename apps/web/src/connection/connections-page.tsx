import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Cable } from 'lucide-react';
import { trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TenantFilter } from '../ui/tenant-filter.tsx';
import { Time } from '../ui/time.tsx';
import { consentWord, credentialWord, Health } from './health.tsx';

const route = getRouteApi('/w/$ws/connections');

/** How Signalbox reaches the providers of its tenants, and whether that works. */
export function ConnectionsPage() {
  const { ws } = route.useParams();
  const { tenant, only } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(
    trpc.connection.list.queryOptions({
      limit: 200,
      ...(tenant === undefined ? {} : { tenantId: Number(tenant) }),
      ...(only === undefined ? {} : { only }),
    }),
  );
  const rows = query.data?.items ?? [];
  return (
    <Page title="Connections">
      <div className="flex flex-wrap items-center gap-2">
        <TenantFilter
          tenant={tenant}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, tenant: next }) })}
        />
        <Button
          aria-pressed={only === 'unhealthy'}
          className="h-9 aria-pressed:border-accent aria-pressed:bg-accent-soft"
          onClick={() =>
            void navigate({
              search: (old) => ({ ...old, only: only === undefined ? ('unhealthy' as const) : undefined }),
            })
          }
        >
          Unhealthy only
        </Button>
      </div>
      <div className="panel overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={5} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            icon={<Cable size={26} aria-hidden="true" />}
            title={only === undefined ? 'No connections' : 'No unhealthy connection'}
          >
            {only === undefined
              ? 'A provider connection holds what Signalbox needs to work on a tenant. There is none you may see yet.'
              : 'Every enabled connection that you may see was checked and works.'}
          </Notice>
        ) : (
          <ul className="divide-y divide-line">
            {rows.map((connection) => (
              <li
                key={connection.id}
                className="relative grid min-h-(--row) items-center gap-x-6 gap-y-1 px-4 py-2.5 hover:bg-hover sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_9rem] lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_9rem_minmax(0,1.5fr)_9rem]"
              >
                <Link
                  to="/w/$ws/connections/$connectionId"
                  params={{ ws, connectionId: String(connection.id) }}
                  className="truncate font-medium after:absolute after:inset-0"
                >
                  {connection.label}
                  {connection.isDefault && (
                    <span className="ml-2 text-xs font-normal text-faint">default</span>
                  )}
                </Link>
                <span className="truncate text-muted">{connection.tenant?.name ?? 'No tenant'}</span>
                {connection.enabled ? (
                  <Health health={connection.health} />
                ) : (
                  <span className="text-faint">Disabled</span>
                )}
                <span className="text-sm text-muted max-lg:hidden">
                  {connection.healthReason?.label ??
                    (connection.consent === 'granted'
                      ? `Credential ${credentialWord(connection.credential)}`
                      : `Consent ${consentWord(connection.consent)}`)}
                </span>
                <span className="text-sm text-muted max-lg:hidden">
                  {connection.checkedAt ? (
                    <>
                      Checked <Time at={connection.checkedAt} />
                    </>
                  ) : (
                    'Never checked'
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}

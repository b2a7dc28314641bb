import type { TenantDetail } from '@signalbox/contracts/workspace/tenant-detail';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { UnknownPage } from '../app/unknown-page.tsx';
import { queryClient, trpc } from '../client/api.ts';
import { StartButton } from '../gate/start-button.tsx';
import { usePollWhenDown } from '../live/use-live.ts';
import { useRunHints } from '../live/use-run-hints.ts';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Id } from '../ui/id.tsx';
import { numericId } from '../ui/numeric-id.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock, SkeletonRows } from '../ui/skeleton.tsx';
import { TenantOverview } from './tenant-overview.tsx';
import { type TenantPart, tenantParts } from './tenant-page-search.ts';

const route = getRouteApi('/w/$ws/tenants/$tenantId');

type Part = ComponentType<{ tenantId: number }>;

const parts: Record<TenantPart, { readonly label: string; readonly Part: Part }> = {
  groups: {
    label: 'Groups',
    Part: lazy(async () => ({ default: (await import('./groups-tab.tsx')).GroupsTab })),
  },
  roles: {
    label: 'Roles',
    Part: lazy(async () => ({ default: (await import('./roles-tab.tsx')).RolesTab })),
  },
  policies: {
    label: 'Policies',
    Part: lazy(async () => ({ default: (await import('./policies-tab.tsx')).PoliciesTab })),
  },
  compliance: {
    label: 'Compliance',
    Part: lazy(async () => ({ default: (await import('./compliance-tab.tsx')).ComplianceTab })),
  },
};

/** One tenant: whether it can be reached, what is under way, and what is known of it. */
export function TenantPage() {
  const { tenantId } = route.useParams();
  const id = numericId(tenantId);
  return id === null ? <UnknownPage /> : <Loading key={id} id={id} />;
}

function Loading({ id }: { id: number }) {
  const query = useQuery(trpc.tenant.get.queryOptions({ id }, { refetchInterval: usePollWhenDown() }));
  const again = (...lists: readonly { pathKey: () => readonly unknown[] }[]) => {
    for (const list of lists) void queryClient.invalidateQueries({ queryKey: list.pathKey() });
  };
  useRunHints(
    ({ tenantId }) => tenantId === id,
    () => again(trpc.tenant, trpc.connection, trpc.run),
  );
  // What a sync reads is shown when it has ended, and does not move under its reader meanwhile.
  useRunHints(
    ({ tenantId, finishedAt }) => tenantId === id && finishedAt !== undefined,
    () => again(trpc.group, trpc.roleDefinition, trpc.policy, trpc.complianceSnapshot),
  );
  if (query.data !== undefined) return <Detail tenant={query.data} />;
  if (query.isError) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Page title="Tenant">
      <SkeletonBlock className="h-96" />
    </Page>
  );
}

/** How many of each are there, for the tabs; a snapshot is no number of things. */
function countOf({ inventory }: TenantDetail, part: TenantPart): number | null {
  const { groups, roleDefinitions, policies } = inventory;
  return { groups, roles: roleDefinitions, policies, compliance: null }[part];
}

function Detail({ tenant }: { tenant: TenantDetail }) {
  const { ws } = route.useParams();
  const { part } = route.useSearch();
  const { id, name, externalId } = tenant;
  const shown = part === undefined ? null : parts[part];
  const tab =
    '-mb-px flex h-10 items-center gap-1.5 border-b-2 border-transparent px-2.5 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink';
  return (
    <Page
      title={name}
      trail={
        <Link to="/w/$ws/tenants" params={{ ws }} className="link">
          Tenants
        </Link>
      }
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: `/v1/tenants/${id}` })} link />
          <StartButton target={{ surface: 'tenant', tenantId: id }} on={name} />
        </>
      }
    >
      <div className="-mt-3 flex flex-wrap items-center gap-x-4">
        <Id id={externalId} label="Copy the external id" most={60} />
        <span className="text-sm text-faint">tenant #{id}</span>
      </div>
      <nav
        aria-label="Parts of the tenant"
        className="flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line"
      >
        {([undefined, ...tenantParts] as const).map((each) => {
          const count = each === undefined ? null : countOf(tenant, each);
          return (
            <Link
              key={each ?? 'overview'}
              to="/w/$ws/tenants/$tenantId"
              params={{ ws, tenantId: String(id) }}
              search={each === undefined ? {} : { part: each }}
              resetScroll={false}
              activeOptions={{ exact: true, includeSearch: true }}
              aria-current={part === each ? 'page' : undefined}
              className={tab}
            >
              {each === undefined ? 'Overview' : parts[each].label}
              {count !== null && count > 0 && (
                <span className="text-xs font-normal text-faint tabular-nums">
                  {count.toLocaleString('en')}
                </span>
              )}
            </Link>
          );
        })}
      </nav>
      {shown === null || part === undefined ? (
        <TenantOverview tenant={tenant} />
      ) : (
        <section aria-label={shown.label} className="panel min-w-0 overflow-hidden">
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <shown.Part key={part} tenantId={id} />
          </Suspense>
        </section>
      )}
    </Page>
  );
}

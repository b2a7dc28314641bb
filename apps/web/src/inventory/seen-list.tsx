import type { UseQueryResult } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { buttonClass } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Select } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Pager } from '../ui/pager.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { syncs } from './sync-of.ts';
import { SyncOffer, SyncStart } from './sync-offer.tsx';
import type { TenantPart } from './tenant-page-search.ts';

const route = getRouteApi('/w/$ws/tenants/$tenantId');

/** What each choice about removed things is called. */
const presence = { without: 'Present', with: 'Present and removed', only: 'Removed only' } as const;
type Presence = keyof typeof presence;

interface SeenListProps<T extends { readonly id: number }> {
  part: TenantPart;
  tenantId: number;
  query: UseQueryResult<{ items: T[]; nextCursor: string | null }, unknown>;
  /** What the list shows when the URL does not say. */
  habit: Presence;
  /** Further choices beside the search. */
  filters?: ReactNode;
  /** Whether one of them narrows the list. */
  narrowed?: boolean;
  head: ReactNode;
  row: (thing: T) => ReactNode;
}

/** What the address asks of a list of a tenant. */
export function useSeenAsk(tenantId: number) {
  const { text, removed, cursor } = route.useSearch();
  return {
    ...{ tenantId, limit: 100 },
    ...(text && { search: text }),
    ...(removed && { removed }),
    ...(cursor && { cursor }),
  };
}

/** What stands over the columns where there are any; every row says for itself what is in it. */
export function SeenHead({ columns, names }: { columns: string; names: readonly string[] }) {
  return (
    <div aria-hidden="true" className={`eyebrow hidden border-b border-line px-4 py-2 lg:grid ${columns}`}>
      {names.map((name) => (
        <span key={name}>{name}</span>
      ))}
    </div>
  );
}

/** A list of what was seen at a tenant's provider, with its search, its removed ones and the sync that fills it. */
export function SeenList<T extends { readonly id: number }>(props: SeenListProps<T>) {
  const { part, tenantId, query, habit, filters, narrowed = false, head, row } = props;
  const { ws } = route.useParams();
  const { text, removed = habit, cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const sync = syncs[part];
  const rows = query.data?.items ?? [];
  const filtered = narrowed || text !== undefined || removed !== habit;
  const choose = (value: string) =>
    void navigate({
      search: (old) => ({
        ...old,
        removed: value === habit ? undefined : (value as Presence),
        cursor: undefined,
      }),
      resetScroll: false,
    });
  if (rows.length === 0 && query.isSuccess && !filtered && cursor === undefined) {
    return <SyncOffer part={part} tenantId={tenantId} ws={ws} />;
  }
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-3">
        <search className="flex min-w-0 flex-wrap gap-2 max-sm:w-full">
          <SearchBox
            label={`Find ${sync.things} by name`}
            placeholder="Part of a name"
            text={text}
            onText={(wanted) =>
              void navigate({
                search: (old) => ({ ...old, text: wanted, cursor: undefined }),
                replace: true,
                resetScroll: false,
              })
            }
          />
          <Select
            aria-label="Present or removed"
            className="h-9 w-full sm:w-52"
            value={removed}
            onChange={({ target }) => choose(target.value)}
          >
            {(Object.keys(presence) as Presence[]).map((each) => (
              <option key={each} value={each}>
                {presence[each]}
              </option>
            ))}
          </Select>
          {filters}
        </search>
        <SyncStart sync={sync} tenantId={tenantId} ws={ws} />
      </div>
      {query.isPending ? (
        <SkeletonRows rows={8} />
      ) : query.isError && query.data === undefined ? (
        <FaultView error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Notice
          title={`No ${sync.things} match`}
          actions={
            <Link
              to="/w/$ws/tenants/$tenantId"
              params={{ ws, tenantId: String(tenantId) }}
              search={{ part }}
              className={buttonClass()}
            >
              Clear the filter
            </Link>
          }
        >
          {text === undefined ? 'Nothing seen at the provider fits the filter.' : `No name holds “${text}”.`}
        </Notice>
      ) : (
        <div className={query.isPlaceholderData ? 'opacity-60' : ''}>
          {head}
          <ul aria-label={sync.things} className="divide-y divide-line">
            {rows.map((thing) => row(thing))}
          </ul>
        </div>
      )}
      {(cursor !== undefined || query.data?.nextCursor) && (
        <div className="border-t border-line px-4 py-3">
          <Pager cursor={cursor} next={query.data?.nextCursor} />
        </div>
      )}
    </>
  );
}

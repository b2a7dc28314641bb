import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus, ScanSearch } from 'lucide-react';
import { UnknownPage } from '../app/unknown-page.tsx';
import { api, trpc } from '../client/api.ts';
import { kindLabel } from '../operation/kind-label.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { numericId } from '../ui/numeric-id.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';

const route = getRouteApi('/w/$ws/backup-sets/$setId');

/** One backup set and the policy versions in it. */
export function BackupSetPage() {
  const { setId } = route.useParams();
  const id = numericId(setId);
  return id === null ? <UnknownPage /> : <BackupSetDetail key={id} id={id} />;
}

function Items({ id }: { id: number }) {
  const query = useInfiniteQuery({
    queryKey: ['backup-set-items', id],
    // Asked by hand: the client's own infinite query sends a `direction`, which the contract does not know.
    queryFn: ({ pageParam }) =>
      api.backupSet.items.query({ id, limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <SkeletonRows rows={6} />;
  if (query.isError && items.length === 0) {
    return (
      <div className="p-4">
        <FaultLine error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  if (items.length === 0) return <Notice title="Empty">Add policies to this set with a run.</Notice>;
  return (
    <>
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <li
            key={item.id}
            className="flex min-h-(--row) flex-wrap items-center gap-x-4 gap-y-0.5 px-4 py-2 sm:grid sm:gap-x-6 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_4rem_8rem_9rem]"
          >
            <span className="truncate max-sm:w-full">{item.name}</span>
            <span className="text-sm text-muted">{kindLabel(item.kind)}</span>
            <span className="text-sm text-muted">v{item.version}</span>
            <span className="text-sm text-muted">
              {item.assignments} {item.assignments === 1 ? 'assignment' : 'assignments'}
            </span>
            <span className="text-sm text-muted">
              <Time at={item.capturedAt} />
            </span>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function BackupSetDetail({ id }: { id: number }) {
  const { ws } = route.useParams();
  const query = useQuery(trpc.backupSet.get.queryOptions({ id }, { staleTime: 0 }));
  if (query.isError && query.data === undefined) {
    return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  }
  const set = query.data;
  const start = { tenant: String(set?.tenant.id ?? ''), set: String(id) };
  return (
    <Page
      title={set?.name ?? 'Backup set'}
      heading={
        <>
          {set?.name ?? 'Backup set'}
          {set && <span className="font-normal text-muted"> · {set.tenant.name}</span>}
        </>
      }
      trail={
        <Link to="/w/$ws/backup-sets" params={{ ws }} className="link">
          Backup sets
        </Link>
      }
      actions={
        set && (
          <>
            <Link
              to="/w/$ws/start"
              params={{ ws }}
              search={{ ...start, operation: 'backup_set_add_policies' }}
              className={buttonClass('plain')}
            >
              <Plus size={15} aria-hidden="true" />
              Add policies
            </Link>
            <Link
              to="/w/$ws/start"
              params={{ ws }}
              search={{ ...start, operation: 'restore_preview' }}
              className={buttonClass('plain')}
            >
              <ScanSearch size={15} aria-hidden="true" />
              Preview a restore
            </Link>
          </>
        )
      }
    >
      {set && (
        <p className="text-muted">
          {set.items} {set.items === 1 ? 'item' : 'items'},{' '}
          {set.complete ? 'complete' : <span className="font-medium text-caution">incomplete</span>}
          {set.lastRunId !== undefined && (
            <>
              , last added to by{' '}
              <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(set.lastRunId) }} className="link">
                run #{set.lastRunId}
              </Link>
            </>
          )}
          .
        </p>
      )}
      <section aria-label="Items" className="panel overflow-hidden">
        <Items id={id} />
      </section>
    </Page>
  );
}

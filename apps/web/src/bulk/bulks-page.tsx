import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { Button, buttonClass } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { bulksQuery } from './bulk-queries.ts';
import type { BulkView } from './bulk-view.ts';
import { actionWords, itemStatuses, itemStatusView, runsWords } from './bulk-words.ts';
import { useBulkPoll } from './use-bulk-poll.ts';

const route = getRouteApi('/w/$ws/bulk');

function Row({ bulk, ws }: { bulk: BulkView; ws: string }) {
  const { counts } = bulk;
  const settled = itemStatuses.filter((status) => counts[status] > 0);
  return (
    <li className="relative grid min-h-(--row) items-center gap-x-6 gap-y-1 px-4 py-2.5 hover:bg-hover md:grid-cols-[minmax(0,2fr)_7rem_minmax(0,2fr)_minmax(0,1fr)_8rem]">
      <Link
        to="/w/$ws/bulk/$bulkId"
        params={{ ws, bulkId: String(bulk.id) }}
        className="truncate font-medium after:absolute after:inset-0"
      >
        {actionWords[bulk.action].ask} {runsWords(counts.total)}
        <span className="ml-2 font-mono text-sm font-normal text-faint">#{bulk.id}</span>
      </Link>
      <span className={bulk.status === 'working' ? 'font-medium text-accent' : 'text-muted'}>
        {{ working: 'Working', completed: 'Completed', aborted: 'Aborted' }[bulk.status]}
      </span>
      <span className="text-sm text-muted tabular-nums">
        {settled.map((status) => `${counts[status]} ${itemStatusView[status].word.toLowerCase()}`).join(', ')}
      </span>
      <span className="flex min-w-0 gap-x-3 text-sm text-muted md:contents">
        <span className="truncate text-sm text-muted">{bulk.requestedBy}</span>
        <span className="text-sm text-muted">
          <Time at={bulk.createdAt} />
        </span>
      </span>
    </li>
  );
}

/** What was asked of many runs at once, newest first. */
export function BulksPage() {
  const { ws } = route.useParams();
  const query = useInfiniteQuery(bulksQuery(useBulkPoll(true)));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="Bulk actions"
      actions={<CopyAs call={() => ({ method: 'GET', path: '/v1/bulk-actions' })} link />}
    >
      <div className="panel overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={5} />
        ) : query.isError && rows.length === 0 ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            icon={<ListChecks size={26} aria-hidden="true" />}
            title="No bulk actions"
            actions={
              <Link to="/w/$ws/runs" params={{ ws }} className={buttonClass('primary')}>
                Go to the runs
              </Link>
            }
          >
            Tick runs in the list to cancel, replay or retry them together. Each bulk action keeps a receipt
            here.
          </Notice>
        ) : (
          <ul className="divide-y divide-line">
            {rows.map((bulk) => (
              <Row key={bulk.id} bulk={bulk} ws={ws} />
            ))}
          </ul>
        )}
      </div>
      {query.hasNextPage && (
        <Button
          className="justify-self-center"
          pending={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </Page>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queryClient } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useMedia } from '../ui/use-media.ts';
import { BulkItemCard, BulkItemRow } from './bulk-item-row.tsx';
import { bulkItemsQuery } from './bulk-queries.ts';
import type { BulkSearch } from './bulk-search.ts';
import type { BulkView } from './bulk-view.ts';
import { useBulkPoll } from './use-bulk-poll.ts';

const head = 'eyebrow h-9 px-(--cell) text-left whitespace-nowrap';

/** The runs of a bulk action, with what was answered to each and what came of it. */
export function BulkItems({ bulk, shown, ws }: { bulk: BulkView; shown: BulkSearch; ws: string }) {
  const narrow = useMedia('(max-width: 51.99rem)');
  // While the bulk action works, a filtered list may gain rows; after that only rows that move are asked for.
  const working = bulk.status === 'working';
  const poll = useBulkPoll(true);
  const options = bulkItemsQuery(bulk.id, shown, poll);
  const query = useInfiniteQuery(working ? { ...options, refetchInterval: poll } : options);
  const ended = !working;
  // The last answer may be older than the end.
  useEffect(() => {
    if (ended) void queryClient.invalidateQueries({ queryKey: ['bulk-items', bulk.id] });
  }, [ended, bulk.id]);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <SkeletonRows rows={8} />;
  if (query.isError && items.length === 0)
    return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0) {
    return <Notice title="None of these runs">No run of this bulk action stands so now.</Notice>;
  }
  return (
    <>
      {narrow ? (
        <ul className="divide-y divide-line">
          {items.map((item) => (
            <BulkItemCard key={item.position} item={item} ws={ws} />
          ))}
        </ul>
      ) : (
        <table className="w-full border-collapse">
          <thead>
            <tr>
              <th className={`${head} pl-4`}>Run</th>
              <th className={head}>Answer</th>
              <th className={head}>Why</th>
              <th className={`${head} pr-4`}>New run</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <BulkItemRow key={item.position} item={item} ws={ws} />
            ))}
          </tbody>
        </table>
      )}
      {query.hasNextPage && (
        <div className="grid justify-items-center border-t border-line py-3">
          <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

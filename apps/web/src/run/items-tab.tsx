import { remaining } from '@signalbox/domain/run/counts';
import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { itemsQuery } from './items-query.ts';
import type { ItemView, RunView } from './run-view.ts';
import type { RunSearch } from './search.ts';
import { StatusIcon } from './status-icon.tsx';

const signs = {
  succeeded: { shape: 'tick', tone: 'text-clear' },
  failed: { shape: 'cross', tone: 'text-stop' },
  skipped: { shape: 'bar', tone: 'text-idle' },
  remaining: { shape: 'circle', tone: 'text-faint' },
} as const;

function Item({ item }: { item: ItemView }) {
  const outcome = item.outcome ?? 'remaining';
  const { shape, tone } = signs[outcome];
  return (
    <div className="grid min-h-(--row) grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-3 px-4 py-2">
      <span className={`relative top-0.5 ${tone}`}>
        <StatusIcon shape={shape} />
        <span className="sr-only">{outcome === 'remaining' ? 'no result yet' : outcome}</span>
      </span>
      <span className="min-w-0">
        <span className="break-words">{item.label}</span>
        {item.label !== item.key && (
          <span className="ml-2 font-mono text-xs break-all text-faint">{item.key}</span>
        )}
        {item.message && (
          <span className={`block text-sm ${item.outcome === 'failed' ? '' : 'text-muted'}`}>
            {item.message}
          </span>
        )}
        {item.errorCode && <code className="block font-mono text-xs text-stop">{item.errorCode}</code>}
      </span>
      <span className="hidden text-sm text-faint sm:block">
        {item.finishedAt && <Time at={item.finishedAt} />}
      </span>
    </div>
  );
}

const filters = [undefined, 'failed', 'succeeded', 'skipped', 'remaining'] as const;

function Filter({ run, outcome }: { run: RunView; outcome: RunSearch['outcome'] }) {
  const left = Math.max(0, remaining(run.counts));
  return (
    <div className="flex flex-wrap gap-1 border-b border-line px-3 py-2 tabular-nums">
      {filters.map((one) => (
        <Link
          key={one ?? 'all'}
          to="."
          search={(old) => ({ ...old, tab: 'items' as const, outcome: one })}
          replace
          aria-current={one === outcome}
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm text-muted hover:bg-hover aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-ink"
        >
          {one === undefined ? 'All' : `${one.charAt(0).toUpperCase()}${one.slice(1)}`}
          <span className="text-faint">
            {one === undefined ? run.counts.total : one === 'remaining' ? left : run.counts[one]}
          </span>
        </Link>
      ))}
    </div>
  );
}

/** The results of a run's items as a virtual list that grows while the run works. */
export function ItemsTab({ run, outcome }: { run: RunView; outcome: RunSearch['outcome'] }) {
  const query = useInfiniteQuery(itemsQuery(run.id, outcome));
  const scroller = useRef<HTMLDivElement>(null);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 40,
    overscan: 12,
    getItemKey: (at) => items[at]?.key ?? at,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= items.length - 30) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, items.length]);

  if (query.isPending) return <SkeletonRows rows={8} />;
  if (query.isError && items.length === 0) {
    return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      <Filter run={run} outcome={outcome} />
      {items.length === 0 ? (
        <Notice title={outcome === undefined ? 'No item results' : `No ${outcome} items`}>
          {isTerminal(run.status) ? 'The run ended without any here.' : 'Items appear as the run finds them.'}
        </Notice>
      ) : (
        <ScrollBox
          ref={scroller}
          aria-label="Item results"
          className="max-h-[max(20rem,calc(100dvh-18rem))] overflow-y-auto [overflow-anchor:none]"
        >
          <ul className="relative" style={{ height: rows.getTotalSize() }}>
            {shown.map((row) => {
              const item = items[row.index];
              if (item === undefined) return null;
              return (
                <li
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  aria-setsize={hasNextPage ? -1 : items.length}
                  aria-posinset={row.index + 1}
                  className="absolute inset-x-0 top-0 border-b border-line"
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  <Item item={item} />
                </li>
              );
            })}
          </ul>
        </ScrollBox>
      )}
    </>
  );
}

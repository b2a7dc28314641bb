import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { ItemsBar } from './items-bar.tsx';
import { itemsQuery } from './items-query.ts';
import { ItemRow } from './items-row.tsx';
import { outcomeWord } from './outcome-words.ts';
import type { TabProps } from './tab-props.ts';

/** The results of a run's items as a virtual list that grows while the run works. */
export function ItemsTab({ run, outcome, deeds }: TabProps) {
  const query = useInfiniteQuery(itemsQuery(run.id, outcome));
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string) =>
    setOpened((old) => {
      const next = new Set(old);
      if (!next.delete(key)) next.add(key);
      return next;
    });
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
      <ItemsBar run={run} outcome={outcome} deeds={deeds} />
      {items.length === 0 ? (
        <Notice
          title={
            outcome === undefined ? 'No item results' : `No items ${outcomeWord(run.operation, outcome)}`
          }
        >
          {isTerminal(run.status) ? 'The run ended without any here.' : 'Items appear as the run finds them.'}
        </Notice>
      ) : (
        <ScrollBox
          ref={scroller}
          aria-label="Item results"
          className="max-h-[max(20rem,calc(100dvh-18rem))] rounded-b-lg overflow-y-auto [overflow-anchor:none]"
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
                  <ItemRow
                    item={item}
                    operation={run.operation}
                    open={opened.has(item.key)}
                    onToggle={toggle}
                  />
                </li>
              );
            })}
          </ul>
        </ScrollBox>
      )}
    </>
  );
}

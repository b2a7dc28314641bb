import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';

/** Up to so many rows stand in the document at once; of more only those near the screen do. */
const mostWhole = 100;

interface RowWindow {
  /** Indexes of the rows to draw, in order. */
  readonly shown: readonly number[];
  /** Height of what is left out above and below, px. */
  readonly above: number;
  readonly below: number;
  readonly measure: (element: Element | null) => void;
  readonly reveal: (index: number) => void;
}

/** Which rows of a long list are drawn. The row that has the focus always is, so that it is never lost. */
export function useRowWindow(
  list: RefObject<HTMLElement | null>,
  { count, height, held }: { count: number; height: number; held: number },
): RowWindow {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (list.current !== null) setTop(list.current.getBoundingClientRect().top + scrollY);
  }, [list]);
  const partly = count > mostWhole;
  const virtual = useWindowVirtualizer({
    count,
    enabled: partly,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: top,
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      return held < 0 || near.includes(held) ? near : [...near, held].sort((a, b) => a - b);
    },
  });
  if (!partly) {
    return {
      shown: Array.from({ length: count }, (_, at) => at),
      above: 0,
      below: 0,
      measure: () => {},
      reveal: () => {},
    };
  }
  const items = virtual
    .getVirtualItems()
    .filter(({ index }) => index !== held || isNear(index, virtual.range));
  const first = items[0];
  const last = items.at(-1);
  return {
    shown: virtual.getVirtualItems().map(({ index }) => index),
    above: first === undefined ? 0 : first.start - top,
    below: last === undefined ? 0 : virtual.getTotalSize() + top - last.end,
    measure: virtual.measureElement,
    reveal: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  };
}

function isNear(index: number, range: { startIndex: number; endIndex: number } | null): boolean {
  return range !== null && index >= range.startIndex - 12 && index <= range.endIndex + 12;
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { type MouseEvent, useEffect, useRef } from 'react';
import { buttonClass } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { useLogLines } from './log-blocks.ts';
import { LogRow } from './log-line.tsx';
import type { LogLine, LogTail } from './log-model.ts';
import type { LogPlace } from './log-place.ts';
import { useFollow } from './use-follow.ts';

/** A line to bring into sight; another object each time, also for the same line. */
export interface LogTarget {
  readonly line: number;
}

interface LogViewProps {
  runId: number;
  tail: LogTail;
  /** The lines that are shown; null for all there are. */
  only: readonly LogLine[] | null;
  /** Stays at the end from the beginning. */
  follows: boolean;
  target: LogTarget | null;
  place: LogPlace | null;
  /** The match that was gone to. */
  here: number | null;
  wanted: string | undefined;
  wrap: boolean;
  times: 'local' | 'utc' | null;
  onNumber: (event: MouseEvent, number: number) => void;
}

/** A log of any length: only what is in sight is drawn, and only what is near it is kept. */
export function LogView(props: LogViewProps) {
  const { runId, tail, only, follows, target, place, here, wanted, wrap, times, onNumber } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const first = Math.max(1, tail.firstLine);
  const count = only === null ? Math.max(0, tail.lastLine - first + 1) : only.length;
  const numberAt = (index: number) => (only === null ? first + index : (only[index]?.number ?? 0));
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 20,
    getItemKey: numberAt,
  });
  const shown = rows.getVirtualItems();
  const seen = { from: numberAt(shown[0]?.index ?? 0), to: numberAt(shown.at(-1)?.index ?? 0) };
  const lines = useLogLines(runId, tail, only === null ? seen : { from: 1, to: 0 });

  const follow = useFollow(scroller, count, follows && target === null);
  const { following, letGo } = follow;
  useEffect(() => {
    if (following && count > 0) rows.scrollToIndex(count - 1, { align: 'end' });
  }, [following, count, rows]);
  const gone = useRef<LogTarget | null>(null);
  useEffect(() => {
    if (target === null || target === gone.current || count === 0) return;
    const index = only === null ? target.line - first : only.findIndex(({ number }) => number >= target.line);
    gone.current = target;
    letGo();
    rows.scrollToIndex(Math.min(Math.max(0, index), count - 1), { align: 'center' });
  });

  const digits = Math.max(3, String(tail.lastLine).length);
  const markOf = (number: number) => {
    if (number === here) return 'here';
    return place !== null && number >= place.from && number <= place.to ? 'chosen' : null;
  };
  return (
    <div className="relative">
      {lines.error !== null && <FaultLine error={lines.error} onRetry={lines.again} />}
      <ScrollBox
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label="Log"
        onScroll={follow.onScroll}
        className="max-h-[max(20rem,calc(100dvh-18rem))] rounded-b-lg overflow-auto bg-sunken py-2 [overflow-anchor:none]"
      >
        <div className="relative min-w-full" style={{ height: rows.getTotalSize() }}>
          {shown.map((row) => {
            const number = numberAt(row.index);
            return (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className={`absolute top-0 left-0 ${wrap ? 'w-full' : 'min-w-full'}`}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <LogRow
                  number={number}
                  line={only === null ? lines.lineAt(number) : only[row.index]}
                  digits={digits}
                  wrap={wrap}
                  times={times}
                  wanted={wanted}
                  mark={markOf(number)}
                  onNumber={onNumber}
                />
              </div>
            );
          })}
        </div>
      </ScrollBox>
      {follow.unseen > 0 && (
        <button
          type="button"
          onClick={follow.toEnd}
          className={`${buttonClass('primary')} arriving absolute right-4 bottom-3 shadow-pop`}
        >
          {follow.unseen.toLocaleString('en')} new {follow.unseen === 1 ? 'line' : 'lines'}
          <ArrowDown size={15} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, WrapText } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatClock } from '../clock/format-time.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { buttonClass, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Input, Select } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { filterLines, type LogLine } from './log-model.ts';
import { logQuery } from './log-query.ts';
import type { RunView } from './run-view.ts';
import type { RunSearch } from './search.ts';
import { useFollow } from './use-follow.ts';

const route = getRouteApi('/w/$ws/runs/$runId');

const levels: Record<LogLine['level'], string> = {
  info: '',
  warning: 'text-caution',
  error: 'text-stop',
};

function Line({ line, wrap, zone }: { line: LogLine; wrap: boolean; zone: 'local' | 'utc' }) {
  return (
    <div className="flex gap-3 px-4 font-mono text-xs leading-5 hover:bg-hover">
      <span aria-hidden="true" className="w-10 shrink-0 text-right text-faint select-none">
        {line.number}
      </span>
      <span className="shrink-0 text-faint select-none">{formatClock(Date.parse(line.at), zone)}</span>
      <span
        className={`min-w-0 ${wrap ? 'break-words whitespace-pre-wrap' : 'whitespace-pre'} ${levels[line.level]}`}
      >
        {line.level !== 'info' && <b className="font-semibold">{line.level} </b>}
        {line.text}
      </span>
    </div>
  );
}

function LogFilter({ search }: { search: RunSearch }) {
  const navigate = route.useNavigate();
  const change = (part: Partial<RunSearch>) =>
    void navigate({ search: (old) => ({ ...old, tab: 'log' as const, ...part }), replace: true });
  return (
    <>
      <Input
        type="search"
        aria-label="Find in the log"
        placeholder="Find in the log"
        data-filter
        className="h-8 w-56"
        value={search.q ?? ''}
        onChange={(event) => change({ q: event.target.value || undefined })}
      />
      <Select
        aria-label="Least level"
        className="h-8 w-40"
        value={search.level ?? ''}
        onChange={(event) => change({ level: (event.target.value || undefined) as RunSearch['level'] })}
      >
        <option value="">Every level</option>
        <option value="warning">Warnings, errors</option>
        <option value="error">Errors</option>
      </Select>
    </>
  );
}

/** The log of a run. It follows the end while the run works; scrolling up holds it still. */
export function LogTab({ run }: { run: RunView }) {
  const search = route.useSearch();
  const { time } = usePreferences();
  const [wrap, setWrap] = useState(true);
  const query = useQuery(logQuery(run.id));
  const scroller = useRef<HTMLDivElement>(null);
  const lines = filterLines(query.data?.lines ?? [], search);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 30,
    getItemKey: (at) => lines[at]?.number ?? at,
  });
  const follow = useFollow(scroller, lines.length, !isTerminal(run.status));
  const { following } = follow;
  useEffect(() => {
    if (following && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [following, lines.length, rows]);

  if (query.isPending) return <SkeletonRows rows={8} />;
  if (query.isError && query.data === undefined) {
    return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  }
  const dropped = query.data?.dropped ?? 0;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <LogFilter search={search} />
        <IconButton
          label={wrap ? 'Do not wrap lines' : 'Wrap lines'}
          aria-pressed={wrap}
          onClick={() => setWrap(!wrap)}
        >
          <WrapText size={16} aria-hidden="true" />
        </IconButton>
        <span className="ml-auto" />
        <CopyButton text={() => lines.map(({ text }) => text).join('\n')}>Copy</CopyButton>
      </div>
      {dropped > 0 && (
        <p className="border-b border-line px-4 py-1.5 text-sm text-muted">
          The first {dropped} lines are not shown.
        </p>
      )}
      {lines.length === 0 ? (
        <Notice
          title={search.q !== undefined || search.level !== undefined ? 'No line matches' : 'No log lines'}
        >
          {isTerminal(run.status) ? 'The run wrote nothing here.' : 'Lines appear as the run writes them.'}
        </Notice>
      ) : (
        <div className="relative">
          <ScrollBox
            ref={scroller}
            role="log"
            aria-live="off"
            aria-label="Log"
            onScroll={follow.onScroll}
            className="max-h-[max(20rem,calc(100dvh-18rem))] overflow-auto bg-sunken py-2 [overflow-anchor:none]"
          >
            <div className="relative min-w-full" style={{ height: rows.getTotalSize() }}>
              {rows.getVirtualItems().map((row) => {
                const line = lines[row.index];
                if (line === undefined) return null;
                return (
                  <div
                    key={row.key}
                    ref={rows.measureElement}
                    data-index={row.index}
                    className={`absolute top-0 left-0 ${wrap ? 'w-full' : 'min-w-full'}`}
                    style={{ transform: `translateY(${row.start}px)` }}
                  >
                    <Line line={line} wrap={wrap} zone={time === 'utc' ? 'utc' : 'local'} />
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
              {follow.unseen} new {follow.unseen === 1 ? 'line' : 'lines'}
              <ArrowDown size={15} aria-hidden="true" />
            </button>
          )}
        </div>
      )}
    </>
  );
}

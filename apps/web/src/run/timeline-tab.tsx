import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { trpc } from '../client/api.ts';
import { formatDuration } from '../clock/format-time.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { usePollWhenDown } from '../live/use-live.ts';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import type { TabProps } from './tab-props.ts';
import { TimelineChart } from './timeline-chart.tsx';
import { lengthOf, type NumberedRow } from './timeline-model.ts';
import { SegmentSample } from './timeline-segment.tsx';
import { TimelineTable } from './timeline-table.tsx';
import { kindWords } from './timeline-words.ts';

const route = getRouteApi('/w/$ws/runs/$runId');

const kinds = ['queued', 'waiting', 'retry', 'working'] as const;

const choiceClass =
  'inline-flex h-7 items-center rounded-md px-2.5 text-sm text-muted hover:bg-hover data-chosen:bg-accent-soft data-chosen:font-medium data-chosen:text-ink';

function Choice({ show }: { show: 'table' | undefined }) {
  const choices = [
    [undefined, 'Chart'],
    ['table', 'Table'],
  ] as const;
  return (
    <nav aria-label="View of the timeline" className="flex gap-0.5 rounded-md border border-line p-0.5">
      {choices.map(([value, label]) => (
        <Link
          key={label}
          to="."
          search={(old) => ({ ...old, tab: 'timeline' as const, show: value })}
          replace
          // The router says which link is the present page by itself; both are, as far as it can tell.
          activeProps={{ 'aria-current': show === value ? 'true' : undefined }}
          data-chosen={show === value || undefined}
          className={choiceClass}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** Where the time of a run went: a picture on one scale, or the same as a table. */
export function TimelineTab({ run }: TabProps) {
  const refetchInterval = usePollWhenDown();
  const query = useQuery(trpc.run.timeline.queryOptions({ id: run.id }, { refetchInterval }));
  const { show, sort, row: open } = route.useSearch();
  const clock = useServerNow();
  if (query.isPending) return <SkeletonRows rows={6} />;
  if (query.data === undefined) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  const timeline = query.data;
  // The clock of the page ticks once a second; what the server has said is never after it.
  const now =
    timeline.to === undefined ? Math.max(clock, Date.parse(timeline.serverTime)) : Date.parse(timeline.to);
  const rows: NumberedRow[] = timeline.rows.map((row, at) => ({ number: timeline.hiddenRows + at + 1, row }));
  // What it did not do at all is not worth a word.
  const spent = kinds
    .map((kind) => ({ kind, ms: lengthOf(timeline.segments, [kind], now) }))
    .filter(({ ms }) => ms > 0);
  const whole = now - Date.parse(timeline.from);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-line px-3 py-2 text-sm">
        <Choice show={show} />
        <dl
          className="flex flex-wrap items-center gap-x-4 gap-y-1 tabular-nums"
          aria-label="Where the time went"
        >
          {spent.map(({ kind, ms }) => (
            <div key={kind} className="flex items-center gap-1.5">
              <dt className="flex items-center gap-1.5 text-muted">
                <SegmentSample look={kind} />
                {kindWords[kind]}
              </dt>
              <dd>{formatDuration(ms)}</dd>
            </div>
          ))}
          <div className="flex items-center gap-1.5">
            <dt className="text-muted">in all</dt>
            <dd className="font-medium">{formatDuration(whole)}</dd>
          </div>
        </dl>
      </div>
      {timeline.hiddenRows > 0 && (
        <p className="border-b border-line px-4 py-2 text-sm text-muted">
          {timeline.hiddenRows} earlier steps are left out; those that failed are kept.
        </p>
      )}
      {show === 'table' ? (
        <TimelineTable rows={rows} sort={sort} now={now} />
      ) : (
        <TimelineChart key={run.id} timeline={timeline} rows={rows} now={now} open={open} />
      )}
      {rows.length === 0 && (
        <Notice title="No work yet">
          {timeline.to === undefined
            ? 'Steps appear here as soon as a worker has the run.'
            : 'The run ended before a worker had it.'}
        </Notice>
      )}
    </>
  );
}

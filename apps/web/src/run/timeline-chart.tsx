import { useNavigate } from '@tanstack/react-router';
import { Minus, Plus, Scan } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatDuration } from '../clock/format-time.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { IconButton } from '../ui/button.tsx';
import { useMedia } from '../ui/use-media.ts';
import type { TimelineView } from './run-view.ts';
import { ChartRow } from './timeline-chart-row.tsx';
import {
  failingRow,
  type NumberedRow,
  type Scale,
  scaleOf,
  type TimelineSegment,
  ticksOf,
} from './timeline-model.ts';
import { SegmentBar } from './timeline-segment.tsx';
import { rowText, segmentText, timesText } from './timeline-words.ts';

const mostZoom = 64;

interface TimelineChartProps {
  timeline: TimelineView;
  rows: readonly NumberedRow[];
  now: number;
  /** The row that is open as the URL says: 0 for none, absent for the one that failed. */
  open: number | undefined;
}

function Axis({ scale, most }: { scale: Scale; most: number }) {
  return (
    <div aria-hidden="true" className="relative ml-(--label) h-7 text-xs text-faint tabular-nums">
      {ticksOf(scale, most).map(({ at, sinceMs }) => (
        <span
          key={sinceMs}
          className="absolute top-0 h-full border-l border-line pt-1.5 pl-1 whitespace-nowrap last:-translate-x-0"
          style={{ left: `${at * 100}%` }}
        >
          {at > 0.94 ? '' : sinceMs === 0 ? '0' : formatDuration(sinceMs)}
        </span>
      ))}
    </div>
  );
}

/** What lies over all rows: the folds, each with its length, and the line of now. */
function Overlay({ scale, running }: { scale: Scale; running: boolean }) {
  return (
    <div aria-hidden="true" className="pointer-events-none absolute top-7 right-0 bottom-0 left-(--label)">
      {scale.folds.map((fold) => (
        <div
          key={fold.from}
          className="absolute inset-y-0 flex items-start justify-center overflow-visible border-x border-dashed border-line-strong bg-sunken/70"
          style={{ left: `${fold.at * 100}%`, width: `${fold.width * 100}%` }}
        >
          <span className="rounded-xs bg-sunken px-1 text-xs whitespace-nowrap text-muted">
            ⋯ {formatDuration(fold.to - fold.from)}
          </span>
        </div>
      ))}
      {running && <div className="absolute inset-y-0 right-0 border-r-2 border-accent" />}
    </div>
  );
}

/** The picture of a timeline: one scale, one row for each step and attempt, the whole run on top. */
export function TimelineChart({ timeline, rows, now, open }: TimelineChartProps) {
  const navigate = useNavigate();
  const zone = usePreferences().time === 'utc' ? 'utc' : 'local';
  const narrow = useMedia('(max-width: 47.99rem)');
  const scroller = useRef<HTMLElement>(null);
  const [zoom, setZoom] = useState(1);
  const [told, setTold] = useState<string | null>(null);
  const scale = scaleOf(timeline, now);
  const failing = failingRow(rows);
  const opened = open ?? failing;
  const running = timeline.to === undefined;

  const change = (by: number) => setZoom((old) => Math.min(mostZoom, Math.max(1, old * by)));
  const group = 'Timeline';
  useShortcut({ keys: '+', label: 'Zoom in', group }, () => change(2));
  useShortcut({ keys: '-', label: 'Zoom out', group }, () => change(0.5));
  useShortcut({ keys: '0', label: 'Show the whole run', group }, () => setZoom(1));

  // The page opens on the failure; later failures do not take the reader away from where they are.
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current || failing === null) return;
    shown.current = true;
    const box = scroller.current;
    const row = box?.querySelector<HTMLElement>(`[data-row="${failing}"]`);
    if (box && row) box.scrollTop = Math.max(0, row.offsetTop - box.clientHeight / 3);
  }, [failing]);

  const toggle = (number: number) =>
    navigate({
      to: '.',
      search: (old) => ({ ...old, tab: 'timeline' as const, row: opened === number ? 0 : number }),
      replace: true,
    });
  const bar = (segment: TimelineSegment, look: Parameters<typeof SegmentBar>[0]['look']) => {
    const from = scale.x(Date.parse(segment.from));
    const to = scale.x(segment.to === undefined ? scale.to : Date.parse(segment.to));
    const title = segmentText(segment, now, zone);
    return (
      <SegmentBar key={segment.from + segment.kind} look={look} at={from} width={to - from} title={title} />
    );
  };

  return (
    <div style={{ ['--label' as string]: narrow ? '0rem' : '15rem' }}>
      <div className="flex min-h-9 items-center gap-1 border-b border-line px-3 py-1 text-sm">
        <IconButton label="Zoom out" onClick={() => change(0.5)} aria-disabled={zoom === 1}>
          <Minus size={15} aria-hidden="true" />
        </IconButton>
        <IconButton label="Zoom in" onClick={() => change(2)} aria-disabled={zoom === mostZoom}>
          <Plus size={15} aria-hidden="true" />
        </IconButton>
        <IconButton label="Show the whole run" onClick={() => setZoom(1)} aria-disabled={zoom === 1}>
          <Scan size={15} aria-hidden="true" />
        </IconButton>
        <span className="text-faint tabular-nums">{zoom === 1 ? '' : `${zoom} ×`}</span>
        <p className="ml-2 line-clamp-2 min-w-0 text-muted tabular-nums" aria-hidden="true">
          {told ?? (narrow ? '' : 'Point at a row, or move to it, for its exact times.')}
        </p>
      </div>
      <section
        ref={scroller}
        aria-label="Chart of the timeline"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="relative max-h-[max(20rem,calc(100dvh-16rem))] overflow-auto"
      >
        <div
          className="relative min-w-full pr-3"
          style={{ width: `calc(var(--label) + (100% - var(--label)) * ${zoom})` }}
        >
          <div className="relative">
            <Overlay scale={scale} running={running} />
            <div className="sticky top-0 z-10 bg-surface">
              <Axis scale={scale} most={(narrow ? 4 : 8) * zoom} />
            </div>
            <ChartRow
              label="The whole run"
              text={timeline.segments.map((segment) => segmentText(segment, now, zone)).join('; ')}
              onTell={setTold}
              strong
            >
              {timeline.segments.map((segment) => bar(segment, segment.kind))}
            </ChartRow>
            {rows.map(({ number, row }) => (
              <ChartRow
                key={number}
                number={number}
                row={row}
                label={row.label}
                text={rowText(row, now, zone)}
                times={timesText(row, now, zone)}
                onTell={setTold}
                open={opened === number}
                onToggle={() => toggle(number)}
              >
                {row.segments.map((segment) =>
                  bar(segment, segment.kind === 'working' && row.state !== 'done' ? row.state : segment.kind),
                )}
              </ChartRow>
            ))}
          </div>
        </div>
      </section>
    </div>
  );
}

import { StatusIcon } from './status-icon.tsx';
import type { TimelineRow } from './timeline-model.ts';

const signs = {
  done: { shape: 'tick', tone: 'text-clear' },
  failed: { shape: 'cross', tone: 'text-stop' },
  interrupted: { shape: 'bar', tone: 'text-idle' },
  running: { shape: 'half-circle', tone: 'text-accent' },
} as const;

/** How a row of the timeline stands, as a sign; the word stands beside it or is read out. */
export function RowSign({ state }: { state: TimelineRow['state'] }) {
  const { shape, tone } = signs[state];
  return (
    <span className={tone}>
      <StatusIcon shape={shape} size={14} />
    </span>
  );
}

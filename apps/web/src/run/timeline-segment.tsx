import type { SegmentKind } from '@signalbox/domain/run/timeline';
import type { TimelineRow } from './timeline-model.ts';

/** How the work of a row is drawn: by its outcome. */
export type Look = SegmentKind | Exclude<TimelineRow['state'], 'done'>;

const hatch = (colour: string, angle: number): string =>
  `repeating-linear-gradient(${angle}deg, ${colour} 0 2px, transparent 2px 6px)`;

/**
 * Each kind has a pattern of its own, so that it can be told without its colour: queued is hollow, waiting is hatched
 * one way, between two tries the other way, work is solid, work that failed is solid between two edges, and work
 * whose worker went is hatched and open at its end.
 */
const looks: Readonly<Record<Look, { className: string; image?: string }>> = {
  queued: { className: 'border border-idle bg-surface' },
  waiting: { className: 'border border-lunar bg-surface', image: hatch('var(--lunar)', 45) },
  retry: { className: 'border border-dashed border-caution bg-surface', image: hatch('var(--caution)', 135) },
  working: { className: 'border border-accent bg-accent' },
  running: { className: 'border border-r-0 border-accent bg-accent rounded-r-none' },
  failed: {
    className: 'border-x-4 border-y border-stop bg-stop',
    image: 'linear-gradient(var(--stop), var(--stop)), linear-gradient(var(--surface), var(--surface))',
  },
  interrupted: { className: 'border border-r-0 border-idle rounded-r-none', image: hatch('var(--idle)', 90) },
};

interface SegmentBarProps {
  look: Look;
  /** Share of the width, 0 to 1. */
  at: number;
  width: number;
  title?: string;
}

/** A stretch of time on the picture. However short it is, there is something to see. */
export function SegmentBar({ look, at, width, title }: SegmentBarProps) {
  const { className, image } = looks[look];
  return (
    <span
      title={title}
      className={`absolute top-1/2 h-4 min-w-1 -translate-y-1/2 rounded-xs forced-color-adjust-none ${className}`}
      style={{ left: `min(${at * 100}%, 100% - 0.5rem)`, width: `${width * 100}%`, backgroundImage: image }}
    />
  );
}

/** The same as a sample beside a word. */
export function SegmentSample({ look }: { look: Look }) {
  const { className, image } = looks[look];
  return (
    <span
      aria-hidden="true"
      className={`inline-block h-3 w-5 rounded-xs forced-color-adjust-none ${className}`}
      style={{ backgroundImage: image }}
    />
  );
}

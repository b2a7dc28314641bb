import type { ReactNode } from 'react';
import type { StartOutcome } from './outcome-model.ts';

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, strokeLinecap: 'round' } as const;
const post = <path {...line} d="M5 2v12M3 14h4" />;

// A semaphore: the raised arm clears a train into the block, the level arm holds it.
const arms: Record<StartOutcome, ReactNode> = {
  accepted: (
    <>
      {post}
      <path {...line} strokeWidth={2.6} d="M5 6.5 12.5 2.6" />
    </>
  ),
  deduped: (
    <>
      <path {...line} d="M3 3v3.2C3 9 5 10 8 10s5 1 5 4" />
      <path {...line} d="M13 3v3.2C13 9 11 10 8 10s-5 1-5 4" opacity={0.55} />
      <circle cx={8} cy={10} r={2} fill="currentColor" />
    </>
  ),
  scope_busy: (
    <>
      {post}
      <path {...line} strokeWidth={2.6} d="M5 4.5h7.5" />
      <rect x={8} y={9} width={6} height={4} rx={1} fill="currentColor" />
    </>
  ),
  blocked: (
    <>
      {post}
      <path {...line} strokeWidth={2.6} d="M5 4.5h7.5" />
      <path {...line} d="m9 9 4 4m0-4-4 4" />
    </>
  ),
};

/** The sign of a start outcome. Decorative: the word beside it carries the meaning. */
export function OutcomeIcon({ outcome, size = 16 }: { outcome: StartOutcome; size?: number }) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" className="shrink-0">
      {arms[outcome]}
    </svg>
  );
}

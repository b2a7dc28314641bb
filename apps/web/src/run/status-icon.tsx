import type { ReactNode } from 'react';
import type { StatusShape } from './status-model.ts';

const ring = { cx: 8, cy: 8, r: 6.25, fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 };
const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.7,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;
const cut = { ...stroke, stroke: 'var(--surface)' };

const shapes: Record<StatusShape, ReactNode> = {
  circle: <circle {...ring} />,
  hourglass: (
    <path
      {...stroke}
      strokeWidth={1.5}
      d="M4 2h8M4 14h8M5 2v2.3c0 1.5 3 2.6 3 3.7s-3 2.2-3 3.7V14M11 2v2.3c0 1.5-3 2.6-3 3.7s3 2.2 3 3.7V14"
    />
  ),
  'half-circle': (
    <g className="turning" style={{ transformOrigin: '8px 8px' }}>
      <circle {...ring} />
      <path d="M8 3.6a4.4 4.4 0 0 1 0 8.8z" fill="currentColor" />
    </g>
  ),
  tick: (
    <>
      <circle cx={8} cy={8} r={7} fill="currentColor" />
      <path {...cut} d="m4.9 8.3 2.1 2.1 4.1-4.5" />
    </>
  ),
  'half-tick': (
    <>
      <circle {...ring} />
      <path {...stroke} d="m4.7 8.4 2.2 2.2 1.3-1.5" />
    </>
  ),
  cross: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path {...cut} d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" />
    </>
  ),
  bar: (
    <>
      <circle {...ring} />
      <path {...stroke} d="M5 8h6" />
    </>
  ),
};

/** The sign of a status. Decorative: the word beside it carries the meaning for assistive technology. */
export function StatusIcon({ shape, size = 16 }: { shape: StatusShape; size?: number }) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" className="shrink-0">
      {shapes[shape]}
    </svg>
  );
}

import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { TimelineRow } from './timeline-model.ts';
import { RowSign } from './timeline-row-sign.tsx';
import { stateWords } from './timeline-words.ts';

interface ChartRowProps {
  label: string;
  /** Everything about the row in words: shown when it is pointed at or has the focus, and its name for a reader. */
  text: string;
  /** The part of it that tells about time. */
  times?: string;
  onTell: (text: string | null) => void;
  number?: number;
  row?: TimelineRow;
  open?: boolean;
  onToggle?: () => void;
  strong?: boolean;
  /** Its stretches of time. */
  children: ReactNode;
}

/** What an open row says: why it failed, and who worked on it. */
function Detail({ row, times }: { row: TimelineRow; times: string }) {
  return (
    <div className="sticky left-0 grid w-[min(100%,calc(100vw-2.5rem))] max-w-3xl gap-1 px-4 pt-1 pb-3 pl-10 text-sm">
      {row.message !== undefined && <p className="font-medium [overflow-wrap:anywhere]">{row.message}</p>}
      <p className="text-muted tabular-nums [overflow-wrap:anywhere]">
        {row.code !== undefined && (
          <>
            Code <code className="font-mono text-ink">{row.code}</code> ·{' '}
          </>
        )}
        {stateWords[row.state]}; {times}
        {row.worker !== undefined && (
          <>
            {' '}
            · worker <span className="font-mono text-xs">{row.worker}</span>
          </>
        )}
      </p>
      <p>
        <Link to="." search={(old) => ({ ...old, tab: 'log' as const })} replace className="link">
          Read the log
        </Link>
      </p>
    </div>
  );
}

/** One row of the picture: its name, which opens it, and its time. */
export function ChartRow(props: ChartRowProps) {
  const {
    label,
    text,
    times = text,
    onTell,
    number,
    row,
    open = false,
    onToggle,
    strong = false,
    children,
  } = props;
  const id = useId();
  const name = (
    <>
      {row !== undefined && <RowSign state={row.state} />}
      <span className={`min-w-0 truncate ${strong ? 'font-medium' : ''}`}>{label}</span>
      {row !== undefined && row.name !== undefined && row.attempt > 1 && (
        <span className="shrink-0 text-xs text-faint">try {row.attempt}</span>
      )}
      {row?.continued && <span className="shrink-0 text-xs text-faint">continued</span>}
    </>
  );
  const nameClass = 'flex min-h-8 w-full min-w-0 items-center gap-2 px-3 text-left text-sm';
  return (
    <div
      data-row={number}
      className={`relative border-b border-line last:border-0 ${open ? 'bg-hover/60' : ''}`}
      onPointerEnter={() => onTell(text)}
      onPointerLeave={() => onTell(null)}
    >
      <div className="md:grid md:grid-cols-[var(--label)_minmax(0,1fr)]">
        <div className="sticky left-0 z-[5] w-[min(100%,calc(100vw-2.5rem))] bg-surface md:w-(--label) md:border-r md:border-line">
          {onToggle === undefined ? (
            <div className={nameClass}>
              {name}
              <span className="sr-only">: {text}</span>
            </div>
          ) : (
            <button
              type="button"
              aria-expanded={open}
              aria-controls={open ? id : undefined}
              aria-label={text}
              onClick={onToggle}
              onFocus={() => onTell(text)}
              onBlur={() => onTell(null)}
              className={`${nameClass} hover:bg-hover`}
            >
              <ChevronRight
                size={14}
                aria-hidden="true"
                className={`-mr-1 -ml-1 shrink-0 text-faint ${open ? 'rotate-90' : ''}`}
              />
              {name}
            </button>
          )}
        </div>
        <div aria-hidden="true" className="relative h-8 max-md:h-6">
          {children}
        </div>
      </div>
      {open && row !== undefined && (
        <div id={id}>
          <Detail row={row} times={times} />
        </div>
      )}
    </div>
  );
}

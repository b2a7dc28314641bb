import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { formatDuration } from '../clock/format-time.ts';
import { Time } from '../ui/time.tsx';
import type { TimelineSort } from './search.ts';
import { lengthOf, type NumberedRow, sortRows, waitKinds } from './timeline-model.ts';
import { RowSign } from './timeline-row-sign.tsx';
import { stateWords } from './timeline-words.ts';

const columns = [
  ['label', 'Step'],
  ['state', 'State'],
  ['began', 'Began'],
  ['waited', 'Waited before'],
  ['worked', 'Worked'],
] as const;

type Column = (typeof columns)[number][0];

function Head({ column, label, sort }: { column: Column; label: string; sort: TimelineSort | undefined }) {
  const current = sort ?? 'began';
  const sorted = current.replace('-', '') === column;
  const down = sorted && current.startsWith('-');
  const plain = column === 'began' ? undefined : column;
  const next = sorted && !down ? (`-${column}` as const) : plain;
  return (
    <th
      scope="col"
      aria-sort={sorted ? (down ? 'descending' : 'ascending') : 'none'}
      className="px-(--cell) py-1 text-left font-medium"
    >
      <Link
        to="."
        search={(old) => ({ ...old, sort: next })}
        replace
        className="inline-flex min-h-6 items-center gap-1 whitespace-nowrap text-muted hover:text-ink"
      >
        {label}
        {sorted &&
          (down ? <ArrowDown size={13} aria-hidden="true" /> : <ArrowUp size={13} aria-hidden="true" />)}
      </Link>
    </th>
  );
}

interface TimelineTableProps {
  rows: readonly NumberedRow[];
  sort: TimelineSort | undefined;
  now: number;
}

/** The timeline as a table: the same rows and the same numbers as the picture. */
export function TimelineTable({ rows, sort, now }: TimelineTableProps) {
  if (rows.length === 0) return null;
  return (
    <section
      aria-label="Steps and attempts"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[max(20rem,calc(100dvh-16rem))] overflow-auto"
    >
      <table className="w-full text-sm tabular-nums">
        <thead className="sticky top-0 z-10 bg-surface shadow-[0_1px_0_var(--line)]">
          <tr>
            {columns.map(([column, label]) => (
              <Head key={column} column={column} label={label} sort={sort} />
            ))}
            <th scope="col" className="px-(--cell) py-1 text-left font-medium text-muted">
              Worker
            </th>
          </tr>
        </thead>
        <tbody>
          {sortRows(rows, sort, now).map(({ number, row }) => (
            <tr key={number} className="border-b border-line align-top last:border-0">
              <th scope="row" className="min-w-40 px-(--cell) py-2 text-left font-normal">
                {row.label}
                {row.name !== undefined && row.attempt > 1 && (
                  <span className="text-muted"> · attempt {row.attempt}</span>
                )}
                {row.continued && <span className="text-muted"> · continued</span>}
              </th>
              <td className="min-w-32 px-(--cell) py-2">
                <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
                  <RowSign state={row.state} />
                  {stateWords[row.state]}
                </span>
                {row.message !== undefined && <span className="block text-muted">{row.message}</span>}
                {row.code !== undefined && <code className="block font-mono text-xs">{row.code}</code>}
              </td>
              <td className="px-(--cell) py-2 whitespace-nowrap">
                <Time at={row.from} />
              </td>
              <td className="px-(--cell) py-2 whitespace-nowrap">
                {formatDuration(lengthOf(row.segments, waitKinds, now))}
              </td>
              <td className="px-(--cell) py-2 whitespace-nowrap">
                {formatDuration(lengthOf(row.segments, ['working'], now))}
              </td>
              <td className="px-(--cell) py-2 font-mono text-xs [overflow-wrap:anywhere]">
                {row.worker ?? ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { Link } from '@tanstack/react-router';
import { type MouseEvent, memo, useRef } from 'react';
import { usePreferences } from '../preferences/use-preferences.ts';
import { PeekButton } from './peek-button.tsx';
import type { RowsProps } from './rows-props.ts';
import { runsColumns } from './runs-columns.tsx';
import type { ColumnName } from './runs-search.ts';
import { useRowWindow } from './use-row-window.ts';

const head = 'eyebrow h-9 px-(--cell) text-left whitespace-nowrap';
const cell = 'h-(--row) px-(--cell) py-1';

interface RowProps {
  run: RunSummary;
  ws: string;
  columns: readonly ColumnName[];
  index: number;
  chosen: boolean;
  peeked: boolean;
  gone: boolean;
  onTick: (id: number, range: boolean) => void;
  onPeek: (id: number) => void;
  measure: (element: Element | null) => void;
}

const Row = memo(function Row({
  run,
  ws,
  columns,
  index,
  chosen,
  peeked,
  gone,
  onTick,
  onPeek,
  measure,
}: RowProps) {
  const marked = chosen ? 'bg-accent-soft' : peeked ? 'bg-hover' : '';
  return (
    <tr
      ref={measure}
      data-index={index}
      data-run-row={run.id}
      aria-rowindex={index + 2}
      className={`group/row relative border-t border-line hover:bg-hover has-[a:focus-visible]:bg-hover ${marked}`}
    >
      <td className={`${cell} relative z-10 w-10 pr-0 pl-3`}>
        <label className="flex size-7 items-center justify-center">
          <span className="sr-only">Choose run #{run.id}</span>
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={chosen}
            onChange={() => {}}
            onClick={(event: MouseEvent) => onTick(run.id, event.shiftKey)}
          />
        </label>
      </td>
      {columns.map((name) => (
        <td key={name} className={`${cell} ${runsColumns[name].className}`}>
          {name === 'type' ? (
            <span className="flex items-baseline gap-2">
              <Link
                to="/w/$ws/runs/$runId"
                params={{ ws, runId: String(run.id) }}
                data-run-link
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {run.operationLabel}
              </Link>
              {gone && <span className="shrink-0 text-xs text-caution">no longer matches</span>}
            </span>
          ) : (
            runsColumns[name].cell(run)
          )}
        </td>
      ))}
      <td className={`${cell} relative z-10 w-10 pr-2 pl-0`}>
        <PeekButton id={run.id} onPeek={onPeek} />
      </td>
    </tr>
  );
});

/** Runs as a table; the whole row leads to the run. */
export function RunsTable(props: RowsProps & { columns: readonly ColumnName[] }) {
  const { rows, ws, columns, pageTick, onTickPage, isChosen, isGone, peek, onTick, onPeek, held } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const { density } = usePreferences();
  const drawn = useRowWindow(body, { count: rows.length, height: density === 'compact' ? 33 : 41, held });
  const gap = (height: number) =>
    height <= 0 ? null : (
      // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a gap of nothing, without anything that could have the focus
      <tr aria-hidden="true">
        <td style={{ height }} colSpan={columns.length + 2} />
      </tr>
    );
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full border-collapse" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th className={`${head} w-10 pr-0 pl-3`}>
              <label className="flex size-7 items-center justify-center">
                <span className="sr-only">Choose the page</span>
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={pageTick === 'all'}
                  ref={(box) => {
                    if (box !== null) box.indeterminate = pageTick === 'some';
                  }}
                  onChange={onTickPage}
                />
              </label>
            </th>
            {columns.map((name) => (
              <th key={name} className={`${head} ${name === 'duration' ? 'text-right' : ''}`}>
                {runsColumns[name].label}
              </th>
            ))}
            <th className="w-10">
              <span className="sr-only">Peek</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {gap(drawn.above)}
          {drawn.shown.map((at) => {
            const run = rows[at];
            return run === undefined ? null : (
              <Row
                key={run.id}
                run={run}
                ws={ws}
                columns={columns}
                index={at}
                chosen={isChosen(run.id)}
                peeked={peek === run.id}
                gone={isGone(run)}
                onTick={onTick}
                onPeek={onPeek}
                measure={drawn.measure}
              />
            );
          })}
          {gap(drawn.below)}
        </tbody>
      </table>
    </div>
  );
}

import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { Time } from '../ui/time.tsx';
import { PeekButton } from './peek-button.tsx';
import { Progress } from './progress.tsx';
import { rowNote } from './row-model.ts';
import type { RowsProps } from './rows-props.ts';
import { Status } from './status.tsx';
import { useRowWindow } from './use-row-window.ts';

/** About how high a card is, px; each is measured once it is drawn. */
const cardHeight = 92;

function Card({ run, ws, gone }: { run: RunSummary; ws: string; gone: boolean }) {
  return (
    <div className="grid min-w-0 gap-1">
      <div className="flex items-baseline justify-between gap-3">
        <Link
          to="/w/$ws/runs/$runId"
          params={{ ws, runId: String(run.id) }}
          data-run-link
          className="min-w-0 truncate font-medium after:absolute after:inset-0"
        >
          {run.operationLabel}
        </Link>
        <span className="shrink-0 font-mono text-sm text-faint">#{run.id}</span>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Status status={run.status} waitCause={run.reasonCode ?? null} note={rowNote(run)} meaning="title" />
        {run.counts.total > 0 && <Progress counts={run.counts} />}
      </div>
      <div className="text-sm text-muted">
        {run.tenant?.externalId && `${run.tenant.externalId} · `}
        <Time at={run.createdAt} />
        {gone && <span className="text-caution"> · no longer matches</span>}
      </div>
    </div>
  );
}

/** Runs on a narrow screen: the same facts, two or three lines each. */
export function RunsCards({ rows, ws, isChosen, isGone, peek, onTick, onPeek, held }: RowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const drawn = useRowWindow(list, { count: rows.length, height: cardHeight, held });
  return (
    <ul
      ref={list}
      className="divide-y divide-line"
      style={{ paddingTop: drawn.above, paddingBottom: drawn.below }}
    >
      {drawn.shown.map((at) => {
        const run = rows[at];
        if (run === undefined) return null;
        const marked = isChosen(run.id) ? 'bg-accent-soft' : peek === run.id ? 'bg-hover' : '';
        return (
          <li
            key={run.id}
            ref={drawn.measure}
            data-index={at}
            data-run-row={run.id}
            aria-setsize={rows.length}
            aria-posinset={at + 1}
            className={`relative grid grid-cols-[1.75rem_minmax(0,1fr)_2rem] gap-2 py-3 pr-2 pl-2.5 hover:bg-hover ${marked}`}
          >
            <label className="relative z-10 flex size-7 items-center justify-center">
              <span className="sr-only">Choose run #{run.id}</span>
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={isChosen(run.id)}
                onChange={() => {}}
                onClick={(event) => onTick(run.id, event.shiftKey)}
              />
            </label>
            <Card run={run} ws={ws} gone={isGone(run)} />
            <div className="relative z-10">
              <PeekButton id={run.id} onPeek={onPeek} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

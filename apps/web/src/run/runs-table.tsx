import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { Link } from '@tanstack/react-router';
import { Duration, Time } from '../ui/time.tsx';
import { initiatorText } from './initiator.tsx';
import { Progress } from './progress.tsx';
import { rowNote } from './row-model.ts';
import { Status } from './status.tsx';

const head = 'eyebrow h-9 px-(--cell) text-left whitespace-nowrap';
const cell = 'h-(--row) px-(--cell) py-1';

function Row({ run, ws }: { run: RunSummary; ws: string }) {
  return (
    <tr className="relative border-t border-line hover:bg-hover has-focus-visible:bg-hover">
      <td className={`${cell} pl-4`}>
        <Status status={run.status} waitCause={run.reasonCode ?? null} note={rowNote(run)} meaning="title" />
      </td>
      <td className={`${cell} max-w-80`}>
        <Link
          to="/w/$ws/runs/$runId"
          params={{ ws, runId: String(run.id) }}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {run.operationLabel}
        </Link>
      </td>
      <td className={`${cell} max-w-48 truncate`}>
        {run.tenant?.externalId ?? <span className="text-faint">—</span>}
      </td>
      <td className={`${cell} font-mono text-sm whitespace-nowrap text-muted`}>
        #{run.id} <span className="text-faint">{run.codename}</span>
      </td>
      <td className={cell}>
        <Progress counts={run.counts} />
      </td>
      <td className={`${cell} max-w-40 truncate text-muted`}>{initiatorText(run.initiator)}</td>
      <td className={`${cell} relative text-muted`}>
        <Time at={run.createdAt} />
      </td>
      <td className={`${cell} pr-4 text-right text-muted`}>
        {run.startedAt === undefined ? '—' : <Duration from={run.startedAt} to={run.finishedAt ?? null} />}
      </td>
    </tr>
  );
}

/** Runs as a table; the whole row leads to the run. */
export function RunsTable({ rows, ws }: { rows: RunSummary[]; ws: string }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse">
        <thead>
          <tr>
            <th className={`${head} pl-4`}>Status</th>
            <th className={head}>Operation</th>
            <th className={head}>Tenant</th>
            <th className={head}>Run</th>
            <th className={head}>Items</th>
            <th className={head}>Started by</th>
            <th className={head}>Created</th>
            <th className={`${head} pr-4 text-right`}>Duration</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((run) => (
            <Row key={run.id} run={run} ws={ws} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { Link } from '@tanstack/react-router';
import { Time } from '../ui/time.tsx';
import { Progress } from './progress.tsx';
import { rowNote } from './row-model.ts';
import { Status } from './status.tsx';

/** Runs on a narrow screen: the same facts, two or three lines each. */
export function RunsCards({ rows, ws }: { rows: RunSummary[]; ws: string }) {
  return (
    <ul className="divide-y divide-line">
      {rows.map((run) => (
        <li key={run.id} className="relative grid gap-1 px-4 py-3 hover:bg-hover">
          <div className="flex items-baseline justify-between gap-3">
            <Link
              to="/w/$ws/runs/$runId"
              params={{ ws, runId: String(run.id) }}
              className="min-w-0 truncate font-medium after:absolute after:inset-0"
            >
              {run.operationLabel}
            </Link>
            <span className="shrink-0 font-mono text-sm text-faint">#{run.id}</span>
          </div>
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <Status
              status={run.status}
              waitCause={run.reasonCode ?? null}
              note={rowNote(run)}
              meaning="title"
            />
            {run.counts.total > 0 && <Progress counts={run.counts} />}
          </div>
          <div className="text-sm text-muted">
            {run.tenant?.externalId && `${run.tenant.externalId} · `}
            <Time at={run.createdAt} />
          </div>
        </li>
      ))}
    </ul>
  );
}

import { Link } from '@tanstack/react-router';
import { Progress } from '../run/progress.tsx';
import { Status } from '../run/status.tsx';
import { StatusIcon } from '../run/status-icon.tsx';
import type { BootstrapItem, SessionView } from './session-view.ts';

const words: Record<BootstrapItem['state'], { word: string; shape: 'circle' | 'bar' }> = {
  waiting: { word: 'Waiting', shape: 'circle' },
  running: { word: 'Running', shape: 'circle' },
  succeeded: { word: 'Succeeded', shape: 'circle' },
  failed: { word: 'Failed', shape: 'bar' },
  skipped: { word: 'Not run', shape: 'bar' },
};

/** What was accepted and what waits behind it, in the order in which it is done. */
export function BootstrapQueue({
  bootstrap,
  ws,
}: {
  bootstrap: NonNullable<SessionView['bootstrap']>;
  ws: string;
}) {
  return (
    <ol aria-label="First operations" className="divide-y divide-line border-b border-line">
      {bootstrap.items.map(({ operation, label, state, message, run }, at) => (
        <li
          key={operation}
          className="grid items-center gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[1.5rem_8rem_minmax(0,1fr)_auto] md:px-5"
        >
          <span className="text-faint tabular-nums">{at + 1}.</span>
          {run === undefined ? (
            <span className="inline-flex items-center gap-1.5 font-medium text-idle">
              <StatusIcon shape={words[state].shape} />
              {words[state].word}
            </span>
          ) : (
            <Status status={run.status} meaning="title" />
          )}
          <span className="min-w-0">
            <span className="font-medium">{label}</span>
            {message !== undefined && <span className="block text-sm text-muted">{message}</span>}
          </span>
          <span className="flex items-center gap-4">
            {run !== undefined && run.counts.total > 0 && <Progress counts={run.counts} />}
            {run !== undefined && (
              <Link
                to="/w/$ws/runs/$runId"
                params={{ ws, runId: String(run.id) }}
                className="link inline-flex min-h-6 items-center text-sm"
              >
                Run #{run.id}
              </Link>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

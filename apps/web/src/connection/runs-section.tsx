import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { Link } from '@tanstack/react-router';
import { HolderLink } from '../gate/holder-link.tsx';
import { Status } from '../run/status.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { Section } from './section.tsx';

/** As many of the newest runs as are shown. */
const most = 5;

/** Who holds the protected scope of the connection, and the newest runs through it. */
export function RunsSection({ connection, ws }: { connection: ConnectionDetail; ws: string }) {
  const { id, holder, activeRuns, runs } = connection;
  return (
    <>
      <Section id="scope" title="Protected scope">
        <p className="px-4 py-3">
          {holder === undefined ? (
            <span className="text-muted">Free: no run holds it now.</span>
          ) : (
            <>
              Held by <HolderLink holder={holder} ws={ws} /> for <Duration from={holder.since} to={null} />.
            </>
          )}
        </p>
      </Section>
      <Section
        id="runs"
        title="Runs through it"
        actions={
          <Link
            to="/w/$ws/runs"
            params={{ ws }}
            search={{ connection: String(id) }}
            className="link inline-flex min-h-6 items-center text-sm"
          >
            All of them
          </Link>
        }
      >
        {runs.length === 0 ? (
          <p className="px-4 py-3 text-muted">None yet.</p>
        ) : (
          <ul aria-label="Newest runs" className="divide-y divide-line">
            {runs.slice(0, most).map((run) => (
              <li key={run.id} className="grid gap-0.5 px-4 py-2">
                <Link
                  to="/w/$ws/runs/$runId"
                  params={{ ws, runId: String(run.id) }}
                  className="inline-flex min-h-6 min-w-0 items-center gap-2 hover:underline"
                >
                  <span className="truncate">{run.operationLabel}</span>
                  <span className="font-mono text-xs text-faint">#{run.id}</span>
                </Link>
                <span className="flex flex-wrap items-center justify-between gap-x-3 text-sm text-muted">
                  <Status status={run.status} meaning="title" />
                  <Time at={run.createdAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
        {activeRuns > 0 && (
          <p className="border-t border-line px-4 py-2 text-sm text-muted">
            {activeRuns} {activeRuns === 1 ? 'has' : 'have'} not ended.
          </p>
        )}
      </Section>
    </>
  );
}

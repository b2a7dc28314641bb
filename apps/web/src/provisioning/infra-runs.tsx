import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { trpc } from '../client/api.ts';
import { Fact, Section } from '../connection/section.tsx';
import { HolderLink } from '../gate/holder-link.tsx';
import { Status } from '../run/status.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Duration, Time } from '../ui/time.tsx';
import type { InfraView } from './infra-view.ts';

/** As many of the newest runs as are shown. */
const most = 6;

/** Who works on it now, who made it, and when its settings changed. */
export function InfraFacts({ infra, ws }: { infra: InfraView; ws: string }) {
  const { holder, provider, createdBy, createdAt, settingsChangedAt, settingsChangedBy } = infra;
  return (
    <Section id="now" title="Now">
      <dl className="grid gap-3 px-4 py-3 text-sm">
        <Fact label="Protected scope">
          {holder === undefined ? (
            'Free: nothing works on it now.'
          ) : (
            <>
              Held by <HolderLink holder={holder} ws={ws} /> for <Duration from={holder.since} to={null} />.
            </>
          )}
        </Fact>
        <Fact label="Provider">
          {provider ??
            (infra.settings === undefined
              ? 'There is no settings file yet.'
              : 'The settings are not understood.')}
        </Fact>
        <Fact label="Made">
          <Time at={createdAt} hinted /> by {createdBy}
        </Fact>
        {settingsChangedAt !== undefined && (
          <Fact label="Settings changed">
            <Time at={settingsChangedAt} hinted /> by {settingsChangedBy}
          </Fact>
        )}
      </dl>
    </Section>
  );
}

/** The newest runs on it, and the way to all of them. */
export function InfraRuns({ name, ws }: { name: string; ws: string }) {
  const runs = useQuery(trpc.run.list.queryOptions({ infra: name, limit: most }, { staleTime: 0 }));
  const rows = runs.data?.items ?? [];
  return (
    <Section
      id="runs"
      title="Runs of this infra"
      actions={
        <Link
          to="/w/$ws/runs"
          params={{ ws }}
          search={{ infra: name }}
          className="link inline-flex min-h-6 items-center text-sm"
        >
          All of them
        </Link>
      }
    >
      {runs.isPending ? (
        <SkeletonRows rows={3} />
      ) : runs.isError && runs.data === undefined ? (
        <div className="p-4">
          <FaultLine error={runs.error} onRetry={() => void runs.refetch()} />
        </div>
      ) : rows.length === 0 ? (
        <p className="px-4 py-3 text-muted">None yet.</p>
      ) : (
        <ul aria-label="Newest runs" className="divide-y divide-line">
          {rows.map((run) => (
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
    </Section>
  );
}

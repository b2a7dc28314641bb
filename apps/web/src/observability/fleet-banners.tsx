import type { Fleet } from '@signalbox/contracts/observability/get-fleet';
import type { Worker } from '@signalbox/contracts/observability/list-workers';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

function Banner({ title, children }: { title: string; children: ReactNode }) {
  return (
    <p className="panel flex items-start gap-3 border-l-4 border-l-caution px-4 py-3">
      <TriangleAlert size={18} className="mt-0.5 shrink-0 text-caution" aria-hidden="true" />
      <span>
        <strong className="font-semibold">{title}</strong> {children}
      </span>
    </p>
  );
}

/** What keeps work from being done, and what to check. */
export function FleetBanners({
  alive,
  missingTools,
}: {
  alive: readonly Worker[];
  missingTools: Fleet['missingTools'];
}) {
  const versions = [...new Set(alive.map(({ version }) => version))].sort();
  return (
    <>
      {alive.length === 0 && (
        <Banner title="No worker takes work.">
          Runs are admitted and stay queued until one does. Start one with{' '}
          <code className="font-mono text-sm">npm run worker</code>; if one should be there, check that it
          reaches the database, and what its log says.
        </Banner>
      )}
      {alive.length > 0 &&
        missingTools.map(({ tool, provider }) => (
          <Banner key={`${provider}:${tool}`} title={`No worker has ${tool}.`}>
            Runs through {provider} connections fail until one has. Put it on the PATH of a worker and start
            that worker again; it is looked for once, at the start.
          </Banner>
        ))}
      {versions.length > 1 && (
        <Banner title="Workers of different versions are running">
          ({versions.join(', ')}). That is fine during an update and should not last.
        </Banner>
      )}
    </>
  );
}

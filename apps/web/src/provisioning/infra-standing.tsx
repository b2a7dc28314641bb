import type { ReactNode } from 'react';
import { Section } from '../connection/section.tsx';
import { Time } from '../ui/time.tsx';
import { factOf, missingServers, standingServers } from './infra-model.ts';
import type { InfraView, ResourceView } from './infra-view.ts';

const columns = 'md:grid-cols-[minmax(0,1.2fr)_minmax(0,1.4fr)_minmax(0,1.4fr)_6rem] gap-x-6 gap-y-0.5';

function Head({ words }: { words: readonly string[] }) {
  return (
    <div aria-hidden="true" className={`eyebrow hidden border-b border-line px-4 py-2 md:grid ${columns}`}>
      {words.map((word) => (
        <span key={word}>{word}</span>
      ))}
    </div>
  );
}

function Cells({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <li
      className={`grid min-h-(--row) content-center px-4 py-2 text-sm wrap-anywhere md:items-baseline ${columns}`}
    >
      <span className="min-w-0">{name}</span>
      {children}
    </li>
  );
}

function ServiceRow({ service }: { service: ResourceView }) {
  return (
    <li>
      <span className="font-mono">{factOf(service, 'service')}</span>{' '}
      <span className="text-muted">{factOf(service, 'version')}</span>
    </li>
  );
}

/** The servers that stand, with what runs on them, and those the settings name beside them. */
export function ServersSection({ infra, actions }: { infra: InfraView; actions: ReactNode }) {
  const standing = standingServers(infra.resources);
  const missing = missingServers(infra.read, infra.resources);
  return (
    <Section id="servers" title="Servers" actions={actions}>
      {standing.length === 0 && missing.length === 0 ? (
        <p className="px-4 py-3 text-muted">None stands, and the settings name none.</p>
      ) : (
        <>
          <Head words={['Server', 'Task services', 'Plan and zone', 'Since']} />
          <ul aria-label="Servers" className="divide-y divide-line">
            {standing.map(({ server, services }) => (
              <Cells
                key={server.name}
                name={
                  <>
                    <span className="block font-mono font-medium">{server.name}</span>
                    <span className="block font-mono text-xs text-faint">
                      {factOf(server, 'address') || server.externalId}
                    </span>
                  </>
                }
              >
                {services.length === 0 ? (
                  <span className="text-muted">No task service</span>
                ) : (
                  <ul aria-label={`Task services of ${server.name}`}>
                    {services.map((service) => (
                      <ServiceRow key={service.name} service={service} />
                    ))}
                  </ul>
                )}
                <span className="min-w-0 text-muted">
                  {factOf(server, 'plan')} · {factOf(server, 'zone')} · {factOf(server, 'role')}
                </span>
                <span className="text-muted">
                  <Time at={server.since} />
                </span>
              </Cells>
            ))}
            {missing.map(({ name, plan, zone }) => (
              <Cells key={name} name={<span className="block font-mono text-muted">{name}</span>}>
                <span className="text-muted">In the settings, not made yet</span>
                <span className="text-muted">
                  {plan} · {zone}
                </span>
                <span className="hidden text-muted md:block">–</span>
              </Cells>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** The clusters that stand, and those the settings name beside them. */
export function ClustersSection({ infra, actions }: { infra: InfraView; actions: ReactNode }) {
  const standing = infra.resources.filter(({ kind }) => kind === 'cluster');
  const names = new Set(standing.map(({ name }) => name));
  const missing = (infra.read?.clusters ?? []).filter(({ name }) => !names.has(name));
  return (
    <Section id="clusters" title="Clusters" actions={actions}>
      {standing.length === 0 && missing.length === 0 ? (
        <p className="px-4 py-3 text-muted">None stands, and the settings name none.</p>
      ) : (
        <>
          <Head words={['Cluster', 'Type', 'Servers', 'Since']} />
          <ul aria-label="Clusters" className="divide-y divide-line">
            {standing.map((cluster) => (
              <Cells key={cluster.name} name={<span className="font-mono font-medium">{cluster.name}</span>}>
                <span className="font-mono">{factOf(cluster, 'type')}</span>
                <span className="min-w-0 text-muted">{factOf(cluster, 'members')}</span>
                <span className="text-muted">
                  <Time at={cluster.since} />
                </span>
              </Cells>
            ))}
            {missing.map(({ name, type, size }) => (
              <Cells key={name} name={<span className="font-mono text-muted">{name}</span>}>
                <span className="font-mono text-muted">{type}</span>
                <span className="text-muted">{size} in the settings, not made yet</span>
                <span className="hidden text-muted md:block">–</span>
              </Cells>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

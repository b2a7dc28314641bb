import type { ServiceAction, Standing, WantedServer, WorkUnit } from './work.ts';
import { serviceName } from './work.ts';

/** Why there is nothing that could be done, in words. */
export interface NoWork {
  readonly problem: string;
}

/** The servers that are wanted, each a unit of its own; one that stands is found to stand. */
export function planServers(wanted: readonly Omit<WantedServer, 'role'>[]): WorkUnit[] {
  return wanted.map((server) => makeServer({ ...server, role: 'server' }));
}

/** What is asked of task services. */
export interface ServiceWish {
  readonly action: Exclude<ServiceAction, 'upgrade'>;
  readonly infra: string;
  readonly services: readonly string[];
  /** Null: every server of the infra. */
  readonly servers: readonly string[] | null;
}

/**
 * The task services on the servers they go to; what is configured, restarted or removed is where it was installed.
 * Nothing to remove is no problem, it is what was wanted.
 */
export function planServices(wish: ServiceWish, standing: Standing): WorkUnit[] | NoWork {
  const { action, infra, services } = wish;
  const missing = (wish.servers ?? []).filter((name) => !standing.servers.some((one) => one.name === name));
  if (missing.length > 0) return { problem: `The infra ${infra} has no server ${missing.join(', ')}.` };
  const servers = standing.servers.filter(({ name }) => wish.servers?.includes(name) ?? true);
  if (servers.length === 0 && action !== 'delete') return { problem: `The infra ${infra} has no servers.` };
  const units = servers.flatMap(({ name: server, role }) =>
    services
      .filter((service) => action === 'install' || installed(standing, { server, service }))
      .map((service) => serviceUnit({ action, service, server, role }, [])),
  );
  if (units.length > 0 || action === 'delete') return units;
  return { problem: `${services.join(', ')} is installed on no server of the infra ${infra}.` };
}

/** Making a server, as a unit. */
export function makeServer(server: WantedServer): WorkUnit {
  return { key: `server:${server.name}`, needs: [], kind: 'make_server', server };
}

/** Something done with a task service on a server, as a unit. */
export function serviceUnit(
  work: Omit<Extract<WorkUnit, { kind: 'service' }>, 'key' | 'needs' | 'kind'>,
  needs: readonly string[],
): WorkUnit {
  return { key: `taskserv:${serviceName(work.server, work.service)}`, needs, kind: 'service', ...work };
}

function installed(standing: Standing, at: { readonly server: string; readonly service: string }): boolean {
  return standing.services.some(({ server, service }) => server === at.server && service === at.service);
}

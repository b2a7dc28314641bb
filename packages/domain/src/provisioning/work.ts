import type { ServerProviderName } from '../connection/providers.ts';

/** What can be done with a task service on a server. An upgrade installs what is not current and restarts what is. */
export const serviceActions = ['install', 'configure', 'restart', 'delete', 'upgrade'] as const;
export type ServiceAction = (typeof serviceActions)[number];

/** What a server is for. */
export const serverRoles = ['control', 'worker', 'server'] as const;
export type ServerRole = (typeof serverRoles)[number];

/** A server that is wanted, with what it is for. A type, not an interface: it is kept as JSON. */
export type WantedServer = {
  readonly name: string;
  readonly plan: string;
  readonly zone: string;
  readonly role: ServerRole;
};

/** A cluster that is wanted, or stands. Kept as JSON too. */
export type WantedCluster = {
  readonly name: string;
  readonly type: string;
  readonly members: readonly string[];
};

/**
 * One unit of work on an infra, with a result of its own. `needs` are keys of units before it: where one of them did
 * not succeed, it is skipped. Types, not interfaces: a plan is kept as JSON.
 */
export type WorkUnit = { readonly key: string; readonly needs: readonly string[] } & (
  | { readonly kind: 'make_server'; readonly server: WantedServer }
  | { readonly kind: 'remove_server'; readonly server: string }
  | {
      readonly kind: 'service';
      readonly action: ServiceAction;
      readonly service: string;
      readonly server: string;
      readonly role: ServerRole;
    }
  | { readonly kind: 'keep_cluster'; readonly cluster: WantedCluster }
  | { readonly kind: 'forget_cluster'; readonly cluster: string }
);

/** What stands in an infra, as far as work is planned by it. */
export interface Standing {
  readonly servers: readonly { readonly name: string; readonly role: ServerRole }[];
  readonly services: readonly { readonly server: string; readonly service: string }[];
  readonly clusters: readonly WantedCluster[];
}

/** The name under which a task service on a server is kept. */
export function serviceName(server: string, service: string): string {
  return `${server}/${service}`;
}

/** What a unit does, as people are told. */
export function describeUnit(unit: WorkUnit): string {
  switch (unit.kind) {
    case 'make_server':
      return `Create server ${unit.server.name}`;
    case 'remove_server':
      return `Remove server ${unit.server}`;
    case 'service':
      return `${serviceVerbs[unit.action]} ${unit.service} on ${unit.server}`;
    case 'keep_cluster':
      return `Keep cluster ${unit.cluster.name} of ${unit.cluster.members.length} servers`;
    case 'forget_cluster':
      return `Remove cluster ${unit.cluster}`;
  }
}

const serviceVerbs: Readonly<Record<ServiceAction, string>> = {
  install: 'Install',
  configure: 'Configure',
  restart: 'Restart',
  delete: 'Remove',
  upgrade: 'Upgrade',
};

/** The order of the kinds of work within a provider: units of one family may be done side by side. */
type Family = 'make' | 'remove' | 'service' | 'cluster';

function familyOf({ kind }: WorkUnit): Family {
  if (kind === 'make_server') return 'make';
  if (kind === 'remove_server') return 'remove';
  return kind === 'service' ? 'service' : 'cluster';
}

/**
 * Cuts work into stretches that follow one another. Within a stretch the units are of one kind and none needs another,
 * so they may be done side by side.
 */
export function stretches(units: readonly WorkUnit[]): WorkUnit[][] {
  const cut: WorkUnit[][] = [];
  let keys = new Set<string>();
  for (const unit of units) {
    const last = cut.at(-1);
    const first = last?.[0];
    const goesOn =
      first !== undefined && familyOf(first) === familyOf(unit) && !unit.needs.some((need) => keys.has(need));
    if (last !== undefined && goesOn) last.push(unit);
    else {
      cut.push([unit]);
      keys = new Set();
    }
    keys.add(unit.key);
  }
  return cut;
}

/** What a server of a cluster is when nobody says more: the smallest that its provider has. */
export function smallestServer(
  provider: ServerProviderName,
  region: string | null,
): { readonly plan: string; readonly zone: string } {
  switch (provider) {
    case 'local':
      return { plan: 'small', zone: 'local' };
    case 'upcloud':
      return { plan: '1xCPU-2GB', zone: 'de-fra1' };
    case 'aws':
      return { plan: 't3.micro', zone: `${region ?? 'eu-central-1'}a` };
    case 'terraform':
      return { plan: 'small', zone: 'local' };
  }
}

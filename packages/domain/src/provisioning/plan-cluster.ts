import { makeServer, type NoWork, serviceUnit } from './plan-work.ts';
import type { ServerRole, Standing, WantedCluster, WorkUnit } from './work.ts';

/** What may be asked of clusters. */
export const clusterActions = ['create', 'delete', 'scale', 'upgrade'] as const;
export type ClusterAction = (typeof clusterActions)[number];

/** A cluster as settings name it. */
export interface ClusterSpec {
  readonly name: string;
  readonly type: string;
  /** Servers. */
  readonly size: number;
}

export interface ClusterWish {
  readonly action: ClusterAction;
  readonly infra: string;
  readonly clusters: readonly ClusterSpec[];
  /** What its servers are at their provider. */
  readonly server: { readonly plan: string; readonly zone: string };
}

/** The task services of a type of cluster: the one it is named after, and for Kubernetes the network between its nodes. */
export function clusterServices(type: string): readonly string[] {
  return type === 'kubernetes' ? ['kubernetes', 'cilium'] : [type];
}

/** The servers of a cluster of a size, by name; the first is in control. */
export function clusterMembers({ name, size }: ClusterSpec): string[] {
  return Array.from({ length: size }, (_, index) => `${name}-${index + 1}`);
}

function roleOf(cluster: string, member: string): ServerRole {
  return member === `${cluster}-1` ? 'control' : 'worker';
}

/** All that is to be done for clusters, one cluster after the other. */
export function planClusters(wish: ClusterWish, standing: Standing): WorkUnit[] | NoWork {
  const units: WorkUnit[] = [];
  for (const spec of wish.clusters) {
    const stands = standing.clusters.find(({ name }) => name === spec.name) ?? null;
    const planned = planOne(wish, spec, { stands, services: standing.services });
    if ('problem' in planned) return planned;
    units.push(...planned);
  }
  return units;
}

/** What stands of a cluster, null for nothing, and every task service of its infra. */
interface Ground {
  readonly stands: WantedCluster | null;
  readonly services: Standing['services'];
}

function planOne(wish: ClusterWish, spec: ClusterSpec, { stands, services }: Ground): WorkUnit[] | NoWork {
  const { action, infra } = wish;
  if (stands === null) {
    if (action === 'create') return grow(wish, spec, clusterMembers(spec));
    return action === 'delete' ? [] : { problem: `The infra ${infra} has no cluster ${spec.name}.` };
  }
  if (stands.type !== spec.type) {
    return { problem: `The cluster ${spec.name} is of type ${stands.type}, not ${spec.type}.` };
  }
  switch (action) {
    case 'create': {
      if (stands.members.length <= spec.size) return grow(wish, spec, clusterMembers(spec));
      const { length } = stands.members;
      return { problem: `The cluster ${spec.name} has ${length} servers already; a scale makes it smaller.` };
    }
    case 'delete':
      return remove(stands, services);
    case 'upgrade':
      return upgrade(stands);
    case 'scale':
      return scale(wish, spec, { stands, services });
  }
}

/** Makes what is missing of the members, and what they need; the cluster is kept once all of it is there. */
function grow(wish: ClusterWish, spec: ClusterSpec, members: readonly string[]): WorkUnit[] {
  const { name, type } = spec;
  const servers = members.map((member) =>
    makeServer({ name: member, ...wish.server, role: roleOf(name, member) }),
  );
  const services = servers.flatMap((server, index) => {
    const member = members[index] ?? '';
    return clusterServices(type).map((service) =>
      serviceUnit({ action: 'install', service, server: member, role: roleOf(name, member) }, [server.key]),
    );
  });
  const needs = [...servers, ...services].map(({ key }) => key);
  const cluster = { name, type, members: clusterMembers(spec) };
  return [...servers, ...services, { key: `cluster:${name}`, needs, kind: 'keep_cluster', cluster }];
}

function scale(
  wish: ClusterWish,
  spec: ClusterSpec,
  { stands, services }: { readonly stands: WantedCluster; readonly services: Standing['services'] },
): WorkUnit[] {
  const members = clusterMembers(spec);
  const extra = stands.members.filter((member) => !members.includes(member));
  if (extra.length === 0) {
    return grow(
      wish,
      spec,
      members.filter((member) => !stands.members.includes(member)),
    );
  }
  const leaving = takeAway({ ...stands, members: extra }, services);
  const needs = leaving.map(({ key }) => key);
  const cluster = { name: spec.name, type: spec.type, members };
  return [...leaving, { key: `cluster:${spec.name}`, needs, kind: 'keep_cluster', cluster }];
}

/** One server after the other: the next is begun only when the one before is well. */
function upgrade(stands: WantedCluster): WorkUnit[] {
  const units: WorkUnit[] = [];
  let before: string[] = [];
  for (const server of stands.members) {
    const role = roleOf(stands.name, server);
    const here = clusterServices(stands.type).map((service) =>
      serviceUnit({ action: 'upgrade', service, server, role }, before),
    );
    units.push(...here);
    before = here.map(({ key }) => key);
  }
  return units;
}

function remove(stands: WantedCluster, services: Standing['services']): WorkUnit[] {
  const leaving = takeAway(stands, services);
  const needs = leaving.map(({ key }) => key);
  return [...leaving, { key: `cluster:${stands.name}`, needs, kind: 'forget_cluster', cluster: stands.name }];
}

/**
 * Task services first, those that came beside the cluster and then its own in the reverse of the order in which they
 * came; then the servers, the newest first.
 */
function takeAway({ name, type, members }: WantedCluster, standing: Standing['services']): WorkUnit[] {
  const newest = [...members].reverse();
  const own = [...clusterServices(type)].reverse();
  const services = newest.flatMap((server) => {
    const beside = standing.filter((each) => each.server === server && !own.includes(each.service));
    return [...beside.map(({ service }) => service), ...own].map((service) =>
      serviceUnit({ action: 'delete', service, server, role: roleOf(name, server) }, []),
    );
  });
  const servers = newest.map((server): WorkUnit => {
    const needs = services.filter((unit) => unit.kind === 'service' && unit.server === server);
    return {
      key: `server:${server}`,
      needs: needs.map(({ key }) => key),
      kind: 'remove_server',
      server,
    };
  });
  return [...services, ...servers];
}

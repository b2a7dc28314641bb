import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterActions, planClusters } from './plan-cluster.ts';
import { planServices } from './plan-work.ts';
import { describeUnit, type Standing, serviceActions, stretches, type WorkUnit } from './work.ts';

const nothing: Standing = { servers: [], services: [], clusters: [] };
const server = { plan: 'small', zone: 'local' };
const action = fc.constantFrom(...clusterActions);
const specs = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('main', 'cache', 'edge'),
    type: fc.constantFrom('kubernetes', 'redis'),
    size: fc.integer({ min: 1, max: 6 }),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 3 },
);

/** What stands after units were done in their order, each of them with success. */
function after(standing: Standing, units: readonly WorkUnit[]): Standing {
  const servers = new Map(standing.servers.map((one) => [one.name, one]));
  const services = new Map(standing.services.map((one) => [`${one.server}/${one.service}`, one]));
  const clusters = new Map(standing.clusters.map((one) => [one.name, one]));
  for (const unit of units) {
    if (unit.kind === 'make_server') servers.set(unit.server.name, unit.server);
    if (unit.kind === 'remove_server') servers.delete(unit.server);
    if (unit.kind === 'service' && unit.action === 'delete')
      services.delete(`${unit.server}/${unit.service}`);
    if (unit.kind === 'service' && unit.action === 'install')
      services.set(`${unit.server}/${unit.service}`, unit);
    if (unit.kind === 'keep_cluster') clusters.set(unit.cluster.name, unit.cluster);
    if (unit.kind === 'forget_cluster') clusters.delete(unit.cluster);
  }
  return {
    servers: [...servers.values()],
    services: [...services.values()],
    clusters: [...clusters.values()],
  };
}

function planned(asked: Parameters<typeof planClusters>[0], standing: Standing): WorkUnit[] {
  const units = planClusters(asked, standing);
  if ('problem' in units) throw new Error(units.problem);
  return units;
}

test('a cluster that was created, scaled and removed again leaves nothing behind', () => {
  fc.assert(
    fc.property(specs, fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }), (clusters, sizes) => {
      const asked = { infra: 'demo', server };
      let standing = after(nothing, planned({ ...asked, action: 'create', clusters }, nothing));
      for (const size of sizes) {
        const wanted = clusters.map((cluster) => ({ ...cluster, size }));
        standing = after(standing, planned({ ...asked, action: 'scale', clusters: wanted }, standing));
        for (const { members } of standing.clusters) expect(members).toHaveLength(size);
        expect(standing.servers).toHaveLength(size * clusters.length);
      }
      expect(after(standing, planned({ ...asked, action: 'delete', clusters }, standing))).toEqual(nothing);
    }),
  );
});

test('an upgrade takes one server after the other: all of the next needs all of the one before', () => {
  const clusters = [{ name: 'main', type: 'kubernetes', size: 3 }];
  const asked = { infra: 'demo', server, clusters };
  const standing = after(nothing, planned({ ...asked, action: 'create' }, nothing));
  const cut = stretches(planned({ ...asked, action: 'upgrade' }, standing));
  expect(cut.map((units) => units.map(describeUnit))).toEqual([
    ['Upgrade kubernetes on main-1', 'Upgrade cilium on main-1'],
    ['Upgrade kubernetes on main-2', 'Upgrade cilium on main-2'],
    ['Upgrade kubernetes on main-3', 'Upgrade cilium on main-3'],
  ]);
});

test('a cluster that does not stand is neither scaled nor upgraded, and one of another type is left alone', () => {
  fc.assert(
    fc.property(action, (asked) => {
      const clusters = [{ name: 'main', type: 'redis', size: 2 }];
      const none = planClusters({ action: asked, infra: 'demo', clusters, server }, nothing);
      expect('problem' in none).toBe(asked === 'scale' || asked === 'upgrade');
      const other = { ...nothing, clusters: [{ name: 'main', type: 'kubernetes', members: ['main-1'] }] };
      const mixed = planClusters({ action: asked, infra: 'demo', clusters, server }, other);
      expect('problem' in mixed).toBe(true);
    }),
  );
});

test('a cluster is made no smaller by making it again, and finds what is missing of it', () => {
  const clusters = [{ name: 'main', type: 'redis', size: 2 }];
  const of = (members: readonly string[]) => ({
    ...nothing,
    clusters: [{ name: 'main', type: 'redis', members }],
  });
  const asked = { action: 'create', infra: 'demo', clusters, server } as const;
  expect(planClusters(asked, of(['main-1', 'main-2', 'main-3']))).toEqual({
    problem: 'The cluster main has 3 servers already; a scale makes it smaller.',
  });
  const missing = planClusters(asked, of(['main-1']));
  if ('problem' in missing) throw new Error(missing.problem);
  expect(missing.at(-1)).toMatchObject({ cluster: { members: ['main-1', 'main-2'] } });
});

test('with a server goes every task service on it, also one that came beside its cluster', () => {
  const clusters = [{ name: 'main', type: 'redis', size: 1 }];
  const standing = {
    ...nothing,
    clusters: [{ name: 'main', type: 'redis', members: ['main-1', 'main-2'] }],
    services: [
      { server: 'main-2', service: 'redis' },
      { server: 'main-2', service: 'nginx' },
      { server: 'main-1', service: 'nginx' },
    ],
  };
  const planned = planClusters({ action: 'scale', infra: 'demo', clusters, server }, standing);
  if ('problem' in planned) throw new Error(planned.problem);
  const services = planned.flatMap((unit) =>
    unit.kind === 'service' ? [`${unit.server} ${unit.service}`] : [],
  );
  expect(services).toEqual(['main-2 nginx', 'main-2 redis']);
  const leaving = planned.find((unit) => unit.kind === 'remove_server');
  expect(leaving?.needs).toHaveLength(2);
});

test('within a stretch no unit needs another, and cutting changes neither units nor their order', () => {
  const units = fc
    .array(
      fc.record({
        kind: fc.constantFrom('make_server', 'remove_server', 'service'),
        needs: fc.array(fc.nat({ max: 11 }), { maxLength: 3 }),
        action: fc.constantFrom(...serviceActions),
      }),
      { maxLength: 12 },
    )
    .map((all) =>
      all.map(({ kind, needs, action: what }, index): WorkUnit => {
        const shared = {
          key: String(index),
          needs: needs.filter((need) => need < index).map(String),
        };
        if (kind === 'remove_server') return { ...shared, kind, server: 'a' };
        if (kind === 'make_server')
          return { ...shared, kind, server: { name: 'a', ...server, role: 'server' } };
        return { ...shared, kind: 'service', action: what, service: 's', server: 'a', role: 'server' };
      }),
    );
  fc.assert(
    fc.property(units, (all) => {
      const cut = stretches(all);
      expect(cut.flat()).toEqual(all);
      for (const stretch of cut) {
        const keys = new Set(stretch.map(({ key }) => key));
        expect(stretch.flatMap(({ needs }) => needs).some((need) => keys.has(need))).toBe(false);
        expect(new Set(stretch.map(({ kind }) => kind)).size).toBe(1);
      }
    }),
  );
});

test('task services go to the named servers or to all, and what is not installed cannot be restarted', () => {
  const standing: Standing = {
    ...nothing,
    servers: ['web-01', 'web-02'].map((name) => ({ name, role: 'server' })),
    services: [{ server: 'web-02', service: 'nginx' }],
  };
  const keys = (wish: Partial<Parameters<typeof planServices>[0]>): unknown => {
    const full = { action: 'install', infra: 'demo', services: ['nginx'], servers: null, ...wish } as const;
    const units = planServices(full, standing);
    return 'problem' in units ? units.problem : units.map(({ key }) => key);
  };
  expect(keys({})).toEqual(['taskserv:web-01/nginx', 'taskserv:web-02/nginx']);
  expect(keys({ servers: ['web-01'] })).toEqual(['taskserv:web-01/nginx']);
  expect(keys({ servers: ['web-09'] })).toContain('no server web-09');
  expect(keys({ action: 'restart' })).toEqual(['taskserv:web-02/nginx']);
  expect(keys({ action: 'restart', services: ['redis'] })).toContain('on no server');
  expect(keys({ action: 'delete', services: ['redis'] })).toEqual([]);
  const empty = { action: 'install', infra: 'demo', services: ['nginx'], servers: null } as const;
  expect(planServices(empty, nothing)).toMatchObject({ problem: expect.stringContaining('no servers') });
});

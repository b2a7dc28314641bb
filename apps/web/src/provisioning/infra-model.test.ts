import { expect, test } from 'vitest';
import {
  askedBatch,
  clustersFor,
  missingServers,
  settingsExample,
  settingsProblems,
  standingServers,
  standingWords,
  thingsFor,
} from './infra-model.ts';

const since = '2026-03-01T00:00:00Z';
const server = (name: string) => ({ kind: 'server', name, provider: 'local', facts: {}, since }) as const;
const service = (on: string, name: string) =>
  ({
    kind: 'taskserv',
    name: `${on}/${name}`,
    provider: 'local',
    since,
    facts: { server: on, service: name },
  }) as const;
const spec = (name: string) => ({ name, plan: 'small', zone: 'local' });

test('the example of a new infra has no problem, and a wrong line is named by its number', () => {
  expect(settingsProblems(settingsExample)).toEqual([]);
  expect(settingsProblems('provider = "local"\nnobody = 1\n').map(({ line }) => line)).toEqual([2]);
});

test('what stands is counted in words, and nothing is not told as zero', () => {
  expect(standingWords({ servers: 2, taskservs: 1, clusters: 0 })).toBe('2 servers, 1 task service');
  expect(standingWords({ servers: 0, taskservs: 0, clusters: 0 })).toBeNull();
});

test('each server that stands has its own task services, and what the settings name beside it is missing', () => {
  const resources = [server('a'), server('b'), service('a', 'nginx')];
  expect(standingServers(resources).map(({ services }) => services.length)).toEqual([1, 0]);
  expect(missingServers({ servers: [spec('a'), spec('c')] }, resources)).toEqual([spec('c')]);
});

test('only what stands or is named can be removed, and what comes with a worker can be installed', () => {
  const known = { read: { taskservs: ['etcd'], clusters: [] }, resources: [service('a', 'nginx')] };
  expect(thingsFor('delete_taskserv', known)).toEqual(['etcd', 'nginx']);
  expect(thingsFor('create_taskserv', known)).toEqual(['cilium', 'etcd', 'kubernetes', 'nginx', 'redis']);
  expect(thingsFor('scale_cluster', known)).toEqual([]);
});

test('a type of cluster that the settings do not name is one of three servers', () => {
  const clusters = [{ name: 'cache', type: 'redis', size: 2 }];
  expect(clustersFor('redis', clusters)).toEqual(clusters);
  expect(clustersFor('kubernetes', clusters)).toEqual([{ name: 'kubernetes', type: 'kubernetes', size: 3 }]);
});

test('the gate is asked about the infra itself, whatever is done on it', () => {
  const settings = { provider: 'local', servers: [spec('a')], taskservs: [], clusters: [] } as const;
  for (const name of ['create_servers', 'restart_taskserv', 'delete_cluster'] as const) {
    const { operations } = askedBatch({ name, infra: 'web', settings, thing: 'redis' });
    expect(operations.map(({ config }) => config?.infra)).toEqual(['web']);
  }
});

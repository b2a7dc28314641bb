import { expect, test } from 'vitest';
import { targetScopes } from './batch-operation.ts';
import {
  type BatchOperation,
  type BatchWork,
  batchReach,
  batchWork,
  checkBatchReach,
  configOf,
  targetsOf,
} from './batch-work.ts';

const operation = (
  id: string,
  dependencies: readonly string[],
  { type, ...config }: Pick<BatchOperation, 'type'> & NonNullable<BatchOperation['config']>,
): BatchOperation => ({ id, type, provider: 'local', dependencies, config });
const servers = (id: string, names: readonly string[], infra?: string) =>
  operation(id, [], {
    type: 'server_batch',
    infra,
    server_configs: names.map((name) => ({ name, plan: 'small', zone: 'local' })),
  });
const services = (id: string, ...dependencies: string[]) =>
  operation(id, dependencies, { type: 'taskserv_batch', taskservs: ['nginx'] });

const inputOf = (works: readonly BatchWork[], key: string) => works.find((work) => work.key === key)?.input;

test('task services go to the servers that are nearest before them, and to all of the infra where there are none', () => {
  const works = batchWork('demo', [
    servers('far', ['far-01']),
    { ...servers('near', ['near-01', 'near-02']), dependencies: ['far'] },
    operation('cluster', [], { type: 'cluster_batch', clusters: [{ name: 'main', type: 'redis', size: 2 }] }),
    servers('elsewhere', ['other-01'], 'other'),
    services('direct', 'near'),
    services('through', 'direct', 'cluster'),
    services('around', 'elsewhere'),
    services('alone'),
    services('again', 'alone', 'alone'),
  ]);
  expect(inputOf(works, 'direct')?.servers).toEqual(['near-01', 'near-02']);
  expect(inputOf(works, 'through')?.servers).toEqual(['main-1', 'main-2', 'near-01', 'near-02']);
  for (const key of ['around', 'alone', 'again']) expect(inputOf(works, key)).not.toHaveProperty('servers');
  expect(works.find(({ key }) => key === 'again')?.dependencies).toEqual(['alone']);
  expect(inputOf(works, 'elsewhere')?.infra).toBe('other');
});

test('each operation becomes a start of its own, which holds the objects it works on and tells what it was given', () => {
  const works = batchWork('demo', [
    servers('make', ['web-01']),
    operation('group', [], { type: 'cluster_batch', clusters: [{ name: 'main', type: 'redis', size: 2 }] }),
    services('install', 'make'),
  ]);
  expect(works.map(({ operation: name }) => name)).toEqual([
    'create_servers',
    'create_cluster',
    'create_taskserv',
  ]);
  expect(works.map(({ infra, input }) => targetScopes(infra, targetsOf(input)))).toEqual([
    ['infra:demo:server:web-01'],
    ['infra:demo:server:main-1', 'infra:demo:server:main-2', 'infra:demo:cluster:main'],
    ['infra:demo:server:web-01'],
  ]);
  expect(works.map(({ input }) => configOf(input))).toEqual([
    { infra: 'demo', server_configs: [{ name: 'web-01', plan: 'small', zone: 'local' }] },
    { infra: 'demo', clusters: [{ name: 'main', type: 'redis', size: 2 }] },
    { infra: 'demo', taskservs: ['nginx'] },
  ]);
});

test('a batch is judged by how far it reaches before anything is worked out, however small it is written', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `w-${index}`);
  const clusters = Array.from({ length: 20 }, (_, index) => ({
    name: `c${index}`,
    type: 'redis',
    size: 100,
  }));
  const wide = operation('wide', [], { type: 'cluster_batch', clusters });
  expect(checkBatchReach('demo', [wide, services('on', 'wide')])).toEqual([]);
  const many = { ...services('many', 'wide'), config: { taskservs: ['a', 'b', 'c'] } };
  expect(checkBatchReach('demo', [wide, many])).toMatchObject([
    { code: 'too_many_servers', operations: ['many'], index: 1 },
  ]);
  const dependents = Array.from({ length: 999 }, (_, index) => services(`s${index}`, 'make'));
  expect(checkBatchReach('demo', [servers('make', names(20)), ...dependents])).toEqual([]);
  const [problem] = checkBatchReach('demo', [servers('make', names(21)), ...dependents]);
  expect(problem?.message).toContain(`a batch has at most ${batchReach.batch}`);
});

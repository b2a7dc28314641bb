import { expect, test } from 'vitest';
import { writeDocument } from './batch-document.ts';
import { batchExample, emptyBatch } from './batch-example.ts';
import { readBatch } from './batch-reading.ts';
import { draftItems } from './draft-items.ts';

const operation = (id: string, dependencies: string[]) => ({
  id,
  type: 'taskserv_batch',
  provider: 'local',
  dependencies,
  config: { taskservs: ['cilium'] },
});
const read = (operations: unknown, more: object = {}) =>
  readBatch(writeDocument({ name: 'fleet', operations, ...more }, 'yaml'), 'yaml');

test('the example of the contract is a batch, and becomes the body of ours', () => {
  const draft = readBatch(writeDocument(batchExample, 'yaml'), 'yaml');
  expect(draft.problems).toEqual([]);
  expect(draft.body).toMatchObject({
    name: 'multi_cloud_deployment',
    parallelLimit: 5,
    storageBackend: 'surrealdb',
  });
  expect(draft.nameOf('parallelLimit')).toBe('parallel_limit');
  const ours = readBatch(JSON.stringify(draft.body), 'json');
  expect(ours.body).toEqual(draft.body);
  expect(ours.nameOf('parallelLimit')).toBe('parallelLimit');
});

test('a circle is told on each operation in it, and an unknown dependency on its line', () => {
  const draft = read([
    operation('a', ['c']),
    operation('b', ['a']),
    operation('c', ['b']),
    operation('d', ['nobody']),
  ]);
  const [circle, unknown] = draft.problems;
  expect(circle).toMatchObject({ operations: [0, 2, 1], pointer: '/operations/0/dependencies' });
  expect(unknown).toMatchObject({ operations: [3], pointer: '/operations/3/dependencies' });
  expect(unknown?.message).toContain('nobody');
  const text = writeDocument({ name: 'fleet', operations: [operation('a', ['c'])] }, 'yaml').split('\n');
  expect(text[(circle?.line ?? 0) - 1]).toContain('dependencies');
  expect(draft.body).toBeNull();
  expect(draftItems(draft).map(({ wave, problems }) => [wave, problems])).toEqual([
    [2, 1],
    [2, 1],
    [2, 1],
    [1, 1],
  ]);
});

test('a wrong shape is told where it stands, and once', () => {
  const draft = read(
    [
      { ...operation('a', []), provider: undefined },
      { ...operation('b', []), config: {} },
      operation('', []),
    ],
    {
      parallel_limit: 101,
      colour: 'red',
    },
  );
  expect(draft.problems.map(({ pointer }) => pointer).sort()).toEqual([
    '/colour',
    '/operations/0/provider',
    '/operations/1/config/taskservs',
    '/operations/2/id',
    '/parallel_limit',
  ]);
  expect(draft.problems.find(({ pointer }) => pointer.endsWith('provider'))?.message).toBe(
    'provider is missing.',
  );
});

test('whatever else the text holds is a draft with problems', () => {
  for (const text of [
    '',
    '[]',
    '17',
    'name: x\noperations: 3',
    'operations:\n  - \n  - 4',
    'name: "unclosed',
  ]) {
    const draft = readBatch(text, 'yaml');
    expect(draft.problems.length, text).toBeGreaterThan(0);
    expect(draft.body, text).toBeNull();
  }
  expect(
    readBatch(writeDocument(emptyBatch, 'yaml'), 'yaml').problems.map(({ pointer }) => pointer),
  ).toContain('/operations');
});

import { expect, it } from 'vitest';
import {
  changesText,
  countKinds,
  notRestorable,
  readContent,
  sizeWords,
  stateLine,
} from './checkpoint-model.ts';
import { compareContents } from './compare-contents.ts';

const server = (name: string, state: object = { plan: 'small' }, externalId = `i-${name}`) => ({
  ...{ kind: 'server', name, provider: 'local', externalId, state },
});
const content = (...resources: object[]) => readContent({ infras: [{ name: 'demo', resources }] });

it('reads a content of any shape and invents nothing', () => {
  for (const odd of [
    null,
    1,
    'x',
    [],
    {},
    { infras: {} },
    { infras: [null] },
    { infras: [{ resources: 1 }] },
  ]) {
    expect(readContent(odd).resources).toEqual([]);
  }
  expect(content(server('web')).resources).toEqual([{ ...server('web'), infra: 'demo' }]);
});

it('tells what was added, removed and changed between two checkpoints, fact by fact', () => {
  const earlier = content(server('a'), server('b', { zone: 'x', tags: { p: 1, q: 2 } }), server('c'));
  const later = content(
    server('b', { tags: { q: 2, p: 1 }, zone: 'y' }),
    server('c', undefined, 'i-new'),
    server('d'),
  );
  const found = compareContents(earlier.resources, later.resources);
  expect(found.map(({ what, name }) => `${what} ${name}`)).toEqual([
    'removed a',
    'changed b',
    'changed c',
    'added d',
  ]);
  expect(found[1]?.facts).toEqual([{ name: 'zone', before: 'x', after: 'y' }]);
  expect(found[2]?.facts).toEqual([{ name: 'id at its provider', before: 'i-c', after: 'i-new' }]);
  expect(compareContents(later.resources, later.resources)).toEqual([]);
});

it('keeps a server and a task service of one name apart, and one name in two infras', () => {
  const two = readContent({
    infras: [
      { name: 'a', resources: [server('x'), { ...server('x'), kind: 'taskserv' }] },
      { name: 'b', resources: [server('x')] },
    ],
  });
  expect(compareContents([], two.resources)).toHaveLength(3);
  expect(countKinds(two.resources)).toBe('2 servers, 1 task service');
  expect(countKinds([])).toBe('nothing');
});

it('says why a checkpoint cannot be gone back to', () => {
  expect(notRestorable({ changesSince: 0 })).toBe('Nothing has changed since');
  expect(notRestorable({ changesSince: 1_000 })).toBeNull();
  expect(notRestorable({ changesSince: 1_001 })).toMatch(/^More than 1,000/);
  expect([1, 2, 1_001].map(changesText)).toEqual(['1 change', '2 changes', 'More than 1,000 changes']);
});

it('tells sizes and facts for people', () => {
  expect([0, 51, 1_024, 15_360, 5_242_880].map(sizeWords)).toEqual([
    '0 B',
    '51 B',
    '1.0 kB',
    '15 kB',
    '5.0 MB',
  ]);
  expect(stateLine({ plan: 'small', cpus: 2, members: ['a', 'b'], odd: {}, none: null, empty: '' })).toBe(
    'plan small · cpus 2 · members a, b',
  );
});

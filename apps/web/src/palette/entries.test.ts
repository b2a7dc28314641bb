import { expect, it } from 'vitest';
import { type Entry, matchesEntry, matchingGroups, mostOfAKind } from './entries.ts';

const entry = (label: string, words = ''): Entry => ({
  id: label,
  label,
  words,
  icon: 'deed',
  act: () => undefined,
});

it.each(['res pol', 'RESTORE', 'policies restore', 'execute'])('finds an entry by %j', (typed) => {
  expect(matchesEntry(entry('Restore policies', 'restore_execute'), typed)).toBe(true);
});

it.each(['store', 'restore tenants'])('does not find it by %j', (typed) => {
  expect(matchesEntry(entry('Restore policies'), typed)).toBe(false);
});

it('leaves out headings without a match and never grows without bound', () => {
  const many = Array.from({ length: 100 }, (_, at) => entry(`Tenant ${at}`));
  const groups = [
    { value: 'Tenants', items: many },
    { value: 'Pages', items: [entry('Runs')] },
  ];
  expect(matchingGroups(groups, 'tenant')).toEqual([{ value: 'Tenants', items: many.slice(0, mostOfAKind) }]);
  expect(matchingGroups(groups, '').map(({ value }) => value)).toEqual(['Tenants', 'Pages']);
});

import { expect, it } from 'vitest';
import { ExactNumber } from './exact-number.ts';
import { diffInputs } from './input-diff.ts';

it('finds nothing where only the order of members and entries differs', () => {
  expect(diffInputs({ a: 1, b: { c: 1, d: [2, 3] } }, { b: { d: [3, 2], c: 1 }, a: 1 })).toEqual([]);
});

it('tells what was changed, added and taken out', () => {
  expect(
    diffInputs(
      { backupSetId: 4, kinds: ['a'], itemIds: [1, 2] },
      { backupSetId: 5, itemIds: [1, 3], x: null },
    ),
  ).toEqual([
    { member: 'backupSetId', label: 'Backup set', before: '4', after: '5' },
    { member: 'kinds', label: 'Kinds', before: '["a"]', after: null },
    { member: 'itemIds', label: 'Items', before: '[1,2]', after: '[1,3]' },
    { member: 'x', label: 'X', before: null, after: 'null' },
  ]);
});

it('sees a difference in the last digit of a big number', () => {
  const big = (digits: string) => ({ a: new ExactNumber(digits) });
  expect(diffInputs(big('9007199254740993'), big('9007199254740995'))).toHaveLength(1);
  expect(diffInputs(big('9007199254740993'), big('9007199254740993'))).toEqual([]);
});

it('keeps a long list short', () => {
  const [change] = diffInputs({}, { ids: Array.from({ length: 5_000 }, (_, at) => at) });
  expect(change?.after).toBe('5000 entries: 0, 1, 2, …');
});

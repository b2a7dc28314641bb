import { expect, it } from 'vitest';
import { numericId } from './numeric-id.ts';

it.each(['', '0', '-1', '1e3', '0x10', '01', '1.5', '2147483648', '99999999999', ' 1', '１', 'runs'])(
  'does not take %j for an id',
  (text) => {
    expect(numericId(text)).toBeNull();
  },
);

it('takes the ids the API gives', () => {
  expect([numericId('1'), numericId('2147483647')]).toEqual([1, 2_147_483_647]);
});

import { expect, it } from 'vitest';
import { itemsCsv } from './items-csv.ts';

const item = { position: 0, key: 'k', label: 'L', outcome: 'failed' } as const;

it('gives one row per item, with an item that has no result as remaining', () => {
  const [, first, second] = itemsCsv([item, { position: 1, key: 'b', label: 'B' }]).split('\r\n');
  expect(first).toBe('0,k,L,failed,,,,');
  expect(second).toBe('1,b,B,remaining,,,,');
});

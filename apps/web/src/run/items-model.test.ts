import { expect, it } from 'vitest';
import { patchItems } from './items-model.ts';

const items = [{ key: 'a' }, { key: 'b' }, { key: '__proto__' }];

it('fills a result in where its item stands and moves nothing', () => {
  const patched = patchItems(items, [
    { key: 'b', outcome: 'failed', code: 'conflict' },
    { key: '__proto__', outcome: 'succeeded' },
  ]);
  expect(patched.map(({ key }) => key)).toEqual(['a', 'b', '__proto__']);
  expect(patched).toMatchObject([{}, { outcome: 'failed', errorCode: 'conflict' }, { outcome: 'succeeded' }]);
  expect(patched[0]).toBe(items[0]);
});

it('leaves a list alone that holds none of the items', () => {
  expect(patchItems(items, [{ key: 'z', outcome: 'skipped' }])).toBe(items);
});

import { expect, test } from 'vitest';
import { scopeKeys } from './scope.ts';

test('every part of a template is filled in, wherever it stands', () => {
  expect(scopeKeys(['t:{tenant}:c:{connection}', 'c:{connection}'], { tenant: 3, connection: 7 })).toEqual([
    't:3:c:7',
    'c:7',
  ]);
  expect(scopeKeys(['{tenant}/{tenant}'], { tenant: 3, connection: null })).toEqual(['3/3']);
});

test('a template whose part is unknown yields no key, so that strangers never share one by accident', () => {
  expect(scopeKeys(['t:{tenant}', 'c:{connection}', 'all'], { tenant: null, connection: 7 })).toEqual([
    'c:7',
    'all',
  ]);
  expect(scopeKeys(['c:{connection}'], { tenant: 3, connection: null })).toEqual([]);
});

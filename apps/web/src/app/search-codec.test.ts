import { expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-codec.ts';

it.each(['?a=%E0%A4%A', '?%', '?=&&&=', '?a[b]=1&a[b]=2', '?a={"b":', '?\u0000=\ud800'])(
  'reads the hostile %j without a throw',
  (search) => {
    expect(() => stringifySearch(parseSearch(search))).not.toThrow();
  },
);

it('keeps every value as text', () => {
  expect(parseSearch('?id=7&on=true&none=null&list=[1]')).toEqual({
    id: '7',
    on: 'true',
    none: 'null',
    list: '[1]',
  });
});

it('does not let a key reach a prototype', () => {
  const search = parseSearch('?__proto__=x&constructor=y');
  expect(Object.getPrototypeOf(search)).toBe(Object.prototype);
  expect(Object.keys(search)).toEqual(['__proto__', 'constructor']);
});

it('writes what it read, unknown keys too', () => {
  for (const search of ['?status=failed,partial&x=1&x=2', '?q=a+b%26c', '']) {
    expect(stringifySearch(parseSearch(search))).toBe(search);
  }
});

it('leaves out what has no value', () => {
  expect(stringifySearch({ status: undefined, tenant: '', run: null, limit: 0 })).toBe('?limit=0');
});

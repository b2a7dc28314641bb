import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type Json, type JsonObject, workText } from './canonical.ts';

/** JSON as it comes out of a parser, so without a negative zero. */
const json = fc
  .json({ maxDepth: 4 })
  .map((text) => JSON.parse(text) as Json)
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);

/** The same value with the keys of every object in another order. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, reversed(field)]),
  );
}

test('the order of keys does not matter', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
  );
});

test('different values have different texts: the text can be read back', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(value);
      expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
    }),
  );
});

test('values that look alike are told apart', () => {
  const alike: Json[] = [
    1,
    '1',
    [1],
    ['1'],
    { 1: 1 },
    { a: null },
    {},
    [],
    null,
    false,
    'null',
    '',
    [[]],
    { a: {} },
    { a: [] },
  ];
  expect(new Set(alike.map(canonicalJson)).size).toBe(alike.length);
});

test('the order of a list matters, an absent value is the same as no key', () => {
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  expect(canonicalJson({ a: 1, b: undefined } as unknown as JsonObject)).toBe('{"a":1}');
});

const work = { tenantId: 1, operation: 'capture', input: { a: 1 }, payloadHash: null };

test('work differs when any part of it does, and no part can pass for another', () => {
  const others = [
    { ...work, tenantId: 2 },
    { ...work, tenantId: null },
    { ...work, operation: 'other' },
    { ...work, input: { a: 2 } },
    { ...work, input: {} },
    { ...work, payloadHash: 'x' },
    { ...work, payloadHash: '' },
    { ...work, operation: 'capture,', input: {} },
    work,
  ].map(workText);
  expect(new Set(others).size).toBe(others.length);
  expect(workText({ ...work, input: { a: 1 } })).toBe(workText(work));
});

import { expect, it } from 'vitest';
import { ExactNumber } from './exact-number.ts';
import { readJson, writeJson } from './json-text.ts';

const valid = [
  '{}',
  '[]',
  ' { "a" : [ 1 , -2.50 , 3e2, true , null ] } ',
  '{"a":{"b":{"c":"\\u00e9\\n\\"\\\\"}}}',
  '"text"',
  '-0',
  '0.1',
  '1e-7',
  '5e-324',
  '9007199254740991',
  '{"":0,"/~":1,"__proto__":{"x":1}}',
];

it.each(valid)('reads %s as every other reader does', (text) => {
  const reading = readJson(text);
  expect(reading).toMatchObject({ ok: true });
  if (reading.ok) expect(JSON.stringify(reading.value)).toBe(JSON.stringify(JSON.parse(text)));
});

it.each(valid)('writes %s back with the same meaning, on one line and on many', (text) => {
  const reading = readJson(text);
  if (!reading.ok) throw new Error(text);
  for (const indented of [false, true]) {
    const written = writeJson(reading.value, indented);
    expect(JSON.stringify(JSON.parse(written))).toBe(JSON.stringify(JSON.parse(text)));
  }
  expect(writeJson(reading.value, true)).toBe(JSON.stringify(JSON.parse(text), null, 2));
});

it.each([
  '',
  '{',
  '[1,]',
  '{"a":}',
  '{a:1}',
  "{'a':1}",
  '{"a":1,}',
  '01',
  '1.',
  '+1',
  '.5',
  'NaN',
  'undefined',
  '"a\nb"',
  '"\\x"',
  '"open',
  '{} {}',
  '[1 2]',
  'tru',
  '\u00a01',
])('refuses %j as every other reader does', (text) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(readJson(text).ok).toBe(false);
});

it.each([
  ['{\n  "a": 1,\n  "b": tru\n}', { line: 3, column: 8, message: '“tru” is no JSON value' }],
  ['{\n  "a": 1\n  "b": 2\n}', { line: 3, column: 3, message: 'a comma or } is expected' }],
  ['{"a": 1', { line: 1, column: 8, message: 'the text ends here; a comma or } is expected' }],
  ['{"a": 1,\n "a": 2}', { line: 2, column: 2, message: '“a” stands here a second time' }],
  ['{}\n\nx', { line: 3, column: 1, message: 'the JSON has ended before this' }],
  ['{"a": "open\n}', { line: 1, column: 7, message: 'the closing quote of this text is missing' }],
])('says where %j goes wrong', (text, fault) => {
  expect(readJson(text)).toEqual({ ok: false, fault });
});

it('stops at the depth the server stops at, and not by overflowing', () => {
  expect(readJson('['.repeat(100_000))).toMatchObject({
    ok: false,
    fault: { message: 'nothing may be nested deeper than 32 levels' },
  });
  expect(readJson(`${'['.repeat(32)}1${']'.repeat(32)}`).ok).toBe(true);
  expect(readJson(`${'['.repeat(33)}1${']'.repeat(33)}`).ok).toBe(false);
});

it.each([
  '9007199254740993',
  '-12345678901234567890',
  '0.1234567890123456789',
  '1e400',
  '123456789012345678e3',
])('keeps every digit of %s, in the text, in the form and on the wire', (digits) => {
  const reading = readJson(`{"a":[${digits}]}`);
  if (!reading.ok) throw new Error(digits);
  expect(writeJson(reading.value)).toBe(`{"a":[${digits}]}`);
  expect(JSON.stringify(reading.value)).toBe(`{"a":[${digits}]}`);
});

it.each(['1.10', '100', '1E3', '0.000', '9007199254740992'])('takes %s for the number it is', (text) => {
  const reading = readJson(text);
  expect(reading.ok && reading.value).toBe(Number(text));
  expect(reading.ok && reading.value).not.toBeInstanceOf(ExactNumber);
});

it('knows the line of every value by its pointer', () => {
  const reading = readJson('{\n  "ids": [\n    1,\n    2\n  ],\n  "a/b": {"c": 3}\n}');
  expect(reading.ok && Object.fromEntries(reading.lines)).toEqual({
    '': 1,
    '/ids': 2,
    '/ids/0': 3,
    '/ids/1': 4,
    '/a~1b': 6,
    '/a~1b/c': 6,
  });
});

it('reads a text of the largest size a body may have in one go', () => {
  const ids = Array.from({ length: 30_000 }, (_, at) => `policy-${at}`);
  const reading = readJson(JSON.stringify({ ids }, null, 2));
  expect(reading.ok && reading.lines.get('/ids/29999')).toBe(30_002);
});

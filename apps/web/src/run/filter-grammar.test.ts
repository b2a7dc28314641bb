import { reasonCodes } from '@signalbox/domain/gate/reasons';
import { operationNames } from '@signalbox/domain/operation/registry';
import { runStatuses } from '@signalbox/domain/run/lifecycle';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addTerm, type FilterQuery, parseFilter, printFilter, readTerm } from './filter-grammar.ts';
import { readTerms, writeTerm } from './filter-terms.ts';
import { runsSearch } from './runs-search.ts';

const names = {
  tenants: [
    { id: 3, externalId: 'contoso' },
    { id: 4, externalId: 'Two Words' },
    { id: 5, externalId: '3' },
  ],
};
const parse = (text: string) => parseFilter(text, names);

it('reads what the URL keeps', () => {
  expect(
    parse(
      'status:failed type:restore_execute tag:nightly by:me tenant:contoso connection:12 created:>-24h reason:items_failed amber-viaduct',
    ),
  ).toEqual({
    status: 'failed',
    operation: 'restore_execute',
    tag: 'nightly',
    by: 'me',
    tenant: '3',
    connection: '12',
    last: '24h',
    reason: 'items_failed',
    q: 'amber-viaduct',
  });
});

it.each([
  ['created:-7d', { last: '7d' }],
  [
    'created:>2026-03-14 created:<2026-03-15T12:00:00Z',
    { after: '2026-03-14T00:00:00Z', before: '2026-03-15T12:00:00Z' },
  ],
  ['ended:>-30m', { ended: '30m' }],
  ['ended:>2026-03-14', { ended: '2026-03-14T00:00:00Z' }],
  ['STATUS:Failed status:partial status:failed', { status: 'failed,partial' }],
  ['tag:"two words" by:"a \\"b\\" \\\\"', { tag: 'two words', by: 'a "b" \\' }],
  ['tenant:"two words"', { tenant: '4' }],
  ['tenant:3', { tenant: '3' }],
  ['tag:a:b', { tag: 'a:b' }],
  ['', {}],
  ['   \u0000\r\n ', {}],
])('reads %j', (text, expected) => {
  expect(parse(text)).toEqual(expected);
});

it.each([
  'colour:red',
  'status:faild',
  'type:restore',
  'tenant:nobody',
  'connection:abc',
  'connection:0',
  'reason:__proto__',
  'constructor:x',
  'created:yesterday',
  'created:>-9y',
  'created:<-24h',
  'created:>0000-01-01',
  'ended:<2026-03-14',
  'tag:""',
  'status:',
  `tag:${'x'.repeat(101)}`,
])('keeps %j, says why it has no effect, and applies nothing of it', (text) => {
  expect(parse(text)).toEqual({ unread: expect.stringContaining(text.split(':')[0] ?? '') });
  const [term] = readTerms(text);
  expect(term && readTerm(term, names)).toEqual({ fault: expect.stringMatching(/“.+”.*\.$/) });
});

it('keeps the second of two that cannot both hold', () => {
  expect(parse('tag:a tag:b #4 #5')).toEqual({ tag: 'a', q: '#4', unread: 'tag:b #5' });
});

it('adds to lists, replaces what stands once, and keeps what it cannot read', () => {
  const add = (query: FilterQuery, text: string) =>
    readTerms(text).reduce((old, term) => addTerm(old, term, names), query);
  expect(add({ status: 'failed', tag: 'a' }, 'status:partial tag:b colour:red colour:"dark blue"')).toEqual({
    status: 'failed,partial',
    tag: 'b',
    unread: 'colour:red colour:"dark blue"',
  });
});

const words = (all: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 4 }).map((some) => some.join(','));
const range = fc
  .tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom('m', 'h', 'd'))
  .map(([count, unit]) => `${count}${unit}`);
const moment = fc
  .date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString());
const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const id = fc.integer({ min: 1, max: 2_147_483_647 }).map(String);

/** Any filter a URL can hold, without what is not understood. */
const query = fc
  .record(
    {
      status: words(runStatuses),
      operation: words(operationNames),
      tenant: fc.oneof(id, fc.constantFrom('3', '4', '5')),
      connection: id,
      by: line,
      tag: line,
      reason: fc.constantFrom(...reasonCodes),
      q: line,
      last: range,
      ended: fc.oneof(range, moment),
      after: moment,
      before: moment,
    },
    { requiredKeys: [] },
  )
  .map((raw) => {
    const kept = Object.entries(runsSearch.parse(raw)).filter(([, value]) => value !== undefined);
    return Object.fromEntries(kept) as FilterQuery;
  })
  // The grammar writes values trimmed, as the API reads them.
  .filter(({ by, tag, q }) => [by, tag, q].every((one) => one === undefined || one === one.trim()));

it('reads back whatever it wrote', () => {
  fc.assert(
    fc.property(query, (one) => {
      expect(parse(printFilter(one, names))).toEqual(one);
    }),
    { numRuns: 500 },
  );
});

it('takes a separator of lines for no part of a line, as the API does', () => {
  for (const separator of ['\u2028', '\u2029', '\u0085'])
    expect(runsSearch.parse({ by: `a${separator}b`, q: `a${separator}b` })).toEqual({});
});

it('reads any text at all into what the URL keeps as it is, and loses no term', () => {
  const piece = fc.oneof(
    fc.constantFrom('status:', 'tag:', '"', '\\', ' ', ':', 'created:>', '-24h', 'tenant:contoso ', '\ud800'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const once = parse(pieces.join(''));
      const kept = Object.entries(runsSearch.parse(once)).filter(([, value]) => value !== undefined);
      expect(Object.fromEntries(kept)).toEqual(once);
      expect(parse(printFilter(once, names))).toEqual(once);
    }),
    { numRuns: 400 },
  );
});

it('writes a term so that it is read as the same one', () => {
  fc.assert(
    fc.property(fc.constantFrom('tag', 'colour', null), line, (key, value) => {
      const clean = value.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
      expect(readTerms(writeTerm({ key, value: clean }))).toEqual([{ key, value: clean }]);
    }),
  );
});

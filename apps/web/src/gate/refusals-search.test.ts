import { expect, it } from 'vitest';
import { isNarrowed, refusalsInput, refusalsSearch } from './refusals-search.ts';

const now = Date.UTC(2026, 2, 14, 9);

it('asks for what the URL says', () => {
  const search = refusalsSearch.parse({
    last: '24h',
    operation: 'snapshot_capture',
    tenant: '7',
    outcome: 'blocked',
  });
  expect(refusalsInput({ ...search, reason: 'throttled' }, now)).toEqual({
    limit: 50,
    since: '2026-03-13T09:00:00.000Z',
    operation: 'snapshot_capture',
    tenantId: 7,
    outcome: 'blocked',
    reason: 'throttled',
  });
});

it.each([
  { last: 'yesterday' },
  { last: ['24h', '1h'] },
  { since: '2026-13-45' },
  { since: '1e3' },
  { since: ['2026-03-01'] },
  { operation: '__proto__' },
  { tenant: '1e3' },
  { outcome: 'accepted' },
  { reason: 'constructor' },
  { reason: ['throttled'] },
  { cursor: '../..' },
])('takes %o as not said', (hostile) => {
  const search = refusalsSearch.parse(hostile);
  expect(refusalsInput(search, now)).toEqual({ limit: 50 });
  expect(isNarrowed(search)).toBe(false);
});

it('a place in the list narrows nothing', () => {
  expect(isNarrowed({ cursor: 'abc.def' })).toBe(false);
  expect(isNarrowed({ last: '24h' })).toBe(true);
});

it('of a range and a day the later one counts', () => {
  const since = (search: object) => refusalsInput(refusalsSearch.parse(search), now).since;
  expect(since({ since: '2026-03-01' })).toBe('2026-03-01T00:00:00.000Z');
  expect(since({ since: '2026-03-01', last: '24h' })).toBe('2026-03-13T09:00:00.000Z');
  expect(since({ since: '2026-03-14', last: '24h' })).toBe('2026-03-14T00:00:00.000Z');
});

import { expect, it } from 'vitest';
import { parseSearch } from '../app/search-codec.ts';
import { rangeMs } from './relative-range.ts';
import { filterInput, isFiltered, listInput, runsSearch, statusesIn } from './runs-search.ts';

const now = Date.UTC(2026, 2, 14, 12);
const read = (link: string) => runsSearch.parse(parseSearch(link));

it.each([
  '?status=bogus',
  '?status[]=failed',
  '?tenant=1;drop&cursor=../../x',
  '?tenant=-1&connection=1e3',
  '?by=&operation=',
  '?operation=drop_table&reason=__proto__&reason=constructor',
  '?last=1e9h&ended=yesterday&after=2026&before=0000-01-01T00:00:00Z',
  '?last=-24h&last=24h&limit=1000&limit=25&peek=../1',
  `?tag=${'x'.repeat(101)}&q=%00&by=%0d%0a`,
  `?cursor=${'x'.repeat(5_000)}&tenant=2147483648`,
  '?status=%00&__proto__=x',
])('takes the hostile link %s as no filter', (link) => {
  const search = read(link);
  expect(isFiltered(search)).toBe(false);
  expect(listInput(search, now)).toEqual({ limit: 50 });
});

it('keeps the statuses and columns it knows, once each, also from a repeated key', () => {
  const search = read('?status=failed,nonsense&status=partial,failed&cols=run,secret,run,status');
  expect(search.status).toBe('failed,partial');
  expect(search.cols).toBe('run,status');
  expect(statusesIn({ status: 'failed,partial' })).toEqual(['partial', 'failed']);
});

it('asks the API for what the link says', () => {
  const search = read(
    '?status=failed&tenant=3&by=me&cursor=abc.def&operation=restore_execute&reason=items_failed&tag=nightly&q=%2342&limit=200',
  );
  expect(listInput(search, now)).toEqual({
    status: 'failed',
    tenantId: 3,
    initiatedBy: 'me',
    cursor: 'abc.def',
    operation: 'restore_execute',
    reason: 'items_failed',
    tag: 'nightly',
    q: '#42',
    limit: 200,
  });
});

it('counts relative ranges from the moment it is given, and takes the narrower of two bounds', () => {
  expect(filterInput(read('?last=24h&ended=30m'), now)).toEqual({
    createdAfter: '2026-03-13T12:00:00.000Z',
    endedAfter: '2026-03-14T11:30:00.000Z',
  });
  expect(filterInput(read('?last=24h&after=2026-03-14T00:00:00Z'), now).createdAfter).toBe(
    '2026-03-14T00:00:00Z',
  );
  expect(filterInput(read('?ended=2026-03-14T00:00:00Z'), now).endedAfter).toBe('2026-03-14T00:00:00Z');
});

it.each(['', '24', 'h', '0h', '-1h', '1.5h', '1y', '9999999w', '24 h', '24H'])(
  'takes %j for no range',
  (text) => {
    expect(rangeMs(text)).toBeNull();
  },
);

import { expect, it } from 'vitest';
import { parseSearch } from '../app/search-codec.ts';
import { isFiltered, listInput, runSearch, runsSearch, statusesIn } from './search.ts';

it.each([
  '?status=bogus',
  '?status[]=failed',
  '?tenant=1;drop&cursor=../../x',
  '?tenant=-1&connection=1e3',
  '?by=everyone&operation=',
  `?cursor=${'x'.repeat(5_000)}&tenant=2147483648`,
  '?status=%00&__proto__=x',
])('takes the hostile link %s as no filter', (link) => {
  const search = runsSearch.parse(parseSearch(link));
  expect(isFiltered(search)).toBe(false);
  expect(listInput(search)).toEqual({});
});

it('keeps the statuses it knows, once each, also from a repeated key', () => {
  expect(runsSearch.parse(parseSearch('?status=failed,nonsense&status=partial,failed')).status).toBe(
    'failed,partial',
  );
  expect(statusesIn({ status: 'failed,partial' })).toEqual(['partial', 'failed']);
});

it('asks the API for what the link says', () => {
  const search = runsSearch.parse(
    parseSearch('?status=failed&tenant=3&by=me&cursor=abc.def&operation=restore_execute'),
  );
  expect(listInput(search)).toEqual({
    status: 'failed',
    tenantId: 3,
    initiatedBy: 'me',
    cursor: 'abc.def',
    operation: 'restore_execute',
  });
});

it('opens the page of a run whatever the link says', () => {
  expect(runSearch.parse(parseSearch('?tab=graph&outcome=lost&level=9&q='))).toEqual({});
  expect(runSearch.parse(parseSearch('?tab=items&outcome=failed'))).toEqual({
    tab: 'items',
    outcome: 'failed',
  });
});

import { expect, it } from 'vitest';
import { parseSearch } from '../app/search-codec.ts';
import { runSearch } from './search.ts';

it('opens the page of a run whatever the link says', () => {
  expect(runSearch.parse(parseSearch('?tab=graph&outcome=lost&level=9&q='))).toEqual({});
  expect(runSearch.parse(parseSearch('?tab=items&outcome=failed'))).toEqual({
    tab: 'items',
    outcome: 'failed',
  });
});

import { expect, it } from 'vitest';
import { parseSearch } from '../app/search-codec.ts';
import { filterInput, runsSearch } from '../run/runs-search.ts';
import { builtInViews, isView, searchOfView, viewSearchOf } from './view-model.ts';

it('keeps what is shown and how, but not where in the list one was', () => {
  const search = runsSearch.parse(
    parseSearch(
      '?status=failed,partial&last=24h&cols=type,run&limit=100&cursor=a.b&peek=7&unread=colour:red&utm=x',
    ),
  );
  const kept = viewSearchOf(search);
  expect(kept).toBe('?status=failed,partial&last=24h&cols=type,run&limit=100');
  expect(isView(search, searchOfView(kept))).toBe(true);
});

it('leaves a relative range relative', () => {
  const search = searchOfView(viewSearchOf({ last: '24h', ended: '7d' }));
  const on = (now: string) => filterInput(search, Date.parse(now));
  expect(on('2026-03-02T00:00:00Z').createdAfter).toBe('2026-03-01T00:00:00.000Z');
  expect(on('2026-03-03T00:00:00Z').createdAfter).toBe('2026-03-02T00:00:00.000Z');
});

it.each(['', '?', '?status=bogus&tenant=x', '?__proto__=x', '?cursor=a.b&peek=3', '%E0%A4%A'])(
  'takes the kept text %j as the plain list',
  (text) => {
    expect(isView({}, searchOfView(text))).toBe(true);
  },
);

it('has built-in views that the URL keeps as they are, each once', () => {
  const texts = builtInViews.map(({ search }) => viewSearchOf(search));
  expect(new Set(texts).size).toBe(builtInViews.length);
  for (const [at, text] of texts.entries()) {
    expect(isView(searchOfView(text), builtInViews[at]?.search ?? {})).toBe(true);
  }
});

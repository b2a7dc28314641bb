import { expect, it } from 'vitest';
import { parseFilter } from './filter-grammar.ts';
import { suggest } from './filter-suggestions.ts';

const offers = {
  tenants: [
    { id: 3, externalId: 'contoso', name: 'Contoso Ltd' },
    { id: 4, externalId: 'two words', name: 'Two' },
  ],
  connections: [{ id: 12, label: 'Graph' }],
};
const texts = (typed: string) => suggest(typed, offers).map(({ text }) => text);

it('offers words first, then the values of the word that was begun', () => {
  expect(texts('')).toContain('status:');
  expect(texts('st')[0]).toBe('status:');
  expect(texts('status:par')).toEqual(['status:partial']);
  expect(texts('tenant:')).toEqual(['tenant:contoso', 'tenant:"two words"']);
  expect(texts('connection:gra')).toEqual(['connection:12']);
});

it('finds a value without its word', () => {
  expect(texts('failed')).toContain('status:failed');
  expect(texts('restore p')).toContain('type:restore_execute');
  expect(texts('contoso')).toEqual(['tenant:contoso']);
});

it('offers only whole terms that the filter understands', () => {
  const words = ['', 'status:', 'type:', 'tenant:', 'connection:', 'by:', 'reason:', 'created:', 'ended:'];
  for (const { text, whole } of words.flatMap((typed) => suggest(typed, offers))) {
    if (whole) expect([text, parseFilter(text, offers).unread]).toEqual([text, undefined]);
  }
});

it.each(['(', '\\', '"', 'status:"', '__proto__:', ':', 'tenant:('])('has an answer for %j', (typed) => {
  expect(Array.isArray(suggest(typed, offers))).toBe(true);
});

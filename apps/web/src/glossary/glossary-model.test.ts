import { expect, it } from 'vitest';
import { findTerms, termGroups } from './glossary-model.ts';

const ids = termGroups.flatMap(({ terms }) => terms.map(({ id }) => id));

it('gives every term an anchor of its own', () => {
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^(status|outcome|reason|word)-[a-z_-]+$/);
});

it('explains each of the statuses, outcomes and reasons the console links to', () => {
  for (const id of ['status-partial', 'outcome-scope_busy', 'reason-consent_missing', 'word-lease']) {
    expect(ids).toContain(id);
  }
});

it('finds a term by its word, its code or its meaning, and nothing by nonsense', () => {
  const found = (text: string) => findTerms(text).flatMap(({ terms }) => terms.map(({ id }) => id));
  expect(found('Consent missing')).toContain('reason-consent_missing');
  expect(found('scope_busy')).toContain('outcome-scope_busy');
  expect(found('heartbeats')).toContain('word-lease');
  expect(found('<script>')).toEqual([]);
});

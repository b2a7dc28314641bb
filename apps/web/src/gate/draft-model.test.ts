import { expect, it } from 'vitest';
import { fieldsOf } from '../operation/schema-model.ts';
import { type Draft, draftText, fitsLink, inputOf, openDraft } from './draft-model.ts';

const fields = fieldsOf({
  properties: { kinds: { type: 'array', items: { enum: ['a'] } }, set: { type: 'integer' } },
});

it.each<Draft>([
  { input: { kinds: ['a'] }, text: null },
  { input: {}, text: '{\n  "kinds": ["a"]\n}' },
  { input: {}, text: '{"kinds": [' },
  { input: {}, text: 'x' },
])('is the same draft after a reload or a sign-in: %j', (draft) => {
  const text = draftText(draft, fields, {});
  const view = draft.text === null ? undefined : 'json';
  const again = openDraft(text ?? undefined, view, {});
  expect(again.text).toBe(draft.text);
  expect(inputOf(again)).toEqual(inputOf(draft));
});

it('says nothing in the link while nothing was changed', () => {
  expect(draftText({ input: { set: 4, kinds: [] }, text: null }, fields, { set: 4 })).toBeNull();
  expect(draftText({ input: { set: undefined }, text: null }, fields, { set: 4 })).toBe('{}');
  expect(openDraft('{}', undefined, { set: 4 }).input).toEqual({});
  expect(openDraft(undefined, undefined, { set: 4 }).input).toEqual({ set: 4 });
});

it('shows a link it cannot read as a form as the text it is', () => {
  expect(openDraft('[1', undefined, {})).toEqual({ input: {}, text: '[1' });
});

it('never puts a secret into a link', () => {
  const guarded = fieldsOf({
    properties: { key: { type: 'string', format: 'password' }, name: { type: 'string' } },
  });
  expect(draftText({ input: { key: 'hush', name: 'n' }, text: null }, guarded, {})).toBe('{"name":"n"}');
  expect(draftText({ input: {}, text: '{"key":"hush","name":"n"}' }, guarded, {})).toBe('{"name":"n"}');
  expect(draftText({ input: {}, text: '{"key":"hus' }, guarded, {})).toBeNull();
});

it('measures a link as it is written, escapes and all', () => {
  expect(fitsLink('a'.repeat(1_500))).toBe(true);
  expect(fitsLink('"'.repeat(501))).toBe(false);
});

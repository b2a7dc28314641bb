import { operationInputs } from '@signalbox/contracts/operation/input-schemas';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldsOf, labelOf, parseJsonInput, withoutEmpty } from './schema-model.ts';

it('draws every member of every operation with a control of its own', () => {
  for (const [name, schema] of Object.entries(operationInputs)) {
    const fields = fieldsOf(z.toJSONSchema(schema, { io: 'input' }));
    expect([name, fields.filter(({ kind }) => kind === 'json')]).toEqual([name, []]);
    expect(fields.map((field) => field.name)).toEqual(Object.keys(schema.shape));
  }
});

it.each([null, 7, 'x', [], {}, { properties: [] }, { properties: { a: null, b: 3 } }])(
  'makes a form of whatever schema comes: %j',
  (schema) => {
    expect(() => fieldsOf(schema)).not.toThrow();
  },
);

it('edits a member it does not understand as JSON', () => {
  const fields = fieldsOf({
    properties: { odd: { anyOf: [] }, deep: { type: 'array', items: { type: 'object' } } },
  });
  expect(fields.map(({ kind }) => kind)).toEqual(['json', 'json']);
});

it.each([
  ['backupSetId', 'Backup set'],
  ['policyIds', 'Policies'],
  ['previewRunId', 'Preview run'],
  ['kinds', 'Kinds'],
  ['itemIds', 'Items'],
  ['groupMapping', 'Group mapping'],
])('labels %s as %s', (name, label) => {
  expect(labelOf(name)).toBe(label);
});

it('sends nothing for what was left alone', () => {
  expect(withoutEmpty({ a: undefined, b: [], c: {}, d: '', e: null })).toEqual({});
  expect(withoutEmpty({ a: false, b: 0, c: ['x'] })).toEqual({ a: false, b: 0, c: ['x'] });
});

it.each(['[1]', 'null', '"x"', '{', '{"a":}'])('does not take %s for an input', (text) => {
  expect(parseJsonInput(text).ok).toBe(false);
});

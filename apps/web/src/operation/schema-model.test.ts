import { operationInputs } from '@signalbox/contracts/operation/input-schemas';
import { operationsOn } from '@signalbox/domain/operation/registry';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ExactNumber } from './exact-number.ts';
import { fieldsOf, fits, labelOf, withoutEmpty, withoutSecrets } from './schema-model.ts';

it('draws every member of every operation that it can start with a control of its own', () => {
  for (const name of operationsOn('native')) {
    const schema = operationInputs[name];
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

const field = (schema: object) => {
  const [only] = fieldsOf({ properties: { a: schema } });
  if (only === undefined) throw new Error('no field');
  return only;
};

it.each([
  [{ type: 'string' }, 'x', 7],
  [{ type: 'integer' }, 7, '7'],
  [{ type: 'integer' }, new ExactNumber('9007199254740993'), {}],
  [{ type: 'boolean' }, false, 'false'],
  [{ enum: ['a', 'b'] }, 'b', 'c'],
  [{ type: 'array', items: { enum: ['a'] } }, ['a'], ['a', 'b']],
  [{ type: 'array', items: { type: 'string' } }, [], [1]],
  [{ type: 'array', items: { type: 'integer' } }, [1], ['1']],
  [{ type: 'object', additionalProperties: { type: 'string' } }, { x: 'y' }, { x: 1 }],
  [{ type: 'object', additionalProperties: { type: 'string' } }, {}, []],
])('a control for %j shows %j, and says so when it cannot show %j', (schema, good, bad) => {
  expect(fits(field(schema), good)).toBe(true);
  expect(fits(field(schema), undefined)).toBe(true);
  expect(fits(field(schema), bad)).toBe(false);
});

it('keeps what is secret out of a link', () => {
  const fields = fieldsOf({
    properties: {
      name: { type: 'string' },
      key: { type: 'string', format: 'password' },
      pin: { writeOnly: true },
    },
  });
  expect(withoutSecrets({ name: 'n', key: 'k', pin: 1, other: 2 }, fields)).toEqual({ name: 'n', other: 2 });
});

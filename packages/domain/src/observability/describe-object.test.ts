import { expect, test } from 'vitest';
import { describeObject, type ObjectFacts } from './describe-object.ts';

const facts: ObjectFacts = { object: { kind: 'run', id: '7', name: null }, operation: null, tenant: null };

test.each<[string, Partial<ObjectFacts>]>([
  ['run #7', {}],
  ['Capture policies on Contoso', { operation: 'snapshot_capture', tenant: { name: 'Contoso' } }],
  ['connection Contoso Graph', { object: { kind: 'connection', id: '3', name: 'Contoso Graph' } }],
  ['API key aZ3kd', { object: { kind: 'api_key', id: 'aZ3kd', name: null } }],
  ['signal box #2', { object: { kind: 'signal_box', id: '2', name: null } }],
  ['constructor #2', { object: { kind: 'constructor', id: '2', name: null } }],
])('an entry is about %s', (words, given) => {
  expect(describeObject({ ...facts, ...given })).toBe(words);
});

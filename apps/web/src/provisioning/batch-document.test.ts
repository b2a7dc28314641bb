import { expect, test } from 'vitest';
import { editDocument, readDocument, writeDocument } from './batch-document.ts';
import { batchExample } from './batch-example.ts';

const yaml = `# the fleet of spring
name: fleet
operations:
  - id: web # the front
    type: server_batch
    dependencies: []
`;

test('each member of a document has its line, in both forms', () => {
  const reading = readDocument(yaml, 'yaml');
  if (!reading.ok) throw new Error('unreadable');
  expect(reading.lines.get('/name')).toBe(2);
  expect(reading.lines.get('/operations/0')).toBe(4);
  expect(reading.lines.get('/operations/0/dependencies')).toBe(6);
  const json = readDocument(writeDocument(reading.value, 'json'), 'json');
  expect(json.ok && json.value).toEqual(reading.value);
  expect(json.ok && json.lines.get('/operations/0/type')).toBe(6);
});

test('the form changes a member of YAML and leaves the comments of the others', () => {
  const renamed = editDocument(yaml, 'yaml', { path: ['operations', 0, 'dependencies'], value: ['db'] });
  expect(renamed).toContain('# the fleet of spring');
  expect(renamed).toContain('# the front');
  expect(readDocument(renamed, 'yaml')).toMatchObject({
    value: { operations: [{ id: 'web', dependencies: ['db'] }] },
  });
});

test('a member that is taken out is gone, and one that is added to an empty document is there', () => {
  for (const format of ['yaml', 'json'] as const) {
    const made = editDocument(writeDocument(batchExample, format), format, {
      path: ['operations', 0],
      value: undefined,
    });
    expect(readDocument(made, format)).toMatchObject({ value: { operations: [{ id: 'aws_taskservs' }] } });
    const from = format === 'yaml' ? '' : '{}';
    expect(readDocument(editDocument(from, format, { path: ['name'], value: 'x' }), format)).toMatchObject({
      value: { name: 'x' },
    });
  }
});

test('whatever cannot be read is told by line, and never thrown', () => {
  const bomb = `a: &a [1]\n${'bcdefghij'.replaceAll(/./g, (name, at: number) => `${name}: &${name} [${`*${'abcdefghij'[at]},`.repeat(9)}]\n`)}`;
  for (const [text, line] of [
    ['name: a\nb: "unclosed', 2],
    ['name: one\nname: two\n', 2],
    [`${'['.repeat(5_000)}`, 1],
    [bomb, 1],
  ] as const) {
    const reading = readDocument(text, 'yaml');
    expect(reading.ok ? null : reading.faults[0]?.line, text.slice(0, 20)).toBe(line);
    // The form leaves alone what it cannot read.
    expect(editDocument(text, 'yaml', { path: ['name'], value: 'x' })).toBe(text);
  }
  expect(readDocument('{"name": "a",\n}', 'json')).toMatchObject({ ok: false, faults: [{ line: 2 }] });
});

test('a name of an object prototype is a member like any other', () => {
  const text = editDocument('{}', 'json', { path: ['__proto__'], value: { id: 'x' } });
  const reading = readDocument(text, 'json');
  expect(reading.ok && Object.keys(reading.value as object)).toEqual(['__proto__']);
  expect(({} as { id?: string }).id).toBeUndefined();
});

import { expect, it } from 'vitest';
import { readInput } from './read-input.ts';

it.each(['', ' \n ', '{}'])('takes %j for an input that says nothing', (text) => {
  expect(readInput(text)).toMatchObject({ ok: true, value: {} });
});

it.each(['[1]', 'null', '"x"', '7', '9007199254740993'])('does not take %s for an input', (text) => {
  expect(readInput(`\n${text}`)).toMatchObject({
    ok: false,
    fault: { line: 2, message: 'an input is an object: { … }' },
  });
});

it('passes on where a text stops being JSON', () => {
  expect(readInput('{\n"a":}')).toMatchObject({ ok: false, fault: { line: 2, column: 5 } });
});

it('makes no prototype of a hostile member', () => {
  const reading = readInput('{"__proto__":{"polluted":true}}');
  expect(reading.ok && Object.keys(reading.value)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(reading.ok && (reading.value as { polluted?: boolean }).polluted).toBeUndefined();
});

it('counts the body around it among the levels', () => {
  const deep = (levels: number) => readInput(`{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`);
  expect(deep(30).ok).toBe(true);
  expect(deep(31).ok).toBe(false);
});

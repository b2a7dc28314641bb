import { expect, test } from 'vitest';
import { importsOf } from '../src/source/imports.ts';

const found = (text: string) => importsOf(text).map(({ specifier, typeOnly }) => [specifier, typeOnly]);

test('every way to import is seen, and whether it vanishes from the program', () => {
  const text = `
import a from 'a';
import { b, type B } from "b";
import * as c from 'c';
import type { D } from 'd';
import type E from 'e';
import 'f';
import {
  g,
  type G,
} from 'g';
export { h } from 'h';
export * from 'i';
export type { J } from 'j';
import k, { kk } from 'k';
const l = await import('l');
`;
  expect(found(text)).toEqual([
    ['a', false],
    ['b', false],
    ['c', false],
    ['d', true],
    ['e', true],
    ['f', false],
    ['g', false],
    ['h', false],
    ['i', false],
    ['j', true],
    ['k', false],
    ['l', false],
  ]);
});

test('lines are those of the statement', () => {
  expect(
    importsOf(`// one\n\nimport a from 'a';\n\nimport {\n  b,\n} from 'b';\n`).map(({ line }) => line),
  ).toEqual([3, 5]);
});

test('words that only look like imports are left alone', () => {
  const text = `
// import a from 'a';
/* export * from 'b'; */
/** import('c') */
export const from = 'd';
export function importer() {}
const text = \`
import e from 'e';
\`;
const said = "import f from 'f'";
import type from 'g';
`;
  expect(found(text)).toEqual([['g', false]]);
});

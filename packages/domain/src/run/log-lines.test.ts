import { expect, it } from 'vitest';
import { logLinesOf } from './log-lines.ts';

it.each([
  ['', ['']],
  ['\n', ['']],
  ['a', ['a']],
  ['a\n', ['a']],
  ['a\n\n', ['a', '']],
  ['a\r\nb', ['a\r', 'b']],
])('counts %j as %j', (text, lines) => {
  expect(logLinesOf(text)).toEqual(lines);
});

import { codeOnly, lineAt } from '../source/blank-comments.ts';
import { isTest, type SourceFile } from '../source/repository.ts';
import type { Violation } from '../violation.ts';

const impurities: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\s*\(/g, 'Date.now(): take the time as an argument'],
  [/\bnew Date\(\s*\)/g, 'new Date(): take the time as an argument'],
  [/\bperformance\.now\s*\(/g, 'performance.now(): take the time as an argument'],
  [/\bMath\.random\s*\(/g, 'Math.random(): take the drawn number as an argument'],
  [/\bcrypto\./g, 'crypto: take the drawn value as an argument'],
  [/\b(?:async|await)\b/g, 'async code: load the facts first, decide afterwards'],
  [/\bPromise\b/g, 'Promise: load the facts first, decide afterwards'],
  [
    /\b(?:setTimeout|setInterval|queueMicrotask|fetch)\s*\(/g,
    'an effect: deeds go to apps/worker or packages/db',
  ],
  [/\bprocess\.|\bglobalThis\b/g, 'surroundings: take what is needed as an argument'],
];

/** Places where the domain asks for time, chance or the outside world instead of being told. */
export function checkPurity(files: readonly SourceFile[]): Violation[] {
  return files
    .filter(({ path }) => path.startsWith('packages/domain/src/') && !isTest(path))
    .flatMap(({ path, text }) => {
      const code = codeOnly(text);
      return impurities.flatMap(([pattern, advice]) =>
        [...code.matchAll(pattern)].map((match) => ({
          path,
          line: lineAt(code, match.index),
          message: `packages/domain is pure and may not use ${advice}.`,
        })),
      );
    });
}

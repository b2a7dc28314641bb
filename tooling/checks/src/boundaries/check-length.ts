import type { SourceFile } from '../source/repository.ts';
import type { Violation } from '../violation.ts';

const refusedAbove = 400;
const mentionedAbove = 250;

/** Files too long to be read in one sitting, and those on the way there. */
export function checkLength(files: readonly SourceFile[]): {
  readonly violations: Violation[];
  readonly notices: Violation[];
} {
  const long = files
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }))
    .filter(({ lines }) => lines > mentionedAbove)
    .map(({ path, lines }) => ({ lines, path, line: null, message: `${lines} lines` }));
  const pick = (wanted: boolean, advice: string): Violation[] =>
    long
      .filter(({ lines }) => lines > refusedAbove === wanted)
      .map(({ path, line, message }) => ({ path, line, message: `${message}${advice}` }));
  return {
    violations: pick(true, `; ${refusedAbove} are the limit: split it by verb.`),
    notices: pick(false, '; ask whether it holds one thing.'),
  };
}

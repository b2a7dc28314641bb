/**
 * The lines a piece of log output counts for. One line break at its end closes its last line and begins no other, so
 * every piece has at least one line, and the numbers of a log are the same wherever they are counted.
 */
export function logLinesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

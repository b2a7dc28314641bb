/**
 * A text as one word of a POSIX shell, inert whatever it holds: within single quotes nothing has a meaning but the
 * quote itself, which is closed, escaped and opened again.
 * @throws Error for a NUL, which no argument can hold
 */
export function quoteArgument(text: string): string {
  if (text.includes('\0')) throw new Error('An argument cannot hold a NUL.');
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** An argument list as one line for a shell. */
export function quoteCommand(words: readonly string[]): string {
  return words.map(quoteArgument).join(' ');
}

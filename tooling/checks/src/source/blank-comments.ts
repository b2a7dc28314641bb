/**
 * The text with comments replaced by spaces, so that line numbers stay and words in comments are not taken for code.
 * Strings and templates are kept. Good enough for formatted TypeScript; a regular expression with a quote in it may
 * hide the rest of its line.
 */
export function blankComments(text: string): string {
  return text.replace(tokens, (token) =>
    token.startsWith('//') || token.startsWith('/*') ? token.replace(/[^\n]/g, ' ') : token,
  );
}

/** The same with the contents of strings and templates replaced too: only code is left. */
export function codeOnly(text: string): string {
  return text.replace(tokens, (token) => token.replace(/[^\n]/g, ' '));
}

/** Comments and templates blanked, quoted strings kept: what an import statement can be read from. */
export function withoutTemplates(text: string): string {
  return text.replace(tokens, (token) => (/^['"]/.test(token) ? token : token.replace(/[^\n]/g, ' ')));
}

const tokens = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;

/** The line a character stands on, from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

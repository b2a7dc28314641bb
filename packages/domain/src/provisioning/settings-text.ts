/**
 * The subset of the KCL language that settings files are written in: `name = value` at the top, where a value is a
 * "text", a number, True or False, a [list], or a { } of names and values. Nothing of it is ever run.
 */

/** A value with the line it stands on, from 1. */
export type SettingsValue = { readonly line: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'truth'; readonly truth: boolean }
  | { readonly kind: 'list'; readonly items: readonly SettingsValue[] }
  | { readonly kind: 'fields'; readonly fields: readonly SettingsField[] }
);

export interface SettingsField {
  readonly name: string;
  readonly line: number;
  readonly value: SettingsValue;
}

/** What is wrong with a line. */
export interface SettingsFault {
  readonly line: number;
  readonly message: string;
}

/** Lists and braces may stand within each other so deep. */
const deepest = 8;

interface Token {
  readonly line: number;
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'end_of_line';
  readonly text: string;
}

const patterns: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /(?:[ \t\r]|#[^\n]*)+/y],
  ['end_of_line', /\n/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['number', /-?\d{1,15}(?:\.\d{1,15})?(?![A-Za-z0-9_.])/y],
  ['text', /"(?:[^"\\\p{Cc}]|\\["\\])*"/uy],
  ['sign', /[=:,[\]{}]/y],
];

class Unreadable extends Error {
  readonly fault: SettingsFault;

  constructor(line: number, message: string) {
    super(message);
    this.fault = { line, message };
  }
}

/** Reads a text as fields, or says which line is none. The first fault ends the reading. */
export function parseSettingsText(
  text: string,
): { readonly fields: readonly SettingsField[] } | { readonly fault: SettingsFault } {
  try {
    return { fields: new Reader(tokensOf(text)).file() };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.fault };
    throw error;
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const found = match(text, at);
    if (found === null) throw new Unreadable(line, 'This line holds something that settings do not have.');
    const { kind, word } = found;
    if (kind !== 'space') tokens.push({ line, kind, text: word });
    if (kind === 'end_of_line') line += 1;
    at += word.length;
  }
  tokens.push({ line, kind: 'end_of_line', text: '' });
  return tokens;
}

function match(text: string, at: number): { kind: Token['kind'] | 'space'; word: string } | null {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const word = pattern.exec(text)?.[0];
    if (word !== undefined && word !== '') return { kind, word };
  }
  return null;
}

class Reader {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  file(): SettingsField[] {
    const fields: SettingsField[] = [];
    for (;;) {
      this.skipLines();
      const token = this.tokens[this.at];
      if (token === undefined) return fields;
      fields.push(this.field(['='], 0));
      this.expectEndOfLine();
    }
  }

  private field(signs: readonly string[], depth: number): SettingsField {
    const name = this.next();
    if (name.kind !== 'name' && name.kind !== 'text')
      throw new Unreadable(name.line, 'This line does not begin with `name = value`.');
    const sign = this.next();
    if (sign.kind !== 'sign' || !signs.includes(sign.text))
      throw new Unreadable(sign.line, `\`${inner(name)}\` is not followed by \`=\` and a value.`);
    return { name: inner(name), line: name.line, value: this.value(depth) };
  }

  private value(depth: number): SettingsValue {
    const token = this.next();
    const { line, kind, text } = token;
    if (kind === 'text') return { line, kind: 'text', text: inner(token) };
    if (kind === 'number') return { line, kind: 'number', number: Number(text) };
    if (kind === 'name' && /^(true|false)$/i.test(text))
      return { line, kind: 'truth', truth: text.toLowerCase() === 'true' };
    if (depth >= deepest) throw new Unreadable(line, 'The values on this line are nested too deep.');
    if (kind === 'sign' && text === '[')
      return { line, kind: 'list', items: this.until(']', () => this.value(depth + 1)) };
    if (kind === 'sign' && text === '{')
      return { line, kind: 'fields', fields: this.until('}', () => this.field(['=', ':'], depth + 1)) };
    throw new Unreadable(line, 'A text in quotation marks, a number, True, False, [ or { is expected.');
  }

  /** What stands until a closing sign, with commas or new lines between. */
  private until<Part>(closing: string, part: () => Part): Part[] {
    const parts: Part[] = [];
    for (;;) {
      this.skipLines();
      if (this.isSign(closing)) {
        this.at += 1;
        return parts;
      }
      parts.push(part());
      const before = this.at;
      this.skipLines();
      if (this.isSign(',')) this.at += 1;
      else if (this.at === before && !this.isSign(closing)) {
        const { line } = this.peek();
        throw new Unreadable(line, `A comma, a new line or \`${closing}\` is expected.`);
      }
    }
  }

  private skipLines(): void {
    while (this.tokens[this.at]?.kind === 'end_of_line') this.at += 1;
  }

  private isSign(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'sign' && token.text === text;
  }

  private expectEndOfLine(): void {
    const token = this.next();
    if (token.kind !== 'end_of_line')
      throw new Unreadable(token.line, 'A new line is expected after a value.');
  }

  private peek(): Token {
    const token = this.tokens[this.at] ?? this.tokens.at(-1);
    if (token === undefined) throw new Unreadable(1, 'Nothing stands here.');
    return token;
  }

  private next(): Token {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Unreadable(this.peek().line, 'The text ends too early.');
    this.at += 1;
    return token;
  }
}

/** A name, or a text without its quotation marks. */
function inner({ kind, text }: Token): string {
  return kind === 'text' ? text.slice(1, -1).replace(/\\(["\\])/g, '$1') : text;
}

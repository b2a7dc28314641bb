import { ExactNumber, readNumber } from './exact-number.ts';

/** JSON as it is edited by hand: numbers that would be rounded keep their digits. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | ExactNumber
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Where a text stops being JSON, and why. Lines and columns count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type JsonReading =
  | {
      readonly ok: true;
      readonly value: JsonValue;
      /** The line each value stands on, by its pointer (RFC 6901). */
      readonly lines: ReadonlyMap<string, number>;
    }
  | { readonly ok: false; readonly fault: JsonFault };

/** The server takes no deeper nesting. */
const deepest = 32;

class Stop extends Error {}

/** One pass over a text. Strings are left to the engine, so that escapes mean what they mean everywhere. */
class Reader {
  readonly lines = new Map<string, number>();
  private readonly text: string;
  private at = 0;
  /** How far the line breaks have been counted, and how many there were. */
  private counted = { to: 0, breaks: 0 };

  constructor(text: string) {
    this.text = text;
  }

  whole(outer: number): JsonValue {
    const value = this.value('', outer);
    this.skip();
    if (this.at < this.text.length) this.stop('the JSON has ended before this');
    return value;
  }

  fault(message: string): JsonFault {
    const before = this.text.slice(0, this.at).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message };
  }

  private line(): number {
    for (; this.counted.to < this.at; this.counted.to += 1) {
      if (this.text.charAt(this.counted.to) === '\n') this.counted.breaks += 1;
    }
    return this.counted.breaks + 1;
  }

  /** What a pattern finds right here. */
  private here(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  private stop(message: string): never {
    throw new Stop(this.at < this.text.length ? message : `the text ends here; ${message}`);
  }

  private skip(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private take(sign: string): boolean {
    this.skip();
    if (this.text.charAt(this.at) !== sign) return false;
    this.at += 1;
    return true;
  }

  private value(pointer: string, depth: number): JsonValue {
    this.skip();
    this.lines.set(pointer, this.line());
    const sign = this.text.charAt(this.at);
    if ((sign === '{' || sign === '[') && depth >= deepest) {
      this.stop(`nothing may be nested deeper than ${deepest} levels`);
    }
    if (sign === '{') return this.object(pointer, depth);
    if (sign === '[') return this.list(pointer, depth);
    if (sign === '"') return this.string();
    return this.word();
  }

  private object(pointer: string, depth: number): JsonValue {
    this.at += 1;
    const members = new Map<string, JsonValue>();
    if (this.take('}')) return {};
    do {
      this.skip();
      if (this.text.charAt(this.at) !== '"') this.stop('a name in double quotes is expected');
      const start = this.at;
      const name = this.string();
      if (members.has(name)) {
        this.at = start;
        this.stop(`“${name}” stands here a second time`);
      }
      if (!this.take(':')) this.stop('a colon is expected after the name');
      members.set(
        name,
        this.value(`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1),
      );
    } while (this.take(','));
    if (!this.take('}')) this.stop('a comma or } is expected');
    // Makes own properties also of names such as __proto__.
    return Object.fromEntries(members);
  }

  private list(pointer: string, depth: number): JsonValue {
    this.at += 1;
    const items: JsonValue[] = [];
    if (this.take(']')) return items;
    do items.push(this.value(`${pointer}/${items.length}`, depth + 1));
    while (this.take(','));
    if (!this.take(']')) this.stop('a comma or ] is expected');
    return items;
  }

  private string(): string {
    const found = this.here(/"(?:[^"\\]|\\[\s\S])*"/y);
    if (found === undefined) return this.stop('the closing quote of this text is missing');
    try {
      const value = JSON.parse(found) as string;
      this.at += found.length;
      return value;
    } catch {
      return this.stop('this text holds a line break, a control character or an unknown escape');
    }
  }

  private word(): JsonValue {
    const word = this.here(/[^\s,:{}[\]"]*/y) ?? '';
    const value = word === 'true' ? true : word === 'false' ? false : readNumber(word);
    if (word === '') this.stop('a value is expected');
    if (value === null && word !== 'null') this.stop(`“${word.slice(0, 40)}” is no JSON value`);
    this.at += word.length;
    return value;
  }
}

/**
 * Reads JSON typed by hand; a text that is none is told by line and column. `outer` is how many levels will stand
 * around it on the wire.
 */
export function readJson(text: string, outer = 0): JsonReading {
  const reader = new Reader(text);
  try {
    return { ok: true, value: reader.whole(outer), lines: reader.lines };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { ok: false, fault: reader.fault(error.message) };
  }
}

/** JSON as text, with every digit; on one line, or with each member on a line of its own. */
export function writeJson(value: unknown, indented = false, margin = ''): string {
  if (value instanceof ExactNumber) return value.digits;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = `${margin}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => writeJson(item, indented, inner))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(
          ([name, member]) =>
            `${JSON.stringify(name)}:${indented ? ' ' : ''}${writeJson(member, indented, inner)}`,
        );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return `${open}${close}`;
  if (!indented) return `${open}${parts.join(',')}${close}`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}

/** One piece of a filter: `key:value`, or a bare word without a key. */
export interface FilterTerm {
  readonly key: string | null;
  readonly value: string;
}

/** The longest filter text that is read, in UTF-16 units; more is cut off. */
const longest = 2_000;

const control = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
const plain = /^[^\s"\\]+$/;
const keyed = /^([a-z_-]{1,30}):/i;

/**
 * Reads a filter into its terms. Values with spaces stand in quotes, with `\"` and `\\` inside. Total: any text has
 * terms, an open quote ends with the text, and control characters count as spaces.
 */
export function readTerms(text: string): FilterTerm[] {
  const source = text.slice(0, longest).toWellFormed().replace(control, ' ');
  const terms: FilterTerm[] = [];
  let at = 0;
  while (at < source.length) {
    if (/\s/.test(source[at] ?? '')) {
      at += 1;
      continue;
    }
    const [prefix, key] = keyed.exec(source.slice(at)) ?? [];
    at += prefix?.length ?? 0;
    const { value, end } = source[at] === '"' ? readQuoted(source, at + 1) : readPlain(source, at);
    terms.push({ key: key?.toLowerCase() ?? null, value });
    at = end;
  }
  return terms;
}

function readPlain(source: string, from: number): { value: string; end: number } {
  const [value = ''] = /^\S*/.exec(source.slice(from)) ?? [];
  return { value, end: from + value.length };
}

function readQuoted(source: string, from: number): { value: string; end: number } {
  let value = '';
  let at = from;
  for (; at < source.length && source[at] !== '"'; at += 1) {
    if (source[at] === '\\' && at + 1 < source.length) at += 1;
    value += source[at];
  }
  return { value, end: at + 1 };
}

/** Writes a term so that `readTerms` reads the same one. */
export function writeTerm({ key, value }: FilterTerm): string {
  const bare = plain.test(value) && !(key === null && keyed.test(value));
  const text = bare ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
  return key === null ? text : `${key}:${text}`;
}

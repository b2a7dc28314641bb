import type { MediaFacts } from '@signalbox/contracts/openapi/operation';
import { parse } from 'content-type';

/** The form in which an answer is given. */
export type AnswerForm = 'json' | 'html';

interface Range {
  readonly type: string;
  readonly q: number;
}

/**
 * The form a caller prefers, by the q-values of Accept (RFC 9110, 12.5.1): the most specific range that names a form
 * gives its q, and JSON wins a tie. No header, or an empty one, accepts everything. Parameters of a range other than
 * `q` are left aside, since our types have none.
 * @returns null when nothing the operation gives is accepted
 */
export function acceptedForm(header: string | undefined, media: MediaFacts): AnswerForm | null {
  const ranges = rangesOf(header?.trim() ? header : '*/*');
  const json = quality(ranges, [media.json, 'application/json', 'application/*', '*/*']);
  const html = media.html ? quality(ranges, ['text/html', 'text/*', '*/*']) : 0;
  if (json === 0 && html === 0) return null;
  return html > json ? 'html' : 'json';
}

/** What an operation gives, as a sentence for who accepts none of it. */
export function givenMedia({ json, html }: MediaFacts): string {
  return `This is given as ${json}${html ? ' or text/html' : ''}; the Accept header admits no such type.`;
}

/** The q of the first of these names that a range has; the most specific name stands first. */
function quality(ranges: readonly Range[], names: readonly string[]): number {
  for (const name of names) {
    const named = ranges.filter(({ type }) => type === name);
    if (named.length > 0) return Math.max(...named.map(({ q }) => q));
  }
  return 0;
}

function rangesOf(header: string): Range[] {
  const ranges: Range[] = [];
  for (let start = 0; start < header.length; ) {
    const { type, parameters, index } = parse(header, { comma: true, start });
    ranges.push({ type, q: qvalue(parameters.q) });
    start = index + 1;
  }
  return ranges;
}

/** A q that is not written as one counts as none given. */
function qvalue(text: string | undefined): number {
  return text !== undefined && /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 1;
}

import { WireError } from '../errors/wire-error.ts';

/** A query as sent: each name with one text, or with the list of texts when it was given more than once. */
export type ReadQuery = Readonly<Record<string, string | string[]>>;

/**
 * Splits and decodes a query once. Nothing is guessed: a name given twice stays a list, an empty value stays empty,
 * and the operation's own schema refuses both.
 * @throws WireError 400 for a broken escape or text that is not ASCII
 */
export function readQuery(target: string): ReadQuery {
  const start = target.indexOf('?');
  const query: Record<string, string | string[]> = Object.create(null);
  if (start === -1) return query;
  for (const pair of target.slice(start + 1).split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decoded(equals === -1 ? pair : pair.slice(0, equals));
    const value = decoded(equals === -1 ? '' : pair.slice(equals + 1));
    const earlier = query[name];
    query[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return query;
}

function decoded(text: string): string {
  try {
    // Anything beyond ASCII must have been escaped; as raw bytes its charset would be a guess.
    if (/[^\x21-\x7e]/.test(text)) throw new URIError('not ASCII');
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new WireError({ code: 'malformed_request', detail: 'The query has a broken percent-escape.' });
  }
}

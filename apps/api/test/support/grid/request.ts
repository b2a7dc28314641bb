import type { RestOperation } from '../../../src/openapi/operations.ts';
import type { Call } from '../test-api.ts';
import { kinds, type Things } from './kinds.ts';
import { type Position, positionsOf } from './positions.ts';
import { recipes } from './recipes.ts';

/** A request, ready for `api.call`. */
export interface Request {
  readonly path: string;
  readonly call: Pick<Call, 'method' | 'body'>;
}

interface Wishes {
  /** What everything is filled with that is not under test. */
  readonly things: Things;
  /** Positions under test with what they name instead. */
  readonly instead?: readonly { readonly position: Position; readonly value: string | number }[];
  /** Adds a key that no operation knows: refused last of all, so that whoever gets that far changes nothing. */
  readonly nonsense?: boolean;
}

/** The request of an operation. */
export function requestOf(operation: RestOperation, { things, instead = [], nonsense }: Wishes): Request {
  const { method, path: template, operationId } = operation.facts;
  const recipe = recipes[operationId];
  const query: Record<string, unknown> = { ...recipe?.query?.(things), ...(nonsense && { nonsense: 1 }) };
  const body = recipe?.body?.(things);
  const words: Record<string, string | number> = { ...recipe?.path };
  for (const { where, pointer, kind } of positionsOf(operation)) {
    if (where === 'path') words[pointer[0] ?? ''] ??= things[kind];
  }
  for (const { position, value } of instead) {
    Object.assign(words, position.given.path);
    if (body !== undefined) Object.assign(body, position.given.body);
    const target = { path: words, query, body }[position.where];
    if (target === undefined) throw new Error(`The recipe of ${operationId} needs a body.`);
    put(target, position.pointer, value);
  }
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(words[name])),
  );
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return {
    path: search.size === 0 ? filled : `${filled}?${search}`,
    call: body === undefined ? { method } : { method, body },
  };
}

/** Well-formed ids of nothing. */
export const unknownThings: Things = Object.fromEntries(
  Object.entries(kinds).map(([kind, { unknown }]) => [kind, unknown]),
) as Things;

/** Puts a value where a pointer leads, making what is missing on the way. */
function put(target: object, [first, ...rest]: readonly string[], value: string | number): void {
  const here = target as Record<string, unknown>;
  const name = first ?? '';
  if (rest.length === 0) here[name] = value;
  else if (rest[0] === '*') here[name] = [value];
  else {
    // A filter and a list of runs exclude each other.
    const kept = rest[0] === 'filter' ? {} : (here[name] ?? {});
    here[name] = { ...(kept as object) };
    put(here[name] as object, rest, value);
  }
}

import { copyJson, type Json, type JsonObject } from '../http/json.ts';
import type { Stored } from './world.ts';

/** The query options a listing understands, checked. */
export interface ListQuery {
  top: number;
  select: string[] | undefined;
  filter: { property: string; value: string | boolean | number | null } | undefined;
  token: SkipToken | undefined;
}

/** Where a walk stands; callers see only its base64url text. */
export interface SkipToken {
  walk: string;
  page: number;
  after: number;
  empty?: boolean;
}

/** The most objects Graph puts on a page. */
export const largestPage = 999;

/** Reads the query options, or says what is wrong with them. */
export function readListQuery(params: URLSearchParams, pageSize: number): ListQuery | { problem: string } {
  const topText = params.get('$top');
  const top = topText === null ? pageSize : Number(topText);
  if (!Number.isInteger(top) || top < 1 || top > largestPage) {
    return { problem: `Invalid page size specified. Must be between 1 and ${largestPage} inclusive.` };
  }
  const filterText = params.get('$filter');
  const filter = filterText === null ? undefined : parseFilter(filterText);
  if (filter === 'unsupported') return { problem: 'Unsupported or invalid query filter clause.' };
  const tokenText = params.get('$skiptoken');
  const token = tokenText === null ? undefined : decodeToken(tokenText);
  if (token === 'broken') return { problem: 'Skip token is invalid.' };
  const select = params
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  return { top, select, filter, token };
}

/** `property eq 'text'`, also numbers, booleans and null; everything else is unsupported. */
function parseFilter(text: string): ListQuery['filter'] | 'unsupported' {
  const match = /^\s*([A-Za-z][A-Za-z0-9]*)\s+eq\s+('(?:[^']|'')*'|true|false|null|-?\d+)\s*$/.exec(text);
  const [, property, literal] = match ?? [];
  if (property === undefined || literal === undefined) return 'unsupported';
  if (literal.startsWith("'")) return { property, value: literal.slice(1, -1).replaceAll("''", "'") };
  return { property, value: JSON.parse(literal) as boolean | number | null };
}

/** Text form of a token. */
export function encodeToken(token: SkipToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decodeToken(text: string): SkipToken | 'broken' {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<SkipToken>;
    const { walk, page, after } = value;
    if (typeof walk !== 'string' || typeof page !== 'number' || typeof after !== 'number') return 'broken';
    return { walk, page, after, ...(value.empty === true ? { empty: true } : {}) };
  } catch {
    return 'broken';
  }
}

/** Cuts one page out of a listing ordered by `seq`, and the token of the next one if there is more. */
export function cutPage(
  items: Iterable<Stored>,
  query: ListQuery,
  walk: { id: string; emptyPages: boolean },
): { page: Stored[]; next: SkipToken | undefined } {
  const token = query.token ?? { walk: walk.id, page: 1, after: 0 };
  const { filter } = query;
  const rest = [...items]
    .filter((item) => item.seq > token.after)
    .filter((item) => filter === undefined || (item.body[filter.property] ?? null) === filter.value)
    .sort((left, right) => left.seq - right.seq);
  if (token.empty === true && rest.length > 0) {
    return { page: [], next: { walk: token.walk, page: token.page + 1, after: token.after } };
  }
  const page = rest.slice(0, query.top);
  const last = page.at(-1);
  if (last === undefined || rest.length <= page.length) return { page, next: undefined };
  const empty = walk.emptyPages && token.page === 1;
  return {
    page,
    next: { walk: token.walk, page: token.page + 1, after: last.seq, ...(empty ? { empty } : {}) },
  };
}

/** Applies $select; `@odata.type` and `id` stay, as Graph keeps them for derived types. */
export function project(body: JsonObject, select: string[] | undefined): JsonObject {
  if (select === undefined) return copyJson(body);
  const chosen: Record<string, Json> = {};
  for (const [key, value] of Object.entries(body)) {
    if (key === '@odata.type' || select.includes(key)) chosen[key] = copyJson(value);
  }
  return chosen;
}

import { reasons } from '@signalbox/domain/gate/reasons';
import { isOperation } from '@signalbox/domain/operation/registry';
import { runStatuses } from '@signalbox/domain/run/lifecycle';
import { numericId } from '../ui/numeric-id.ts';
import { type FilterTerm, readTerms, writeTerm } from './filter-terms.ts';
import { rangeMs } from './relative-range.ts';
import { filterKeys, isMoment, type RunsFilterSearch, runsSearch } from './runs-search.ts';

/** Names the filter may use for tenants, beside their ids. */
export interface FilterNames {
  readonly tenants: readonly { readonly id: number; readonly externalId: string }[];
}

/** A filter as the URL keeps it: what is understood, and beside it what is not. */
export type FilterQuery = RunsFilterSearch & { readonly unread?: string | undefined };

/** Words a term may begin with, in the order they are offered and written. */
export const filterWords = [
  'status',
  'type',
  'tenant',
  'connection',
  'infra',
  'by',
  'tag',
  'reason',
  'created',
  'ended',
] as const;
export type FilterWord = (typeof filterWords)[number];

const lists = new Set<FilterWord>(['status', 'type']);

function isWord(key: string): key is FilterWord {
  return (filterWords as readonly string[]).includes(key);
}

type Read = { readonly part: RunsFilterSearch } | { readonly fault: string };

const oneOf = (words: readonly string[], value: string, what: string): string | null => {
  const wrong = value.split(',').find((word) => !words.includes(word));
  return wrong === undefined ? null : `“${wrong}” is not ${what}.`;
};

/** A day counts from midnight UTC. */
const momentOf = (text: string): string | null => {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  return isMoment(full) && !Number.isNaN(Date.parse(full)) ? full : null;
};

function readTime(word: 'created' | 'ended', value: string): Read {
  const [, sign = '', rest = ''] = /^([<>]?)(.*)$/.exec(value) ?? [];
  const range = rest.startsWith('-') ? rest.slice(1) : null;
  if (range !== null && sign !== '<' && rangeMs(range) !== null) {
    return { part: word === 'created' ? { last: range } : { ended: range } };
  }
  const moment = momentOf(rest);
  if (moment !== null && sign === '>') {
    return { part: word === 'created' ? { after: moment } : { ended: moment } };
  }
  if (moment !== null && sign === '<' && word === 'created') return { part: { before: moment } };
  return {
    fault: `“${value}” is no time. Write >-24h, >2026-03-14${word === 'created' ? ' or <2026-03-14' : ''}.`,
  };
}

function readTenant(value: string, { tenants }: FilterNames): Read {
  if (numericId(value) !== null) return { part: { tenant: value } };
  const found = tenants.find(({ externalId }) => externalId.toLowerCase() === value.toLowerCase());
  return found === undefined
    ? { fault: `You see no tenant “${value}”.` }
    : { part: { tenant: String(found.id) } };
}

function readWord(word: FilterWord, value: string, names: FilterNames): Read {
  switch (word) {
    case 'status': {
      const fault = oneOf(runStatuses, value.toLowerCase(), 'a status');
      return fault === null ? { part: { status: value.toLowerCase() } } : { fault };
    }
    case 'type': {
      const wrong = value.split(',').find((name) => !isOperation(name));
      return wrong === undefined
        ? { part: { operation: value } }
        : { fault: `“${wrong}” is not an operation.` };
    }
    case 'tenant':
      return readTenant(value, names);
    case 'connection':
      return numericId(value) === null
        ? { fault: `“${value}” is not the number of a connection.` }
        : { part: { connection: value } };
    case 'infra':
    case 'by':
    case 'tag':
      return { part: { [word]: value.trim() } };
    case 'reason': {
      const code = value.toLowerCase();
      return Object.hasOwn(reasons, code)
        ? { part: { reason: code } }
        : { fault: `“${value}” is not a reason.` };
    }
    case 'created':
    case 'ended':
      return readTime(word, value);
  }
}

/** What a term means, or in one sentence why it means nothing. */
export function readTerm(term: FilterTerm, names: FilterNames): Read {
  const { key, value } = term;
  if (key !== null && !isWord(key)) {
    return { fault: `“${key}” is nothing runs can be filtered by. There are ${filterWords.join(', ')}.` };
  }
  if (value.trim() === '') return { fault: `“${writeTerm(term)}” has no value.` };
  const read = key === null ? { part: { q: value.trim() } } : readWord(key, value, names);
  if ('fault' in read) return read;
  // The URL has the last word: what it would not keep is not understood either.
  const kept: RunsFilterSearch = runsSearch.parse(read.part);
  const same = filterKeys.every((name) => kept[name] === read.part[name]);
  return same ? read : { fault: `“${value}” cannot be a value of ${key ?? 'a run'}.` };
}

/** Adds a term to a filter: lists grow, anything else is replaced, and what is not understood is kept beside. */
export function addTerm(query: FilterQuery, term: FilterTerm, names: FilterNames): FilterQuery {
  const read = readTerm(term, names);
  if ('fault' in read) {
    const unread = [...readTerms(query.unread ?? ''), term].map(writeTerm).join(' ');
    return runsSearch.safeParse({ unread }).data?.unread === unread ? { ...query, unread } : query;
  }
  const { part } = read;
  const together = (name: 'status' | 'operation') =>
    [
      ...new Set(
        [query[name], part[name]].filter((one) => one !== undefined).flatMap((one) => one.split(',')),
      ),
    ].join(',');
  return {
    ...query,
    ...part,
    ...(part.status === undefined ? {} : { status: together('status') }),
    ...(part.operation === undefined ? {} : { operation: together('operation') }),
  };
}

/** Reads a whole filter. Of a term that may stand once the first counts; a second one is kept as not understood. */
export function parseFilter(text: string, names: FilterNames): FilterQuery {
  let query: FilterQuery = {};
  const left: FilterTerm[] = [];
  for (const term of readTerms(text)) {
    const read = readTerm(term, names);
    const part = 'part' in read ? read.part : {};
    const again = filterKeys.some((name) => part[name] !== undefined && query[name] !== undefined);
    const mayRepeat = term.key !== null && isWord(term.key) && lists.has(term.key);
    if ('fault' in read || (again && !mayRepeat)) left.push(term);
    else query = addTerm(query, term, names);
  }
  const unread = left.map(writeTerm).join(' ');
  const kept = runsSearch.parse({ unread }).unread;
  return kept === undefined ? query : { ...query, unread: kept };
}

const timeOf = (text: string) => (rangeMs(text) === null ? `>${text}` : `>-${text}`);

/** The terms of a filter, each with the member of the search it came from. */
export function termsOf(query: FilterQuery, names: FilterNames) {
  const { tenants } = names;
  const tenant = tenants.find(({ id }) => String(id) === query.tenant)?.externalId;
  // A name that reads like an id would be taken for one.
  const spoken = tenant !== undefined && numericId(tenant) === null ? tenant : query.tenant;
  const found: { from: keyof RunsFilterSearch; term: FilterTerm }[] = [];
  const put = (from: keyof RunsFilterSearch, key: FilterWord | null, value: string | undefined) => {
    if (query[from] !== undefined && value !== undefined) found.push({ from, term: { key, value } });
  };
  put('status', 'status', query.status);
  put('operation', 'type', query.operation);
  put('tenant', 'tenant', spoken);
  put('connection', 'connection', query.connection);
  put('infra', 'infra', query.infra);
  put('by', 'by', query.by);
  put('tag', 'tag', query.tag);
  put('reason', 'reason', query.reason);
  put('last', 'created', query.last && timeOf(query.last));
  put('after', 'created', query.after && `>${query.after}`);
  put('before', 'created', query.before && `<${query.before}`);
  put('ended', 'ended', query.ended && timeOf(query.ended));
  put('q', null, query.q);
  return found;
}

/** Writes a filter so that `parseFilter` reads the same one. */
export function printFilter(query: FilterQuery, names: FilterNames): string {
  const unread = readTerms(query.unread ?? '');
  return [...termsOf(query, names).map(({ term }) => term), ...unread].map(writeTerm).join(' ');
}

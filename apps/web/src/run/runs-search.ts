import { type ReasonCode, reasons } from '@signalbox/domain/gate/reasons';
import { isOperation } from '@signalbox/domain/operation/registry';
import { namePattern } from '@signalbox/domain/provisioning/names';
import { type RunStatus, runStatuses } from '@signalbox/domain/run/lifecycle';
import * as z from 'zod/mini';
import { numericId } from '../ui/numeric-id.ts';
import { idSearch } from '../ui/tenant-search.ts';
import { rangeMs } from './relative-range.ts';

/** Reads a value that lists words with commas, perhaps from a repeated key, and keeps those that are known. */
function knownWords(isKnown: (word: string) => boolean) {
  return z.pipe(
    z.optional(z.unknown()),
    z.transform((value) => {
      const words = (Array.isArray(value) ? value : [value])
        .flatMap((one) => String(one ?? '').split(','))
        .filter(isKnown);
      return words.length === 0 ? undefined : [...new Set(words)].slice(0, 20).join(',');
    }),
  );
}

const statusWords = new Set<string>(runStatuses);
// What the API refuses in a line of text: control characters, separators of lines and half a surrogate pair.
const isLine = (text: string) =>
  text.trim() !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) && text.isWellFormed();
const line = z.catch(z.optional(z.string().check(z.maxLength(100), z.refine(isLine))), undefined);

/** A moment as the API takes it. */
export function isMoment(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return false;
  const year = new Date(text).getUTCFullYear();
  return year >= 1 && year <= 9999;
}
const moment = z.catch(z.optional(z.string().check(z.refine(isMoment))), undefined);
const range = z.catch(z.optional(z.string().check(z.refine((text) => rangeMs(text) !== null))), undefined);
const rangeOrMoment = z.catch(
  z.optional(z.string().check(z.refine((text) => rangeMs(text) !== null || isMoment(text)))),
  undefined,
);

/** Rows per page that can be chosen. */
export const pageSizes = ['25', '50', '100', '200'] as const;
export const defaultPageSize = '50';

/** Names of the runs list's columns; `runs-columns.ts` says what each holds. */
export const columnNames = [
  'status',
  'type',
  'tenant',
  'run',
  'connection',
  'progress',
  'by',
  'created',
  'duration',
  'tags',
] as const;
export type ColumnName = (typeof columnNames)[number];

export function isColumn(word: string): word is ColumnName {
  return (columnNames as readonly string[]).includes(word);
}

/**
 * The runs list in the URL. Whatever cannot be understood counts as not said, so that no link can break the page.
 * Other pages link here with these names.
 */
export const runsSearch = z.object({
  /** Words of the lifecycle: `failed,partial`. */
  status: knownWords((word) => statusWords.has(word)),
  /** Names of operations: `restore_execute`. */
  operation: knownWords(isOperation),
  tenant: idSearch,
  connection: idSearch,
  /** The name of an infra. */
  infra: z.catch(z.optional(z.string().check(z.regex(namePattern))), undefined),
  /** A username, or `me`. */
  by: line,
  tag: line,
  /** A code of the reason catalogue. */
  reason: z.catch(z.optional(z.string().check(z.refine((text) => Object.hasOwn(reasons, text)))), undefined),
  /** An exact id, uid or codename. */
  q: line,
  /** Created within: `24h`, `30m`, `7d`. Stays relative. */
  last: range,
  /** Ended within, in the same words, or since an ISO 8601 moment. */
  ended: rangeOrMoment,
  /** Created at this ISO 8601 moment or later. */
  after: moment,
  /** Created before this ISO 8601 moment. */
  before: moment,
  /** Terms typed into the filter that are not understood; kept, shown and without effect. */
  unread: z.catch(z.optional(z.string().check(z.maxLength(1_000), z.refine(isLine))), undefined),
  cols: knownWords(isColumn),
  limit: z.catch(z.optional(z.enum(pageSizes)), undefined),
  /** Where the page begins and which way it goes on, as the API gave it. */
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
  /** The run whose panel is open beside the list. */
  peek: idSearch,
});
type Parsed = z.infer<typeof runsSearch>;
export type RunsSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };

/** The members of the search that narrow the list. */
export const filterKeys = [
  'status',
  'operation',
  'tenant',
  'connection',
  'infra',
  'by',
  'tag',
  'reason',
  'q',
  'last',
  'ended',
  'after',
  'before',
] as const satisfies (keyof RunsSearch)[];
export type RunsFilterSearch = Pick<RunsSearch, (typeof filterKeys)[number]>;

export function statusesIn(search: Pick<RunsSearch, 'status'>): RunStatus[] {
  return runStatuses.filter((status) => search.status?.split(',').includes(status));
}

/** Whether anything narrows the list. */
export function isFiltered(search: RunsFilterSearch): boolean {
  return filterKeys.some((key) => search[key] !== undefined);
}

/** A text that is equal for equal filters. */
export function filterText(search: RunsFilterSearch): string {
  return JSON.stringify(filterKeys.map((key) => search[key] ?? null));
}

const reasonIn = (text: string | undefined) => (text === undefined ? undefined : (text as ReasonCode));

/** The filter as the API takes it. `now` is what relative ranges are counted from, ms. */
export function filterInput(search: RunsFilterSearch, now: number) {
  const since = (text: string | undefined) => {
    const ms = text === undefined ? null : rangeMs(text);
    return ms === null ? text : new Date(now - ms).toISOString();
  };
  const within = since(search.last);
  // Both bounds are kept: the later one is the narrower.
  const after = [within, search.after]
    .filter((one) => one !== undefined)
    .sort(byTime)
    .at(-1);
  return defined({
    status: search.status,
    operation: search.operation,
    tenantId: numberIn(search.tenant),
    connectionId: numberIn(search.connection),
    infra: search.infra,
    initiatedBy: search.by,
    tag: search.tag,
    reason: reasonIn(search.reason),
    q: search.q,
    createdAfter: after,
    createdBefore: search.before,
    endedAfter: since(search.ended),
  });
}

/** What the list asks the API for. */
export function listInput(search: RunsSearch, now: number) {
  return defined({
    ...filterInput(search, now),
    limit: Number(search.limit ?? defaultPageSize),
    cursor: search.cursor,
  });
}

const byTime = (a: string, b: string) => Date.parse(a) - Date.parse(b);

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : (numericId(text) ?? undefined);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

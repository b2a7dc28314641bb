import type { RunHint } from '@signalbox/contracts/run/live-events';
import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { isOperation, operationRule } from '@signalbox/domain/operation/registry';
import type { filterInput } from './runs-search.ts';

/** What a filter is held against; a row of the list and a live hint both have it. */
export interface RunTraits {
  readonly id: number;
  readonly uid: string;
  readonly codename: string;
  readonly operation: string;
  readonly status: string;
  readonly tenantId: number | undefined;
  readonly connectionId: number | undefined;
  readonly username: string | undefined;
  readonly tags: readonly string[];
  readonly reason: string | undefined;
  readonly createdAt: string;
  readonly finishedAt: string | undefined;
}

export function traitsOfHint(hint: RunHint): RunTraits {
  const { tenantId, connectionId, initiator, reasonCode, finishedAt } = hint;
  return { ...hint, tenantId, connectionId, username: initiator.username, reason: reasonCode, finishedAt };
}

export function traitsOfRow(row: RunSummary): RunTraits {
  return {
    ...row,
    tenantId: row.tenant?.id,
    connectionId: row.connection?.id,
    username: row.initiator.username,
    reason: row.reasonCode,
    finishedAt: row.finishedAt,
  };
}

type Filter = ReturnType<typeof filterInput>;

/** No hint says on which infra a run works; that there may be a new one is told all the same. */
function worksOnInfra(operation: string): boolean {
  return isOperation(operation) && operationRule(operation).target === 'infra';
}

/** Whether a list with this filter shows the run: the API's conditions, held against one run. */
export function matches(filter: Filter, run: RunTraits, me: string | null): boolean {
  const within = (list: string | undefined, word: string) =>
    list === undefined || list.split(',').includes(word);
  const same = <T>(wanted: T | undefined, has: T | undefined) => wanted === undefined || wanted === has;
  const since = (moment: string | undefined, at: string | undefined) =>
    moment === undefined || (at !== undefined && Date.parse(at) >= Date.parse(moment));
  const { q, createdBefore } = filter;
  const by = filter.initiatedBy === 'me' ? (me ?? undefined) : filter.initiatedBy;
  return (
    within(filter.status, run.status) &&
    within(filter.operation, run.operation) &&
    same(filter.tenantId, run.tenantId) &&
    same(filter.connectionId, run.connectionId) &&
    (filter.infra === undefined || worksOnInfra(run.operation)) &&
    same(by, run.username) &&
    same<string>(filter.reason, run.reason) &&
    (filter.tag === undefined || run.tags.includes(filter.tag)) &&
    since(filter.createdAfter, run.createdAt) &&
    since(filter.endedAfter, run.finishedAt) &&
    (createdBefore === undefined || Date.parse(run.createdAt) < Date.parse(createdBefore)) &&
    (q === undefined ||
      [String(run.id), `#${run.id}`, run.uid, run.codename].includes(q.trim().toLowerCase()))
  );
}

/** A row patched in place by a hint; an older hint than the row changes nothing. */
export function patchRow<TRow extends RunSummary>(row: TRow, hint: RunHint): TRow {
  if (row.id !== hint.id || hint.eventSeq < row.eventSeq) return row;
  const { reasonCode: _reason, currentStep: _step, ...lasting } = row;
  const { status, statusText, counts, eventSeq, currentStep, reasonCode } = hint;
  const { startedAt, finishedAt, cancelRequestedAt } = hint;
  const patched: RunSummary = {
    ...lasting,
    status,
    statusText,
    counts,
    eventSeq,
    ...(currentStep === undefined ? {} : { currentStep }),
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(cancelRequestedAt === undefined ? {} : { cancelRequestedAt }),
  };
  // The typed client's own spelling of the same type.
  return patched as TRow;
}

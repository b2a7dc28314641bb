import type { RunFilterInput } from '@signalbox/contracts/run/run-filter';
import { largestId, uid } from '@signalbox/contracts/shape/ids';
import type { RunFilter } from '@signalbox/db/queries/run/run-filter';
import type { Principal } from '@signalbox/domain/access/principal';

/** What the filter fields of an input mean for a caller. */
export function runFilterOf(input: RunFilterInput, principal: Principal): RunFilter {
  const { initiatedBy, q } = input;
  return {
    statuses: input.status,
    operations: input.operation,
    tenantId: input.tenantId,
    connectionId: input.connectionId,
    infra: input.infra,
    initiator: initiatedBy === undefined ? undefined : initiatorOf(initiatedBy, principal),
    tag: input.tag,
    reason: input.reason,
    createdAfter: dateOf(input.createdAfter),
    createdBefore: dateOf(input.createdBefore),
    endedAfter: dateOf(input.endedAfter),
    endedBefore: dateOf(input.endedBefore),
    parentRunId: input.parentId,
    named: q === undefined ? undefined : namedBy(q),
  };
}

function initiatorOf(username: string, principal: Principal): NonNullable<RunFilter['initiator']> {
  if (username !== 'me') return { username };
  const { userId, key } = principal;
  if (userId !== null) return { username: principal.username, userId };
  return { username: principal.username, ...(key !== undefined && { keyId: key.id }) };
}

function dateOf(moment: string | undefined): Date | undefined {
  return moment === undefined ? undefined : new Date(moment);
}

/** An id, a uid, or else a codename: whatever is none of them names no run. */
function namedBy(text: string): NonNullable<RunFilter['named']> {
  const [, digits] = /^#?(\d{1,10})$/.exec(text) ?? [];
  if (digits !== undefined && Number(digits) <= largestId) return { id: Number(digits) };
  const parsed = uid.safeParse(text);
  return parsed.success ? { uid: parsed.data } : { codename: text.toLowerCase() };
}

import type { SessionRecord } from '@signalbox/db/queries/onboarding/sessions';
import type { OperationName } from '@signalbox/domain/operation/registry';
import type { Wish } from './start.ts';
import { operationInput } from './start-procedure.ts';

/** A task of a tenant, or another operation of its onboarding, as a surface asks for it. */
export interface TaskAsk {
  readonly task: OperationName;
  readonly tenantId: number;
  /** The onboarding it belongs to; null for a tenant that has none under way. */
  readonly session: Pick<SessionRecord, 'id' | 'connectionId'> | null;
  /** The connection the caller names; null for the one of the onboarding, else the one the gate chooses. */
  readonly connectionId: number | null;
}

/**
 * A task of an onboarding as the gate takes it, whichever surface asks. The gate refuses it while somebody else edits
 * the session and when that is over; whoever edits it keeps the lock by it.
 */
export function taskWish({ task, tenantId, session, connectionId }: TaskAsk) {
  return {
    operation: task,
    tenantId,
    connectionId: connectionId ?? session?.connectionId ?? null,
    input: operationInput(task, {}),
    ...(session !== null && { sessionId: session.id }),
  } satisfies Wish;
}

import type { Principal } from '@signalbox/domain/access/principal';
import { canonicalJson, type JsonObject } from '@signalbox/domain/gate/canonical';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import {
  type BootstrapFacts,
  type BootstrapObstacle,
  bootstrapObstacle,
} from '@signalbox/domain/onboarding/bootstrap-obstacle';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { knowsKey } from '../../queries/gate/knows-key.ts';
import { stepFacts } from '../../queries/onboarding/step-facts.ts';
import { type OpenedSession, openRow, otherHolder } from './editor.ts';

/** The bootstrap that is asked for. */
interface Asked {
  readonly sessionId: number;
  readonly selection: JsonObject;
  readonly request: Pick<StartRequest, 'idempotency' | 'connectionId'>;
}

/** The session under its row lock, and what it says to a bootstrap. */
export type BeforeBootstrap =
  | { readonly kind: 'ready'; readonly opened: OpenedSession }
  /** An answer is kept under the Idempotency-Key: that one counts. */
  | { readonly kind: 'kept' }
  /** The very same bootstrap is under way. */
  | { readonly kind: 'same' }
  | { readonly kind: 'obstacle'; readonly obstacle: BootstrapObstacle };

/** Takes the row lock of a session, so that nothing about it changes until the commit, and judges it. */
export async function sessionForBootstrap(
  tx: WorkspaceTransaction,
  principal: Principal,
  { sessionId, selection, request }: Asked,
): Promise<BeforeBootstrap> {
  const opened = await openRow(tx, sessionId);
  if (await knowsKey(tx, principal, request.idempotency)) return { kind: 'kept' };
  const { status, step, tenant, connection } = opened.session;
  const verified = { tenantId: tenant.id, connectionId: connection?.id ?? null, now: opened.now };
  const { facts: ground, chosenId } = await stepFacts(tx, verified);
  const found = bootstrapObstacle({
    ...{ status, step, lockedBy: otherHolder(opened, principal), ground },
    throughAnother: request.connectionId !== null && request.connectionId !== chosenId,
    underWay: underWay(await openSelection(tx, sessionId), selection),
  });
  if (found === null) return { kind: 'ready', opened };
  return found === 'same' ? { kind: 'same' } : { kind: 'obstacle', obstacle: found };
}

/** What was chosen for the bootstrap of the session that has not ended. */
async function openSelection(tx: WorkspaceTransaction, sessionId: number): Promise<JsonObject | null> {
  const [open] = await tx.query.execute<{ selection: JsonObject }>(sql`
    select p.selection from onboarding_sessions s
    join plans p on p.workspace_id = s.workspace_id and p.id = s.plan_id and p.status = 'working'
    where s.workspace_id = ${tx.workspaceId} and s.id = ${sessionId}`);
  return open?.selection ?? null;
}

function underWay(open: JsonObject | null, asked: JsonObject): BootstrapFacts['underWay'] {
  if (open === null) return 'none';
  return canonicalJson(work(open)) === canonicalJson(work(asked)) ? 'same' : 'other';
}

/** What makes two bootstraps of a session the same; where they were asked does not. */
function work({ connectionId = null, operations = [] }: JsonObject): JsonObject {
  return { connectionId, operations };
}

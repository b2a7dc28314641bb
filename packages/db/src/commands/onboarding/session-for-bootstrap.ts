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

/** The bootstrap that is asked for. */
interface Asked {
  readonly sessionId: number;
  readonly selection: JsonObject;
  readonly request: Pick<StartRequest, 'idempotency'>;
}

/** What stands before a bootstrap: an answer kept under its Idempotency-Key, an obstacle, the very same one, nothing. */
export type BeforeBootstrap = 'kept' | 'same' | BootstrapObstacle | null;

interface Row extends Record<string, unknown> {
  readonly status: BootstrapFacts['status'];
  readonly step: number;
  readonly lockedBy: string | null;
  readonly selection: JsonObject | null;
}

/** Takes the row lock of a session, so that nothing about it changes until the commit, and judges it. */
export async function sessionForBootstrap(
  tx: WorkspaceTransaction,
  principal: Principal,
  { sessionId, selection, request: { idempotency } }: Asked,
): Promise<BeforeBootstrap> {
  await tx.query.execute(sql`
    select from onboarding_sessions where workspace_id = ${tx.workspaceId} and id = ${sessionId}
    for no key update`);
  // Read after the lock was given, so that what its former holder left is seen.
  const [row] = await tx.query.execute<Row>(sql`
    select s.status, s.step,
      case when s.locked_until > now() and s.locked_by_user_id is distinct from ${principal.userId}
        then s.locked_by_name end as "lockedBy",
      (select p.selection from plans p
        where p.workspace_id = s.workspace_id and p.id = s.plan_id and p.status = 'working') as selection
    from onboarding_sessions s where s.workspace_id = ${tx.workspaceId} and s.id = ${sessionId}`);
  if (row === undefined) throw new Error(`The onboarding session ${sessionId} is gone.`);
  if (await knowsKey(tx, principal, idempotency)) return 'kept';
  return bootstrapObstacle({ ...row, underWay: underWay(row.selection, selection) });
}

function underWay(open: JsonObject | null, asked: JsonObject): BootstrapFacts['underWay'] {
  if (open === null) return 'none';
  return canonicalJson(work(open)) === canonicalJson(work(asked)) ? 'same' : 'other';
}

/** What makes two bootstraps of a session the same; where they were asked does not. */
function work({ connectionId = null, operations = [] }: JsonObject): JsonObject {
  return { connectionId, operations };
}

import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type { BootstrapObstacle } from '@signalbox/domain/onboarding/bootstrap-obstacle';
import type { OperationName } from '@signalbox/domain/operation/registry';
import { and, eq } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { type BootstrapProgress, newestBootstrap } from '../../queries/onboarding/bootstrap.ts';
import { onboardingSessions } from '../../schema/onboarding.ts';
import { type StartResult, startBeside } from '../gate/start-runs.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { sequenceStart } from '../plan/advance-sequence.ts';
import { planBootstrap } from './plan-bootstrap.ts';
import { type BeforeBootstrap, sessionForBootstrap } from './session-for-bootstrap.ts';

/** What a member asks for. */
export interface BootstrapWish {
  readonly sessionId: number;
  /** The connection of all operations; null for that of the session, else the one the gate chooses. */
  readonly connectionId: number | null;
  /** In the order in which they are to be done, each with its input; at least one, each once. */
  readonly operations: readonly [BootstrapWork, ...BootstrapWork[]];
  /** Where it was asked, as the caller says; kept with the runs. */
  readonly sourceSurface: string | null;
  readonly idempotency: StartRequest['idempotency'];
  readonly requestId: string | null;
}

export interface BootstrapWork {
  readonly operation: OperationName;
  readonly input: JsonObject;
}

export type StartedBootstrap =
  | { readonly kind: 'not_found' }
  /** The session does not admit it now; nothing was asked of the gate. */
  | { readonly kind: 'refused'; readonly obstacle: BootstrapObstacle }
  /** The very same bootstrap is under way. */
  | { readonly kind: 'joined'; readonly bootstrap: BootstrapProgress }
  /** What the gate answered to the first operation. Only when that has a run is there a bootstrap. */
  | {
      readonly kind: 'answered';
      readonly request: StartRequest;
      readonly result: StartResult;
      readonly bootstrap: BootstrapProgress | null;
    };

/**
 * Starts the first work on a tenant: asks the gate for the first operation, now, and plans the others behind it, in one
 * transaction under the row lock of the session. When the first is refused, nothing is left behind but the refusal.
 * @throws GateBusy after three lost races
 */
export async function startBootstrap(
  db: Database,
  principal: Principal,
  wish: BootstrapWish,
): Promise<StartedBootstrap> {
  const { workspaceId } = principal;
  const { sessionId, operations, sourceSurface, requestId } = wish;
  const session = await db.inWorkspace(workspaceId, (tx) => aboutSession(tx, sessionId));
  if (session === null) return { kind: 'not_found' };
  const { tenantId } = session;
  const connectionId = wish.connectionId ?? session.connectionId;
  const selection: JsonObject = {
    sessionId,
    connectionId,
    operations: operations.map(({ operation }) => operation),
    ...(sourceSurface !== null && { sourceSurface }),
  };
  const first = { ...operations[0], tenantId, connectionId };
  const request: StartRequest = {
    ...sequenceStart({ selection, requestId, principal }, first),
    idempotency: wish.idempotency,
  };
  const before: { found: BeforeBootstrap | null } = { found: null };
  const [result] = await startBeside(db, workspaceId, {
    requests: [request],
    claim: async (tx) => {
      const found = await sessionForBootstrap(tx, principal, { sessionId, selection, request });
      before.found = found;
      await recordObstacle(tx, request, found);
      return found.kind === 'ready' || found.kind === 'kept';
    },
    settle: async (tx, [answer]) => {
      const { found } = before;
      if (found?.kind !== 'ready' || answer?.kind !== 'decided' || answer.run === null) return;
      await planBootstrap(tx, { opened: found.opened, selection, operations, request, result: answer });
    },
  });
  const { found } = before;
  if (found?.kind === 'obstacle') return { kind: 'refused', obstacle: found.obstacle };
  const bootstrap = await db.inWorkspace(workspaceId, (tx) => newestBootstrap(tx, sessionId));
  if (result !== undefined) {
    const made = result.kind === 'decided' && result.run !== null;
    return { kind: 'answered', request, result, bootstrap: made ? bootstrap : null };
  }
  if (bootstrap === null) throw new Error('A bootstrap is said to be under way and is not there.');
  return { kind: 'joined', bootstrap };
}

/** A refusal of the session is kept as those of the gate are. */
async function recordObstacle(
  tx: WorkspaceTransaction,
  { principal, operation, tenantId, context, requestId }: StartRequest,
  found: BeforeBootstrap,
): Promise<void> {
  if (found.kind !== 'obstacle') return;
  const details = { operation, outcome: 'blocked', reason: found.obstacle.reason, from: context };
  const [actor, object] = [actorOf(principal), { kind: 'tenant', id: String(tenantId) }];
  await writeAudit(tx, [{ actor, action: 'run.start_refused', object, details, requestId }]);
}

async function aboutSession(tx: WorkspaceTransaction, sessionId: number) {
  const [row] = await tx.query
    .select({ tenantId: onboardingSessions.tenantId, connectionId: onboardingSessions.connectionId })
    .from(onboardingSessions)
    .where(and(eq(onboardingSessions.workspaceId, tx.workspaceId), eq(onboardingSessions.id, sessionId)));
  return row ?? null;
}

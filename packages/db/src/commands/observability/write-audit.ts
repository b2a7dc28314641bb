import type { Actor } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { auditEntries } from '../../schema/observability.ts';

/** Who did what to which object. */
export interface AuditEntry {
  readonly actor: Actor;
  /** A verb such as `run.created`. */
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string };
  readonly runId?: number;
  readonly details?: JsonObject;
  readonly requestId?: string | null;
}

/** Writes audit entries in the transaction of the deed: when one fails, the deed did not happen. */
export async function writeAudit(tx: WorkspaceTransaction, entries: readonly AuditEntry[]): Promise<void> {
  await tx.query.insert(auditEntries).values(
    entries.map(({ actor, action, object, runId, details, requestId }) => ({
      workspaceId: tx.workspaceId,
      actorKind: actor.kind,
      actorName: actor.name,
      onBehalfOf: actor.onBehalfOf ?? null,
      action,
      objectKind: object.kind,
      objectId: object.id,
      runId: runId ?? null,
      details: details ?? {},
      requestId: requestId ?? null,
    })),
  );
}

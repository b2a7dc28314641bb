import { actorOf } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { verdictReason } from '@signalbox/domain/gate/describe-start';
import type { ScopeHolder } from '@signalbox/domain/gate/start-facts';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { type AuditEntry, writeAudit } from '../observability/write-audit.ts';
import type { DecidedStart } from './start-runs.ts';

/** A refused start makes no run, but what was refused, to whom and why stays known. */
export async function recordRefusals(
  tx: WorkspaceTransaction,
  decided: readonly DecidedStart[],
): Promise<void> {
  const entries = decided.flatMap(({ start, decision, behind }): AuditEntry[] => {
    const { request, rule } = start;
    if (decision.kind !== 'scope_busy' && decision.kind !== 'blocked' && decision.kind !== 'deduped')
      return [];
    const tenant = request.tenantId === null ? 'workspace' : String(request.tenantId);
    return [
      {
        actor: actorOf(request.principal),
        action: decision.kind === 'deduped' ? 'run.start_deduped' : 'run.start_refused',
        object: { kind: 'tenant', id: tenant },
        details: {
          operation: rule.name,
          outcome: decision.kind,
          reason: verdictReason(decision),
          from: request.context,
          // What the next steps of the list of refusals lead to.
          ...(decision.connectionId !== null && { connectionId: decision.connectionId }),
          // Behind a start of the same list there is no run yet that could be named.
          ...(decision.kind === 'scope_busy' && behind === null && holderOf(decision.holder)),
        },
        requestId: request.requestId,
      },
    ];
  });
  if (entries.length > 0) await writeAudit(tx, entries);
}

function holderOf({ runId, batchUid }: ScopeHolder): JsonObject {
  return runId === null ? { holderBatch: batchUid ?? null } : { holderRunId: runId };
}

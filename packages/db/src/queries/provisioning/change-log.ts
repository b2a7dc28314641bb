import {
  type Provider,
  providerTraits,
  type ServerProviderName,
} from '@signalbox/domain/connection/providers';
import type { StandingChange } from '@signalbox/domain/provisioning/rollback-plan';
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections } from '../../schema/inventory.ts';
import { infras, resourceChanges, resources } from '../../schema/provisioning.ts';

/** The most changes that are looked at; what lies further back is out of reach of a rollback. */
export const logReach = 5_000;

/**
 * Changes after a number that nothing has undone, in all infras or in some, oldest first; one more than the reach tells
 * that there are more.
 */
export async function standingChanges(
  tx: WorkspaceTransaction,
  { afterSeq, infraIds }: { readonly afterSeq: number; readonly infraIds?: readonly number[] },
): Promise<StandingChange[]> {
  const rows = await tx.query
    .select({
      seq: resourceChanges.seq,
      infra: infras.name,
      kind: resources.kind,
      name: resources.name,
      action: resourceChanges.action,
      before: resourceChanges.before,
      after: resourceChanges.after,
      runId: resourceChanges.runId,
      provider: resources.provider,
      connectionId: resources.connectionId,
      connection: {
        label: connections.label,
        enabled: connections.enabled,
        credential: connections.credential,
      },
    })
    .from(resourceChanges)
    .innerJoin(
      resources,
      and(
        eq(resources.workspaceId, resourceChanges.workspaceId),
        eq(resources.id, resourceChanges.resourceId),
      ),
    )
    .innerJoin(infras, and(eq(infras.workspaceId, resources.workspaceId), eq(infras.id, resources.infraId)))
    .innerJoin(
      connections,
      and(eq(connections.workspaceId, resources.workspaceId), eq(connections.id, resources.connectionId)),
    )
    .where(
      and(
        eq(resourceChanges.workspaceId, tx.workspaceId),
        gt(resourceChanges.seq, afterSeq),
        isNull(resourceChanges.undoneByRunId),
        infraIds && inArray(resources.infraId, [...infraIds]),
      ),
    )
    .orderBy(asc(resourceChanges.seq))
    .limit(logReach + 1);
  return rows.map(({ connection, ...row }) => ({
    ...row,
    connectionProblem: problemOf(row.provider, connection),
  }));
}

/** Why nothing goes through a connection now, beyond what passes by itself. */
function problemOf(
  provider: ServerProviderName,
  { label, enabled, credential }: { label: string; enabled: boolean; credential: string },
): string | null {
  if (!enabled) return `The connection ${label} is disabled.`;
  const traits: (typeof providerTraits)[Provider] = providerTraits[provider];
  if (!traits.credential || credential === 'present') return null;
  return `The connection ${label} has no credential that its provider takes.`;
}

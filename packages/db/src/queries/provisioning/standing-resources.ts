import type { ServerProviderName } from '@signalbox/domain/connection/providers';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { infras, type ResourceKind, resources } from '../../schema/provisioning.ts';

/** A resource that stands, as the last change left it. */
export interface StandingResource {
  readonly id: number;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly provider: ServerProviderName;
  readonly connectionId: number;
  readonly externalId: string | null;
  readonly state: JsonObject;
  readonly createdAt: Date;
}

/** What stands in an infra, by kind and name. An infra holds a few hundred at most. */
export async function standingResources(
  tx: WorkspaceTransaction,
  infra: string,
  kind?: ResourceKind,
): Promise<StandingResource[]> {
  return tx.query
    .select({
      id: resources.id,
      kind: resources.kind,
      name: resources.name,
      provider: resources.provider,
      connectionId: resources.connectionId,
      externalId: resources.externalId,
      state: resources.state,
      createdAt: resources.createdAt,
    })
    .from(resources)
    .innerJoin(infras, and(eq(infras.workspaceId, resources.workspaceId), eq(infras.id, resources.infraId)))
    .where(
      and(
        eq(resources.workspaceId, tx.workspaceId),
        eq(infras.name, infra),
        kind && eq(resources.kind, kind),
        isNull(resources.deletedAt),
      ),
    )
    .orderBy(asc(resources.kind), asc(resources.name));
}

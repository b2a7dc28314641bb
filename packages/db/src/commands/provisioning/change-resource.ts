import type { ServerProviderName } from '@signalbox/domain/connection/providers';
import { canonicalJson, type JsonObject } from '@signalbox/domain/gate/canonical';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { infras, type ResourceKind, resourceChanges, resources } from '../../schema/provisioning.ts';
import { lockChanges, nextChange } from './change-log.ts';

/** What a resource of an infra is after something was done to it. */
export interface ResourceNow {
  readonly infra: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly provider: ServerProviderName;
  readonly connectionId: number;
  readonly externalId: string | null;
  /** Whatever bringing it back takes; null: it is gone. */
  readonly state: JsonObject | null;
}

/**
 * Keeps what became of a resource, and adds the change to the log of the workspace. What is so already changes nothing
 * and is not logged, so a write that is repeated, or work that found everything done, leaves the log as it is.
 */
export async function changeResource(
  tx: WorkspaceTransaction,
  runId: number,
  now: ResourceNow,
): Promise<void> {
  const head = await lockChanges(tx);
  const infraId = await infraNamed(tx, now.infra);
  const [before] = await tx.query
    .select({
      id: resources.id,
      connectionId: resources.connectionId,
      externalId: resources.externalId,
      state: resources.state,
    })
    .from(resources)
    .where(
      and(
        eq(resources.workspaceId, tx.workspaceId),
        eq(resources.infraId, infraId),
        eq(resources.kind, now.kind),
        eq(resources.name, now.name),
        isNull(resources.deletedAt),
      ),
    );
  // Whoever works on servers looks first; a server that were written over would be left behind where it stands.
  if (now.kind === 'server' && before !== undefined && before.connectionId !== now.connectionId)
    throw new Error(`${now.name} stands through another connection.`);
  const { state, externalId } = now;
  const same =
    before === undefined
      ? state === null
      : state !== null && before.externalId === externalId && sameJson(before.state, state);
  if (same) return;
  const resourceId = before?.id ?? (await insert(tx, infraId, now));
  if (before !== undefined) await update(tx, before.id, now);
  await tx.query.insert(resourceChanges).values({
    workspaceId: tx.workspaceId,
    seq: await nextChange(tx, head),
    resourceId,
    runId,
    action: before === undefined ? 'create' : state === null ? 'delete' : 'update',
    before: before === undefined ? null : { externalId: before.externalId, ...before.state },
    after: state === null ? null : { externalId, ...state },
  });
}

async function infraNamed(tx: WorkspaceTransaction, name: string): Promise<number> {
  const [infra] = await tx.query
    .select({ id: infras.id })
    .from(infras)
    .where(and(eq(infras.workspaceId, tx.workspaceId), eq(infras.name, name)));
  if (infra === undefined) throw new Error(`There is no infra ${name}.`);
  return infra.id;
}

async function insert(tx: WorkspaceTransaction, infraId: number, now: ResourceNow): Promise<number> {
  const { kind, name, provider, connectionId, externalId, state } = now;
  const [made] = await tx.query
    .insert(resources)
    .values({
      workspaceId: tx.workspaceId,
      infraId,
      kind,
      name,
      provider,
      connectionId,
      externalId,
      state: state ?? {},
    })
    .returning({ id: resources.id });
  if (made === undefined) throw new Error('The resource was not written.');
  return made.id;
}

async function update(tx: WorkspaceTransaction, id: number, now: ResourceNow): Promise<void> {
  const { externalId, state } = now;
  await tx.query
    .update(resources)
    .set(state === null ? { deletedAt: sql`now()` } : { externalId, state })
    .where(and(eq(resources.workspaceId, tx.workspaceId), eq(resources.id, id)));
}

function sameJson(one: JsonObject, other: JsonObject): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { GateReason } from '@signalbox/domain/gate/gate-reasons';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { groupSelections } from '@signalbox/domain/inventory/group-selection';
import type { OperationRule } from '@signalbox/domain/operation/rule';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { setIsComplete } from '../backup/complete-set.ts';
import { setFingerprint } from '../backup/set-fingerprint.ts';

/** A preview is trusted this long; after that the tenant has to be compared again. */
export const previewHours = 24;

interface Target {
  readonly input: JsonObject;
  readonly problem: GateReason | null;
}

/**
 * Finds the object an operation works on: the named one, else the one an absent name stands for.
 * A name that is not of this tenant is the same as no candidate.
 */
export async function resolveTarget(
  tx: WorkspaceTransaction,
  rule: OperationRule,
  request: StartRequest,
): Promise<Target> {
  const { input, tenantId } = request;
  if (rule.target === 'none' || rule.target === 'infra' || rule.target === 'infras' || tenantId === null)
    return { input, problem: null };
  if (rule.target === 'group_selection') return resolveSelection(input);
  if (rule.target === 'restore_preview') return resolvePreview(tx, input, tenantId);
  const named = numberOf(input.backupSetId);
  const found =
    rule.target === 'backup_set'
      ? await findSet(tx, tenantId, named)
      : await findCompleteSet(tx, tenantId, named);
  return found === null
    ? { input, problem: 'target_missing' }
    : { input: { ...input, backupSetId: found }, problem: null };
}

/** The selection by its key; a key that names none is a refusal of the gate, since selections may come to be. */
function resolveSelection(input: JsonObject): Target {
  const known = groupSelections.some((each) => each === input.selectionKey);
  return { input, problem: known ? null : 'selection_unknown' };
}

/** The named set, or the only one of the tenant. */
async function findSet(
  tx: WorkspaceTransaction,
  tenantId: number,
  named: number | null,
): Promise<number | null> {
  const rows = await tx.query.execute<{ id: string }>(sql`
    select id from backup_sets where workspace_id = ${tx.workspaceId} and tenant_id = ${tenantId}
      and (${named}::bigint is null or id = ${named}) limit 2`);
  return rows.length === 1 ? Number(rows[0]?.id) : null;
}

/** The named set if it has items, or the newest complete one. */
async function findCompleteSet(
  tx: WorkspaceTransaction,
  tenantId: number,
  named: number | null,
): Promise<number | null> {
  const fits =
    named === null
      ? setIsComplete(sql`b`)
      : sql`b.id = ${named} and exists (
          select from backup_items i where i.workspace_id = b.workspace_id and i.set_id = b.id)`;
  const rows = await tx.query.execute<{ id: string }>(sql`
    select b.id from backup_sets b
    where b.workspace_id = ${tx.workspaceId} and b.tenant_id = ${tenantId} and ${fits}
    order by b.created_at desc, b.id desc limit 1`);
  return rows[0] === undefined ? null : Number(rows[0].id);
}

/** The named preview, or the newest fresh one. A named one that is too old or whose set has changed is stale. */
async function resolvePreview(
  tx: WorkspaceTransaction,
  input: JsonObject,
  tenantId: number,
): Promise<Target> {
  const named = numberOf(input.previewRunId);
  const rows = await tx.query.execute<{ id: string; fresh: boolean }>(sql`
    select r.id, r.finished_at > now() - make_interval(hours => ${previewHours}) and p.set_fingerprint = ${setFingerprint(sql`p.set_id`)} as fresh
    from runs r join restore_previews p on p.workspace_id = r.workspace_id and p.run_id = r.id
    where r.workspace_id = ${tx.workspaceId} and r.tenant_id = ${tenantId} and r.operation = 'restore_preview'
      and r.status = 'succeeded' and (${named}::bigint is null or r.id = ${named})
    order by r.finished_at desc, r.id desc limit 20`);
  const chosen = named === null ? rows.find((row) => row.fresh) : rows[0];
  if (chosen === undefined) return { input, problem: 'restore_preview_missing' };
  if (!chosen.fresh) return { input, problem: 'preview_stale' };
  return { input: { ...input, previewRunId: Number(chosen.id) }, problem: null };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

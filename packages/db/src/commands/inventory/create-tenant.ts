import { holds, type Principal } from '@signalbox/domain/access/principal';
import { canonicalExternalId } from '@signalbox/domain/inventory/external-id';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { type TenantRecord, tenantRecord } from '../../queries/inventory/tenants.ts';
import { memberTenants } from '../../schema/access.ts';
import { tenants } from '../../schema/inventory.ts';
import { type Author, authorActor, callerOf } from '../access/author.ts';
import { callerNow, lockMembers } from '../access/lock-members.ts';
import { type Idempotency, keepOnce, type Once } from '../gate/keep-once.ts';
import { writeAudit } from '../observability/write-audit.ts';

export interface NewTenant {
  readonly externalId: string;
  readonly name: string;
  readonly idempotency?: Idempotency;
  readonly requestId?: string | null;
}

/**
 * Adds a managed environment to a workspace. Whoever sees some tenants only sees the one they made: they become
 * entitled to it with its creation. Refused are an external id that is taken, and a caller who may no longer do this.
 */
export async function createTenant(
  db: Database,
  author: Author,
  tenant: NewTenant,
): Promise<Once<TenantRecord, 'taken' | 'not_allowed'>> {
  return keepOnce(db, author, {
    idempotency: tenant.idempotency ?? null,
    make: (tx) => create(tx, author, tenant),
    revive: (kept) => {
      const row = kept as Omit<TenantRecord, 'createdAt'> & { readonly createdAt: string };
      return { ...row, createdAt: new Date(row.createdAt) };
    },
  });
}

async function create(
  tx: WorkspaceTransaction,
  author: Author,
  tenant: NewTenant,
): Promise<{ made: TenantRecord } | { refused: 'taken' | 'not_allowed' }> {
  const { workspaceId } = tx;
  const entitles = await userToEntitle(tx, callerOf(author));
  if (entitles === 'not_allowed') return { refused: 'not_allowed' };
  const externalId = canonicalExternalId(tenant.externalId);
  if (externalId === null) throw new Error(`"${tenant.externalId}" is no external id.`);
  const [row] = await tx.query
    .insert(tenants)
    .values({ workspaceId, externalId, name: tenant.name })
    .onConflictDoNothing()
    .returning({ id: tenants.id });
  if (row === undefined) return { refused: 'taken' };
  if (entitles !== null) {
    await tx.query.insert(memberTenants).values({ workspaceId, userId: entitles, tenantId: row.id });
  }
  await writeAudit(tx, [
    {
      actor: authorActor(author),
      action: 'tenant.created',
      object: { kind: 'tenant', id: String(row.id) },
      details: { externalId, name: tenant.name, ...(entitles !== null && { entitled: true }) },
      requestId: tenant.requestId ?? null,
    },
  ]);
  const made = await tenantRecord(tx, { id: row.id });
  if (made === null) throw new Error(`The tenant ${row.id} was made and is not there.`);
  return { made };
}

/**
 * The member who has to be entitled to what they make, as they are at this moment; null for those who see everything
 * there is and will be. No change of members passes in between, or a new list could leave it out.
 */
async function userToEntitle(
  tx: WorkspaceTransaction,
  caller: Principal | null,
): Promise<number | null | 'not_allowed'> {
  if (caller === null) return null;
  await lockMembers(tx);
  const now = await callerNow(tx, caller);
  if (now === null || !holds(now, 'tenant.manage')) return 'not_allowed';
  return now.tenants === 'all' ? null : now.userId;
}

import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { getInfra, type InfraRecord } from '../../queries/provisioning/infras.ts';
import { infras } from '../../schema/provisioning.ts';
import { type Idempotency, keepOnce, type Once } from '../gate/keep-once.ts';
import { writeAudit } from '../observability/write-audit.ts';

export interface NewInfra {
  readonly name: string;
  readonly idempotency: Idempotency;
  readonly requestId: string | null;
  /**
   * Writes its settings; called last before the commit. A file without its row is nobody's and is written over by the
   * next attempt; a row without its file would be an infra that nothing can be started on.
   */
  writeSettings(): Promise<void>;
}

/** Makes an infra of a workspace; refused with `taken` where the name is in use. */
export async function createInfra(
  db: Database,
  principal: Principal,
  infra: NewInfra,
): Promise<Once<InfraRecord, 'taken'>> {
  return keepOnce<InfraRecord, 'taken'>(db, principal, {
    idempotency: infra.idempotency,
    make: async (tx) => {
      if (!(await insertInfra(tx, { name: infra.name, by: principal.username }))) return { refused: 'taken' };
      await audit(tx, principal, { action: 'infra.created', ...infra });
      await infra.writeSettings();
      const made = await getInfra(tx, infra.name);
      if (made === null) throw new Error('The infra was made and is not there.');
      return { made };
    },
    revive: (kept) => {
      const record = kept as InfraRecord & { createdAt: string };
      return { ...record, createdAt: new Date(record.createdAt) };
    },
  });
}

/** Keeps new settings of an infra, with who gave them; false when there is no such infra. */
export async function changeInfraSettings(
  db: Database,
  principal: Principal,
  infra: Omit<NewInfra, 'idempotency'>,
): Promise<boolean> {
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    // Two changes at once follow each other, so the file is what the newest entry says.
    const changed = await tx.query
      .update(infras)
      .set({ changedBy: principal.username, changedAt: sql`now()` })
      .where(and(eq(infras.workspaceId, tx.workspaceId), eq(infras.name, infra.name)))
      .returning({ id: infras.id });
    if (changed.length === 0) return false;
    await audit(tx, principal, { action: 'infra.settings_changed', ...infra });
    await infra.writeSettings();
    return true;
  });
}

async function insertInfra(
  tx: WorkspaceTransaction,
  { name, by }: { readonly name: string; readonly by: string },
): Promise<boolean> {
  const made = await tx.query
    .insert(infras)
    .values({ workspaceId: tx.workspaceId, name, createdBy: by })
    .onConflictDoNothing()
    .returning({ id: infras.id });
  return made.length > 0;
}

async function audit(
  tx: WorkspaceTransaction,
  principal: Principal,
  of: { readonly action: string; readonly name: string; readonly requestId: string | null },
): Promise<void> {
  const { action, name, requestId } = of;
  await writeAudit(tx, [
    { actor: actorOf(principal), action, object: { kind: 'infra', id: name }, details: { name }, requestId },
  ]);
}

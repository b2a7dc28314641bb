import { randomUUIDv7 } from 'node:crypto';
import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { type CheckpointRecord, getCheckpoint } from '../../queries/provisioning/checkpoints.ts';
import { checkpoints } from '../../schema/provisioning.ts';
import { type Idempotency, keepOnce, type Once } from '../gate/keep-once.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { lockChanges } from './change-log.ts';

export interface NewCheckpoint {
  readonly name: string;
  readonly description: string | null;
  readonly idempotency: Idempotency;
  readonly requestId: string | null;
}

/**
 * Names the present position of the change log, with what stands at it. The log is held meanwhile: every change is before
 * the checkpoint or after it, none is half in it.
 */
export async function createCheckpoint(
  db: Database,
  principal: Principal,
  { name, description, idempotency, requestId }: NewCheckpoint,
): Promise<Once<CheckpointRecord, never>> {
  return keepOnce<CheckpointRecord, never>(db, principal, {
    idempotency,
    make: async (tx) => {
      const changeSeq = await lockChanges(tx);
      const content = await standing(tx);
      const uid = randomUUIDv7();
      await tx.query.insert(checkpoints).values({
        workspaceId: tx.workspaceId,
        uid,
        name,
        description,
        changeSeq,
        content,
        sizeBytes: Buffer.byteLength(JSON.stringify(content)),
        createdBy: principal.username,
      });
      await writeAudit(tx, [
        {
          actor: actorOf(principal),
          action: 'checkpoint.created',
          object: { kind: 'checkpoint', id: uid },
          details: { name, changeSeq },
          requestId,
        },
      ]);
      const made = await getCheckpoint(tx, uid);
      if (made === null) throw new Error('The checkpoint was made and is not there.');
      const { content: _content, ...record } = made;
      return { made: record };
    },
    revive: (kept) => {
      const record = kept as CheckpointRecord & { createdAt: string };
      return { ...record, createdAt: new Date(record.createdAt) };
    },
  });
}

/** Everything that stands in the workspace, infra by infra. */
async function standing(tx: WorkspaceTransaction): Promise<JsonObject> {
  const [row] = await tx.query.execute<{ content: JsonObject }>(sql`
    select jsonb_build_object('infras', coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'resources', coalesce((
        select jsonb_agg(jsonb_build_object('kind', r.kind, 'name', r.name, 'provider', r.provider,
          'externalId', r.external_id, 'state', r.state) order by r.kind, r.name)
        from resources r
        where r.workspace_id = i.workspace_id and r.infra_id = i.id and r.deleted_at is null), '[]')) order by i.name),
      '[]')) as content
    from infras i where i.workspace_id = ${tx.workspaceId}`);
  return row?.content ?? { infras: [] };
}

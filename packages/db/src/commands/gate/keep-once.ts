import { callerName } from '@signalbox/domain/access/principal';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { sqlState } from '../../client/retried.ts';
import { type Author, callerOf } from '../access/author.ts';

/** The Idempotency-Key of a call that makes something, or null when none was sent. */
export type Idempotency = StartRequest['idempotency'];

/** What a call that may be repeated comes to: made now or by an earlier call, refused, or its key stands in the way. */
export type Once<TMade, TRefused> =
  | { readonly kind: 'made'; readonly made: TMade }
  | { readonly kind: 'refused'; readonly refused: TRefused }
  | { readonly kind: 'key_reused' | 'key_in_flight' };

/** A deed that is done once for each key. Only what was made is kept; a refusal is decided afresh. */
export interface OnceDeed<TMade extends object, TRefused> {
  readonly idempotency: Idempotency;
  make(tx: WorkspaceTransaction): Promise<{ readonly made: TMade } | { readonly refused: TRefused }>;
  /** Reads what was kept as JSON. */
  revive(kept: unknown): TMade;
}

/** Another request under the same key was faster; thrown to undo this one. */
class KeyTaken extends Error {}

/**
 * Makes something in one transaction with the answer that is kept under its Idempotency-Key: the same key and body get
 * the first answer again for 24 hours.
 */
export async function keepOnce<TMade extends object, TRefused>(
  db: Database,
  author: Author,
  deed: OnceDeed<TMade, TRefused>,
): Promise<Once<TMade, TRefused>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.inWorkspace(author.workspaceId, (tx) => attemptOnce(tx, author, deed));
    } catch (error) {
      if (deed.idempotency !== null && sqlState(error) === '55P03') return { kind: 'key_in_flight' };
      if (!(error instanceof KeyTaken) || attempt > 1) throw error;
    }
  }
}

async function attemptOnce<TMade extends object, TRefused>(
  tx: WorkspaceTransaction,
  author: Author,
  deed: OnceDeed<TMade, TRefused>,
): Promise<Once<TMade, TRefused>> {
  const kept = await keptAnswer(tx, author, deed);
  if (kept !== null) return kept;
  const done = await deed.make(tx);
  // A twin may have made it while this one waited for it; then its answer is the answer.
  if ('refused' in done) return (await keptAnswer(tx, author, deed)) ?? { kind: 'refused', ...done };
  await keepAnswer(tx, author, { idempotency: deed.idempotency, answer: done.made });
  return { kind: 'made', ...done };
}

async function keptAnswer<TMade extends object, TRefused>(
  tx: WorkspaceTransaction,
  author: Author,
  { idempotency, revive }: OnceDeed<TMade, TRefused>,
): Promise<Once<TMade, TRefused> | null> {
  const caller = callerOf(author);
  if (idempotency === null || caller === null) return null;
  const [kept] = await tx.query.execute<{ hash: string; answer: unknown }>(sql`
    select body_hash as hash, answer from idempotency_keys
    where workspace_id = ${tx.workspaceId} and principal = ${callerName(caller)}
      and route = ${idempotency.route} and key = ${idempotency.key} and expires_at > now()`);
  if (kept === undefined) return null;
  return kept.hash === idempotency.bodyHash
    ? { kind: 'made', made: revive(kept.answer) }
    : { kind: 'key_reused' };
}

async function keepAnswer(
  tx: WorkspaceTransaction,
  author: Author,
  { idempotency, answer }: { readonly idempotency: Idempotency; readonly answer: object },
): Promise<void> {
  const caller = callerOf(author);
  if (idempotency === null || caller === null) return;
  const kept = await tx.query.execute(sql`
    insert into idempotency_keys (workspace_id, principal, route, key, body_hash, answer)
    values (${tx.workspaceId}, ${callerName(caller)}, ${idempotency.route}, ${idempotency.key},
      ${idempotency.bodyHash}, ${JSON.stringify(answer)}::jsonb)
    on conflict (workspace_id, principal, route, key) do update
      set body_hash = excluded.body_hash, answer = excluded.answer, expires_at = now() + interval '24 hours'
      where idempotency_keys.expires_at <= now()
    returning key`);
  if (kept.length === 0) throw new KeyTaken();
}

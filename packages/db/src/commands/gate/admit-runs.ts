import { actorOf } from '@signalbox/domain/access/principal';
import { scopeKeys } from '@signalbox/domain/gate/scope';
import { codename } from '@signalbox/domain/run/codename';
import { sql } from 'drizzle-orm';
import { runsChannel } from '../../client/channels.ts';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { countUsage } from './count-usage.ts';
import type { DecidedStart, StartResult } from './start-runs.ts';

/** Run ids by the index of their start. */
export type Admitted = ReadonlyMap<number, number>;

/**
 * Writes the accepted starts: run, scope claims, first event and audit entry in one statement, then the queue job.
 * Fewer rows than decided, or a connection that was disabled meanwhile, mean that another transaction was faster.
 * `uids` are those of the runs, start by start.
 */
export async function admitRuns(
  tx: WorkspaceTransaction,
  decided: readonly DecidedStart[],
  uids: readonly string[],
): Promise<Admitted | 'race_lost'> {
  const accepted = decided.flatMap((item, index) => {
    const { decision, start, loaded } = item;
    if (decision.kind !== 'accepted') return [];
    const { request, rule } = start;
    const parts = { tenant: request.tenantId, connection: decision.connectionId };
    const uid = uids[index];
    if (uid === undefined) throw new Error(`Start ${index} was given no uid.`);
    return [
      {
        index,
        uid,
        operation: rule.name,
        tenant_id: request.tenantId,
        connection_id: decision.connectionId,
        parent_run_id: request.link?.parentRunId ?? null,
        link_kind: request.link?.kind ?? null,
        status: decision.status,
        // What only waits to be started is no work yet, so nothing else is its double.
        dedupe_key: decision.status === 'pending' ? null : `${decision.connectionId}:${start.workHash}`,
        input: start.input,
        initiator_id: request.principal.userId,
        initiator_name: request.principal.username,
        // A person who had a key act for them is the one who started it; the audit entry names both.
        initiator_kind: request.principal.userId === null ? 'api_key' : 'user',
        initiator_key: request.principal.key?.id ?? null,
        actor: actorOf(request.principal),
        codename: request.codename ?? codename(Number.parseInt(uid.slice(-6), 16)),
        tags: request.tags,
        context: request.context,
        request_id: request.requestId,
        scopes: decision.status === 'queued' ? scopeKeys(start.scopes, parts).sort() : [],
        priority: loaded.backlog,
        // The feed of the workspace is that of its provisioning.
        told: rule.surfaces.some((surface) => surface === 'provisioning'),
      },
    ];
  });
  if (accepted.length === 0) return new Map();
  const claims = accepted.reduce((sum, start) => sum + start.scopes.length, 0);
  const rows = await tx.query.execute<{
    index: number;
    id: string;
    status: string;
    priority: number;
    claimed: number;
  }>(sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(accepted)}::jsonb) as w
        (index int, uid uuid, operation text, tenant_id bigint, connection_id bigint, parent_run_id bigint, link_kind text,
         status text, dedupe_key text, input jsonb, initiator_id bigint, initiator_name text, initiator_kind text,
         initiator_key text, actor jsonb, codename text, tags jsonb,
         context jsonb, request_id text, scopes jsonb, priority int, told boolean)
    ), made as (
      insert into runs (workspace_id, uid, operation, tenant_id, connection_id, parent_run_id, link_kind, status, wait_cause,
        dedupe_key, input, event_seq, initiator_kind, initiator_user_id, initiator_name, initiator_key_id, codename,
        tags, context)
      select ${tx.workspaceId}, uid, operation, tenant_id, connection_id, parent_run_id, link_kind, status,
        case when status = 'queued' then 'waiting_for_worker' end,
        dedupe_key, input, 1, initiator_kind, initiator_id, initiator_name, initiator_key, codename,
        array(select jsonb_array_elements_text(w.tags)), context
      from wanted w order by dedupe_key
      on conflict do nothing
      returning id, uid, operation, status
    ), claimed as (
      insert into scope_claims (workspace_id, scope_key, run_id)
      select ${tx.workspaceId}, s.scope_key, m.id
      from made m join wanted w using (uid) cross join jsonb_array_elements_text(w.scopes) as s (scope_key)
      order by s.scope_key
      on conflict do nothing
      returning run_id
    ), told as (
      insert into run_events (workspace_id, run_id, seq, kind, data, feed_position)
      select ${tx.workspaceId}, m.id, 1, 'state', jsonb_build_object('from', null, 'to', m.status),
        case when w.told then pg_current_xact_id() end
      from made m join wanted w using (uid)
    ), audited as (
      insert into audit_entries (workspace_id, actor_kind, actor_name, on_behalf_of, action, object_kind, object_id, run_id, details, request_id)
      select ${tx.workspaceId}, w.actor ->> 'kind', w.actor ->> 'name', w.actor ->> 'onBehalfOf', 'run.created', 'run', m.id::text, m.id,
        jsonb_build_object('operation', m.operation, 'from', w.context), w.request_id
      from made m join wanted w using (uid)
    )
    select w.index, m.id, m.status, w.priority, (select count(*)::int from claimed) as claimed
    from made m join wanted w using (uid)`);
  if (rows.length < accepted.length || (rows[0]?.claimed ?? 0) < claims) return 'race_lost';
  if ((await countUsage(tx, decided)) === 'race_lost') return 'race_lost';
  const queued = rows.filter((row) => row.status === 'queued');
  if ((await enqueue(tx, queued)) === 'connection_disabled') return 'race_lost';
  return new Map(rows.map((row) => [row.index, Number(row.id)]));
}

/**
 * Enters the queue and wakes the live readers, in the transaction of the admission.
 *
 * Looks once more whether a connection was disabled since the facts were read. Each new run refers to its connection,
 * and a disable waits for those who do: one that has committed is seen here, one that has not comes after this start.
 */
async function enqueue(
  tx: WorkspaceTransaction,
  rows: readonly { id: string; priority: number }[],
): Promise<'queued' | 'connection_disabled'> {
  if (rows.length === 0) return 'queued';
  const jobs = JSON.stringify(rows.map((row) => ({ id: Number(row.id), priority: row.priority })));
  const heads = rows.map((row) => ({ w: tx.workspaceId, r: Number(row.id), s: 1 }));
  const [told] = await tx.query.execute<{ disabled: boolean }>(sql`
    select queue_enqueue_runs(${tx.workspaceId}, array_agg(j.id), array_agg(now()), array_agg(j.priority)),
      pg_notify(${runsChannel}, ${JSON.stringify(heads.slice(0, 100))}),
      coalesce(bool_or((select not c.enabled from runs r
        join connections c on c.workspace_id = r.workspace_id and c.id = r.connection_id
        where r.workspace_id = ${tx.workspaceId} and r.id = j.id)), false) as disabled
    from jsonb_to_recordset(${jobs}::jsonb) as j (id bigint, priority int)`);
  return told?.disabled === true ? 'connection_disabled' : 'queued';
}

/** Keeps each 2xx answer under its Idempotency-Key, in the transaction of the deed. */
export async function keepAnswers(
  tx: WorkspaceTransaction,
  decided: readonly DecidedStart[],
  results: readonly StartResult[],
): Promise<'kept' | 'race_lost'> {
  const rows = decided.flatMap(({ start, decision }, index) => {
    const { idempotency } = start.request;
    if (idempotency === null || (decision.kind !== 'accepted' && decision.kind !== 'deduped')) return [];
    return [{ principal: start.principalKey, ...idempotency, answer: results[index] }];
  });
  if (rows.length === 0) return 'kept';
  const kept = await tx.query.execute(sql`
    insert into idempotency_keys (workspace_id, principal, route, key, body_hash, answer)
    select ${tx.workspaceId}, principal, route, key, "bodyHash", answer
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k
      (principal text, route text, key text, "bodyHash" text, answer jsonb)
    order by principal, route, key
    on conflict (workspace_id, principal, route, key) do update
      set body_hash = excluded.body_hash, answer = excluded.answer, expires_at = now() + interval '24 hours'
      where idempotency_keys.expires_at <= now()
    returning key`);
  return kept.length < rows.length ? 'race_lost' : 'kept';
}

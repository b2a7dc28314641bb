import { entitled, holds } from '@signalbox/domain/access/principal';
import { type Provider, providerTraits } from '@signalbox/domain/connection/providers';
import type { ConnectionFacts, ScopeHolder, StartFacts } from '@signalbox/domain/gate/start-facts';
import { runLimit } from '@signalbox/domain/workspace/tiers';
import { type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { toolThere } from '../observability/tool-there.ts';
import type { PreparedStart } from './prepare-start.ts';
import { type HolderRow, toHolder } from './scope-holder.ts';

/** The facts of one start, with what the commit needs beside the decision. */
export interface LoadedStart {
  readonly facts: StartFacts;
  /** The database's clock when the facts were read. */
  readonly at: Date;
  /** The answer kept under the same Idempotency-Key. */
  readonly keptAnswer: unknown;
  /** Queued runs of the same workspace and tenant, up to 100; a longer backlog gives a later place in the queue. */
  readonly backlog: number;
}

interface FactsRow extends Record<string, unknown> {
  index: number;
  at: string;
  tenant_exists: boolean;
  kept_hash: string | null;
  kept_answer: unknown;
  backlog: number;
  session_problem: StartFacts['sessionProblem'];
  usage: { current: number; tier: string; period: string } | null;
  connections: ConnectionRow[];
  unconnected: Pick<ConnectionRow, 'active' | 'holders'> | null;
  tool_there: boolean | null;
}

interface ConnectionRow {
  id: number;
  isDefault: boolean;
  enabled: boolean;
  consented: boolean;
  tenantMismatch: boolean;
  credential: 'present' | 'missing' | 'refused';
  credentialExpired: boolean;
  granted: string[] | null;
  throttledUntil: string | null;
  active: ConnectionFacts['active'];
  holders: TimedHolderRow[] | null;
}

interface TimedHolderRow extends HolderRow {
  usualMs: number | null;
}

/** Everything the gate must know about a list of starts, in one query. */
export async function loadStartFacts(
  tx: WorkspaceTransaction,
  starts: readonly PreparedStart[],
): Promise<LoadedStart[]> {
  const asked = starts.map((start, index) => ({
    index,
    tenant_id: start.request.tenantId,
    provider: start.provider,
    tool: start.provider === null ? null : providerTraits[start.provider].tool,
    work_hash: start.workHash,
    scopes: start.scopes,
    counts: start.rule.countsQuota,
    // What only waits to be started stands in nobody's way, and nobody in its.
    unconnected: start.provider === null && start.rule.begins === 'queued',
    principal: start.principalKey,
    route: start.request.idempotency?.route ?? null,
    key: start.request.idempotency?.key ?? null,
    session: start.request.sessionId ?? null,
    user_id: start.request.principal.userId,
  }));
  const rows = await tx.query.execute<FactsRow>(sql`
    select s.index, now() as at, t.id is not null as tenant_exists, i.body_hash as kept_hash, i.answer as kept_answer,
      (select count(*)::int from (
        select from runs q where q.workspace_id = ${tx.workspaceId} and q.status = 'queued'
          and q.tenant_id = s.tenant_id limit 100) as queued) as backlog,
      ${asked.some(({ counts }) => counts) ? usage(tx) : sql`null`} as usage,
      ${asked.some(({ session }) => session !== null) ? sessionProblem(tx) : sql`null`} as session_problem,
      ${asked.some(({ unconnected }) => unconnected) ? unconnectedFacts(tx) : sql`null`} as unconnected,
      ${asked.some(({ tool }) => tool !== null) ? toolFact() : sql`null`} as tool_there,
      coalesce((select jsonb_agg(jsonb_build_object(
          'id', c.id, 'isDefault', c.is_default, 'enabled', c.enabled, 'consented', c.consent = 'granted',
          'tenantMismatch', c.tenant_mismatch,
          'credential', c.credential, 'credentialExpired', coalesce(c.credential_expires_at <= now(), false),
          'granted', c.granted, 'throttledUntil', c.throttled_until,
          'active', ${activeRun(tx, sql`c.id::text`)},
          'holders', ${holders(
            tx,
            sql`replace(replace(template, '{tenant}', coalesce(s.tenant_id::text, '')), '{connection}', c.id::text)`,
          )}) order by c.id)
        from connections c
        where c.workspace_id = ${tx.workspaceId} and ${belongs(asked)} and c.provider = s.provider), '[]') as connections
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as s
      (index int, tenant_id bigint, provider text, tool text, work_hash text, scopes jsonb, counts boolean, unconnected boolean, principal text, route text, key text,
       session bigint, user_id bigint)
    left join tenants t on t.workspace_id = ${tx.workspaceId} and t.id = s.tenant_id
    left join idempotency_keys i on i.workspace_id = ${tx.workspaceId} and i.principal = s.principal
      and i.route = s.route and i.key = s.key and i.expires_at > now()
    order by s.index`);
  return rows.map((row) => toLoaded(row, starts));
}

/** The active run that does the same work through a connection, or through none. */
function activeRun(tx: WorkspaceTransaction, connection: SQL): SQL {
  return sql`(select jsonb_build_object('runId', r.id, 'status', r.status) from runs r
            where r.workspace_id = ${tx.workspaceId} and r.dedupe_key = ${connection} || ':' || s.work_hash
              and r.status in ('pending', 'queued', 'running', 'awaiting_approval'))`;
}

/** Who holds the scopes of a start; `key` fills in a template. A scope is held by a run, or by a batch for its own. */
function holders(tx: WorkspaceTransaction, key: SQL): SQL {
  return sql`(select jsonb_agg(jsonb_build_object('scopeKey', h.scope_key, 'runId', h.run_id, 'batchUid', b.uid,
              'operation', coalesce(o.operation, b.kind), 'since', h.since, 'usualMs', (select avg(p.executing_ms)::bigint from (
                select e.executing_ms from runs e where e.workspace_id = ${tx.workspaceId} and e.operation = o.operation
                  and e.finished_at is not null order by e.finished_at desc limit 20) as p)))
            from scope_claims h
            left join runs o on o.workspace_id = h.workspace_id and o.id = h.run_id
            left join plans b on b.workspace_id = h.workspace_id and b.id = h.plan_id
            where h.workspace_id = ${tx.workspaceId}
              -- As an array, so that the key of the claims is used whatever the planner thinks of the list's length.
              and h.scope_key = any (array(
                select ${key} from jsonb_array_elements_text(s.scopes) as wanted (template))))`;
}

/** What stands in the way of work without a connection; a list without such work is spared even the plan of it. */
function unconnectedFacts(tx: WorkspaceTransaction): SQL {
  return sql`case when s.unconnected then jsonb_build_object(
        'active', ${activeRun(tx, sql`'null'`)},
        'holders', ${holders(tx, sql`replace(template, '{tenant}', coalesce(s.tenant_id::text, ''))`)}) end`;
}

/** Whether a worker has the program that a start needs; a list in which none is needed is spared even the plan of it. */
function toolFact(): SQL {
  return sql`case when s.tool is not null then ${toolThere(sql`s.tool`)} end`;
}

/** A connection belongs to the tenant of the start, or to the whole workspace where the start has no tenant. */
function belongs(asked: readonly { readonly tenant_id: number | null }[]) {
  // Said only where it is asked: with the second half the index is walked twice.
  if (asked.every(({ tenant_id }) => tenant_id !== null)) return sql`c.tenant_id = s.tenant_id`;
  return sql`(c.tenant_id = s.tenant_id or c.tenant_id is null and s.tenant_id is null)`;
}

/**
 * What is used of the quota, for the starts that count. The month is that of the database's clock, in UTC. A list in
 * which nothing counts, and that is nearly all of them, is spared even the plan of it.
 */
function usage(tx: WorkspaceTransaction) {
  return sql`case when s.counts then (
        select jsonb_build_object('tier', w.tier, 'period', to_char(m.period, 'YYYY-MM-DD'),
          'current', coalesce((select u.runs from usage_periods u
            where u.workspace_id = w.id and u.period = m.period), 0))
        from workspaces w cross join (select date_trunc('month', now() at time zone 'UTC')::date as period) m
        where w.id = ${tx.workspaceId}) end`;
}

/** What speaks against a start from an onboarding session; a list without one is spared even the plan of it. */
function sessionProblem(tx: WorkspaceTransaction) {
  return sql`(select case
        when o.status not in ('draft', 'in_progress') then jsonb_build_object('reason', 'session_closed')
        when o.locked_until > clock_timestamp() and o.locked_by_user_id is distinct from s.user_id
        then jsonb_build_object('reason', 'session_locked', 'lockedBy', o.locked_by_name) end
      from onboarding_sessions o where o.workspace_id = ${tx.workspaceId} and o.id = s.session)`;
}

function toLoaded(row: FactsRow, starts: readonly PreparedStart[]): LoadedStart {
  const start = starts[row.index];
  if (start === undefined) throw new Error(`No start stands at index ${row.index}.`);
  const { request, rule, targetProblem } = start;
  const sameBody = row.kept_hash === request.idempotency?.bodyHash;
  return {
    facts: {
      visible:
        (row.tenant_exists || request.tenantId === null) && entitled(request.principal, request.tenantId),
      mayStart: holds(request.principal, rule.capability),
      earlier: row.kept_hash === null ? 'none' : sameBody ? 'same_body' : 'other_body',
      sessionProblem: row.session_problem,
      requestedConnectionId: request.connectionId,
      connections: row.connections.map((connection) =>
        toConnectionFacts(connection, { provider: start.provider, toolMissing: row.tool_there === false }),
      ),
      unconnected: {
        active: row.unconnected?.active ?? null,
        holders: toHolders(row.unconnected?.holders ?? null),
      },
      targetProblem,
      quota: row.usage && {
        current: row.usage.current,
        limit: runLimit(row.usage.tier),
        period: row.usage.period,
      },
      approvalNeeded: false,
    },
    at: new Date(row.at),
    keptAnswer: row.kept_answer,
    backlog: row.backlog,
  };
}

function toConnectionFacts(
  row: ConnectionRow,
  { provider, toolMissing }: { readonly provider: Provider | null; readonly toolMissing: boolean },
): ConnectionFacts {
  const expired = row.credential === 'present' && row.credentialExpired;
  const asks = provider === null ? null : providerTraits[provider];
  return {
    id: row.id,
    isDefault: row.isDefault,
    enabled: row.enabled,
    consented: row.consented || asks?.consent === false,
    tenantMismatch: row.tenantMismatch,
    credential: asks?.credential === false ? 'present' : expired ? 'expired' : row.credential,
    granted: row.granted,
    throttledUntil: row.throttledUntil === null ? null : new Date(row.throttledUntil),
    toolMissing,
    active: row.active,
    holders: toHolders(row.holders),
  };
}

function toHolders(rows: readonly TimedHolderRow[] | null): ScopeHolder[] {
  return (rows ?? []).map(({ usualMs, ...row }) => {
    const holder = toHolder(row);
    return {
      ...holder,
      expectedEnd: usualMs === null ? null : new Date(holder.since.getTime() + usualMs),
    };
  });
}

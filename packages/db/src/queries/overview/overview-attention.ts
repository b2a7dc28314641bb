import type { Principal } from '@signalbox/domain/access/principal';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import type { AttentionFacts, RunSince } from '@signalbox/domain/overview/attention';
import { countCap, counted, countedRuns } from '@signalbox/domain/overview/counted-runs';
import {
  heldAtLeastMs,
  heldTooLong,
  overdueAfterMs,
  silentAfterMs,
  stillAfterMs,
} from '@signalbox/domain/overview/thresholds';
import { runReason } from '@signalbox/domain/run/describe-run';
import { and, asc, desc, eq, lt, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { tenants } from '../../schema/inventory.ts';
import { runs } from '../../schema/run.ts';
import { scopeClaims } from '../../schema/scope-claim.ts';
import { surroundings } from '../observability/surroundings.ts';
import { runsMeant } from '../run/run-filter.ts';
import { quotaNow } from '../workspace/quota-now.ts';
import { filterOf } from './meant.ts';
import { bootstrapsWaiting } from './overview-bootstraps.ts';
import { bulkWaiting } from './overview-bulk.ts';
import { unhealthyConnections } from './overview-connections.ts';
import { refusedLately } from './overview-refused.ts';

/** How many of a kind are named; the rest is behind the number or the list. */
const mostExamples = 3;
const mostRuns = 5;
/** Claims that are old enough to be looked at; the oldest are the ones of interest. */
const mostClaims = 50;

/** Everything the list of what needs attention is made from, of what the caller may see. */
export async function attentionFacts(
  tx: WorkspaceTransaction,
  principal: Principal,
): Promise<AttentionFacts & { readonly now: Date }> {
  const { now, liveWorkers } = await surroundings(tx);
  return {
    now,
    liveWorkers,
    queued: counted(await countUpToCap(tx, runsMeant(tx, principal, filterOf(countedRuns.queued, now)))),
    ...(await standing(tx, principal)),
    holding: await holding(tx, principal, now),
    troubled: await troubled(tx, principal, now),
    bulk: await bulkWaiting(tx, principal, mostRuns),
    bootstraps: await bootstrapsWaiting(tx, principal, mostRuns),
    refused: await refusedLately(tx, principal, { now, most: mostExamples }),
    quota: await quotaNow(tx),
    connections: await unhealthyConnections(tx, principal, { now, most: mostExamples }),
  };
}

async function countUpToCap(tx: WorkspaceTransaction, meant: SQL | undefined): Promise<number> {
  const [row] = await tx.query.execute<{ n: number }>(sql`
    select count(*)::int as n from (select from ${runs} where ${meant} limit ${countCap + 1}) as found`);
  return row?.n ?? 0;
}

const mention = { id: runs.id, operation: runs.operation, tenant: tenants.name };
const ofTenant = and(eq(tenants.workspaceId, runs.workspaceId), eq(tenants.id, runs.tenantId));

/** Runs that should move and do not. */
async function standing(tx: WorkspaceTransaction, principal: Principal) {
  const pick = (
    at: SQL<string>,
    condition: SQL | undefined,
  ): Promise<(Omit<RunSince, 'at'> & { at: string })[]> =>
    tx.query
      .select({ ...mention, at })
      .from(runs)
      .leftJoin(tenants, ofTenant)
      .where(condition)
      .orderBy(at)
      .limit(mostRuns);
  const running = runsMeant(tx, principal, { statuses: ['running'] });
  const moved = sql<string>`coalesce(${runs.progressAt}, ${runs.startedAt}, ${runs.phaseSince})`;
  const leaseEnded = sql<string>`${runs.leaseExpiresAt}`;
  const due = sql<string>`${runs.wakeAt}`;
  const before = (ms: number) => sql`now() - ${interval(ms)}`;
  const silent = await pick(leaseEnded, and(running, sql`${leaseEnded} < ${before(silentAfterMs)}`));
  const still = await pick(
    moved,
    and(running, sql`${leaseEnded} >= ${before(silentAfterMs)} and ${moved} < ${before(stillAfterMs)}`),
  );
  const overdue = await pick(
    due,
    and(
      runsMeant(tx, principal, {}),
      // In the words of the index.
      sql`${runs.status} = 'queued' and ${runs.waitCause} in ('waiting_to_retry', 'throttled')`,
      sql`${due} < ${before(overdueAfterMs)}`,
    ),
  );
  const dated = (rows: Awaited<ReturnType<typeof pick>>) =>
    rows.map((row) => ({ ...row, at: new Date(row.at) }));
  return { silent: dated(silent), still: dated(still), overdue: dated(overdue) };
}

/** Runs that hold a scope for unusually long, each once, the longest first. */
async function holding(tx: WorkspaceTransaction, principal: Principal, now: Date): Promise<RunSince[]> {
  const usual = sql<number | null>`(select avg(p.executing_ms)::float8 from (
    select e.executing_ms from runs e where e.workspace_id = ${tx.workspaceId} and e.operation = ${runs.operation}
      and e.finished_at is not null order by e.finished_at desc limit 20) as p)`;
  const rows = await tx.query
    .select({ ...mention, at: scopeClaims.since, usual })
    .from(scopeClaims)
    .innerJoin(runs, and(eq(runs.workspaceId, scopeClaims.workspaceId), eq(runs.id, scopeClaims.runId)))
    .leftJoin(tenants, ofTenant)
    .where(
      and(
        eq(scopeClaims.workspaceId, tx.workspaceId),
        lt(scopeClaims.since, sql`now() - ${interval(heldAtLeastMs)}`),
        runsMeant(tx, principal, {}),
      ),
    )
    .orderBy(asc(scopeClaims.since))
    .limit(mostClaims);
  const long = rows.filter(({ at, usual: ms }) => heldTooLong(now.getTime() - at.getTime(), ms));
  const first = new Map<number, RunSince>();
  for (const { usual: _, ...run } of long) if (!first.has(run.id)) first.set(run.id, run);
  return [...first.values()].slice(0, mostRuns);
}

/** Runs that failed or ended in part of late. */
async function troubled(
  tx: WorkspaceTransaction,
  principal: Principal,
  now: Date,
): Promise<AttentionFacts['troubled']> {
  const meant = runsMeant(tx, principal, filterOf(countedRuns.troubled, now));
  const rows = await tx.query
    .select({
      ...mention,
      at: runs.finishedAt,
      status: runs.status,
      safeError: runs.safeError,
      waitCause: runs.waitCause,
      failed: runs.failed,
      total: runs.total,
    })
    .from(runs)
    .leftJoin(tenants, ofTenant)
    .where(meant)
    .orderBy(desc(runs.finishedAt))
    .limit(mostExamples);
  const newest = rows.map(({ failed, total, at, status, safeError, waitCause, ...run }) => {
    const code = runReason({ status, safeError, waitCause });
    const items = total > 0 && failed > 0 ? `${failed} of ${total} failed` : null;
    return { ...run, at: at ?? now, note: items ?? (code === null ? 'Failed' : reasonRule(code).label) };
  });
  return { count: counted(await countUpToCap(tx, meant)), newest };
}

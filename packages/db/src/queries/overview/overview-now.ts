import type { Principal } from '@signalbox/domain/access/principal';
import type { QuotaFacts } from '@signalbox/domain/gate/start-facts';
import { type Counted, countCap, counted, countedRuns } from '@signalbox/domain/overview/counted-runs';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runs } from '../../schema/run.ts';
import { type Surroundings, surroundings } from '../observability/surroundings.ts';
import { runsMeant } from '../run/run-filter.ts';
import { quotaNow } from '../workspace/quota-now.ts';
import { filterOf } from './meant.ts';

/** How busy the workspace is, of the runs the caller may see. */
export interface OverviewNow extends Surroundings {
  readonly running: Counted;
  readonly queued: Counted;
  /** The queued run that was created first. */
  readonly oldestQueued: { readonly id: number; readonly createdAt: Date } | null;
  /** Runs that ended in each of the last 60 minutes, the oldest minute first. */
  readonly perMinute: readonly number[];
  /** What of this month's quota is used. */
  readonly quota: QuotaFacts;
}

const minutes = 60;

interface Row extends Record<string, unknown> {
  running: number;
  queued: number;
  oldest: { id: number; at: string } | null;
  ended: Record<string, number> | null;
}

/** What is running, what waits and what gets done, in one statement over indexes. */
export async function overviewNow(tx: WorkspaceTransaction, principal: Principal): Promise<OverviewNow> {
  const around = await surroundings(tx);
  const { now } = around;
  const meant = (which: keyof typeof countedRuns) =>
    runsMeant(tx, principal, filterOf(countedRuns[which], now));
  const upToCap = (which: keyof typeof countedRuns) =>
    sql`(select count(*)::int from (select from ${runs} where ${meant(which)} limit ${countCap + 1}) as found)`;
  const [row] = await tx.query.execute<Row>(sql`
    select ${upToCap('running')} as running, ${upToCap('queued')} as queued,
      (select jsonb_build_object('id', oldest.id, 'at', oldest.created_at) from (
        select ${runs.id}, ${runs.createdAt} from ${runs} where ${meant('queued')}
        order by ${runs.createdAt}, ${runs.id} limit 1) as oldest) as oldest,
      (select jsonb_object_agg(ago, n) from (
        select least(${minutes - 1}, greatest(0,
            floor(extract(epoch from ${now.toISOString()}::timestamptz - ${runs.finishedAt}) / 60)::int)) as ago,
          count(*)::int as n
        from ${runs} where ${meant('ended')} group by 1) as by_minute) as ended`);
  if (row === undefined) throw new Error('The counts of the overview had no row.');
  const { oldest, ended } = row;
  return {
    ...around,
    running: counted(row.running),
    queued: counted(row.queued),
    oldestQueued: oldest === null ? null : { id: oldest.id, createdAt: new Date(oldest.at) },
    quota: await quotaNow(tx),
    perMinute: Array.from({ length: minutes }, (_, at) => ended?.[String(minutes - 1 - at)] ?? 0),
  };
}

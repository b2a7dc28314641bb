import { workerSilentMs } from '@signalbox/domain/observability/worker-state';
import { sql } from 'drizzle-orm';
import type { SystemTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';

/** What a run is seen against: the database's clock, and whether anybody is there to work. */
export interface Surroundings {
  readonly now: Date;
  /** Workers that were seen lately and have not stopped. */
  readonly liveWorkers: number;
}

/** The clock of the database and the number of live workers. The worker registry belongs to no workspace. */
export async function surroundings(tx: SystemTransaction): Promise<Surroundings> {
  const [row] = await tx.query.execute<{ at: string; workers: number }>(sql`
    select now() as at, (select count(distinct coalesce(name, pool_id))::int from workers
      where stopped_at is null and last_seen_at > now() - ${interval(workerSilentMs)}) as workers`);
  if (row === undefined) throw new Error('The database did not tell the time.');
  return { now: new Date(row.at), liveWorkers: row.workers };
}

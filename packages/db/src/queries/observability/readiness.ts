import type { ContainmentKind } from '@signalbox/domain/observability/containment';
import { workerSilentMs } from '@signalbox/domain/observability/worker-state';
import { sql } from 'drizzle-orm';
import type { Database, SystemTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { surroundings } from './surroundings.ts';

/** What a process needs of its database before it can serve. */
export interface Readiness {
  readonly reachable: boolean;
  /** The newest function of the migrations is there, so all that came before is. */
  readonly migrated: boolean;
  readonly liveWorkers: number;
  /** How live workers contain the commands they run, with how many do so. */
  readonly containment: readonly { readonly kind: ContainmentKind; readonly workers: number }[];
}

const nothing: Readiness = { reachable: false, migrated: false, liveWorkers: 0, containment: [] };

/** Asks the database whether it can be served from. Never throws: an answer is all that is wanted. */
export async function readiness(db: Database): Promise<Readiness> {
  try {
    return await db.asSystem(async (tx) => {
      const [row] = await tx.query.execute<{ migrated: boolean }>(sql`
        select to_regprocedure('public.queue_unlock_workers(text[])') is not null
          and to_regclass('public.workers') is not null as migrated`);
      const migrated = row?.migrated === true;
      if (!migrated) return { ...nothing, reachable: true };
      const { liveWorkers } = await surroundings(tx);
      return { reachable: true, migrated, liveWorkers, containment: await containmentOf(tx) };
    });
  } catch {
    return nothing;
  }
}

async function containmentOf(tx: SystemTransaction): Promise<Readiness['containment']> {
  return tx.query.execute<{ kind: ContainmentKind; workers: number }>(sql`
    select containment as kind, count(distinct coalesce(name, pool_id))::int as workers from workers
    where stopped_at is null and last_seen_at > now() - ${interval(workerSilentMs)} and containment is not null
    group by containment order by containment`);
}

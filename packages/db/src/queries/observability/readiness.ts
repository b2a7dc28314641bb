import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { surroundings } from './surroundings.ts';

/** What a process needs of its database before it can serve. */
export interface Readiness {
  readonly reachable: boolean;
  /** The newest function of the migrations is there, so all that came before is. */
  readonly migrated: boolean;
  readonly liveWorkers: number;
}

const nothing: Readiness = { reachable: false, migrated: false, liveWorkers: 0 };

/** Asks the database whether it can be served from. Never throws: an answer is all that is wanted. */
export async function readiness(db: Database): Promise<Readiness> {
  try {
    return await db.asSystem(async (tx) => {
      const [row] = await tx.query.execute<{ migrated: boolean }>(sql`
        select to_regprocedure('public.queue_unlock_workers(text[])') is not null
          and to_regclass('public.workers') is not null as migrated`);
      const migrated = row?.migrated === true;
      return { reachable: true, migrated, liveWorkers: migrated ? (await surroundings(tx)).liveWorkers : 0 };
    });
  } catch {
    return nothing;
  }
}

import type { Database } from '@signalbox/db/client/database';

/**
 * A database whose application is wrong about where it is: it asks for the rows of `believed`, everywhere and in every
 * filter it writes, while its transactions are in `actual`. Nothing but row-level security stands between the two.
 */
export function deceived(db: Database, { believed, actual }: { believed: string; actual: string }): Database {
  return {
    ...db,
    inWorkspace: (workspaceId, work) =>
      db.inWorkspace(workspaceId === believed ? actual : workspaceId, (tx) => work({ ...tx, workspaceId })),
  };
}

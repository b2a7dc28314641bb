import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';

const pageSize = 1_000;

/** The ids of all workspaces, for what an operator does to each of them. */
export async function workspaceIds(db: Database): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await db.asSystem((tx) =>
      tx.query.execute<{ id: string }>(sql`
        select id from system_workspaces(${ids.at(-1) ?? ''}, ${pageSize}) as id`),
    );
    ids.push(...page.map(({ id }) => id));
    if (page.length < pageSize) return ids;
  }
}

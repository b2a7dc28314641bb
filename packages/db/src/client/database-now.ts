import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from './database.ts';

/** The time of the database's clock: when the transaction began. */
export async function databaseNow(tx: WorkspaceTransaction): Promise<Date> {
  const [row] = await tx.query.execute<{ now: string }>(sql`select now() as now`);
  if (row === undefined) throw new Error('The database did not tell the time.');
  return new Date(row.now);
}

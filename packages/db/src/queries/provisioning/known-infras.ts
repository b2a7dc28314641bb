import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** Which of these infras there are, by name. */
export async function knownInfras(
  tx: WorkspaceTransaction,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query.execute<{ name: string }>(sql`
    select name from infras where workspace_id = ${tx.workspaceId}
      and name = any (array(select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb)))`);
  return new Set(rows.map(({ name }) => name));
}

import { scopeKeys } from '@signalbox/domain/gate/scope';
import { connectionScopes } from '@signalbox/domain/operation/scope-templates';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { type Holder, type HolderRow, holderOf, toHolder } from '../gate/scope-holder.ts';

/** Who holds a protected scope of a connection now; null when it is free. */
export async function connectionHolder(
  tx: WorkspaceTransaction,
  parts: { readonly tenant: number | null; readonly connection: number },
): Promise<Holder | null> {
  const keys = scopeKeys(connectionScopes, parts);
  const [row] = await tx.query.execute<{ holder: HolderRow | null }>(
    sql`select ${holderOf(tx, sql`array(select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`)} as holder`,
  );
  return row?.holder == null ? null : toHolder(row.holder);
}

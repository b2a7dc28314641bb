import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { storedFactor } from '../../queries/access/second-factor.ts';
import { newRecoveryCodes, recoveryCodeHashes } from '../../secrets/recovery-code.ts';

/** Makes new recovery codes, shown once; the old ones are worth nothing. Null without a second factor. */
export async function replaceRecoveryCodes(
  db: Database,
  { userId, requestId }: { readonly userId: number; readonly requestId: string },
): Promise<readonly string[] | null> {
  const sealed = (await storedFactor(db, userId))?.sealed ?? null;
  if (sealed === null) return null;
  const codes = newRecoveryCodes();
  return db.asSystem(async (tx) => {
    const [row] = await tx.query.execute<{ replaced: boolean }>(sql`
      select auth_replace_recovery_codes(${userId}, ${sealed}, ${recoveryCodeHashes(codes)}) as replaced`);
    if (row?.replaced !== true) return null;
    await tx.query.execute(
      sql`select auth_audit(${userId}, 'account.recovery_codes_replaced', '{}'::jsonb, ${requestId})`,
    );
    return codes;
  });
}

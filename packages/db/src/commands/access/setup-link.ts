import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { secretHash } from './sign-in.ts';

/** How long a set-up link waits for its use. */
const setupLife = '24 hours';

/** Whether nobody can sign in, because there is nobody. */
export async function setupNeeded(db: Database): Promise<boolean> {
  const [row] = await db.asSystem((tx) =>
    tx.query.execute<{ needed: boolean }>(sql`select auth_setup_needed() as needed`),
  );
  return row?.needed === true;
}

/** The secret of a new set-up link, which makes all earlier ones worthless; null when there is somebody already. */
export async function offerSetup(db: Database): Promise<string | null> {
  const secret = randomBytes(32).toString('base64url');
  const [row] = await db.asSystem((tx) =>
    tx.query.execute<{ offered: boolean }>(
      sql`select auth_offer_setup(${secretHash(secret)}, ${setupLife}::interval) as offered`,
    ),
  );
  return row?.offered === true ? secret : null;
}

/** Whether a set-up link can be used now. */
export async function isSetupOpen(db: Database, secret: string): Promise<boolean> {
  const [row] = await db.asSystem((tx) =>
    tx.query.execute<{ open: boolean }>(sql`select auth_setup_open(${secretHash(secret)}) as open`),
  );
  return row?.open === true;
}

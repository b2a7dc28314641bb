import { randomUUIDv7 } from 'node:crypto';
import { foldUsername } from '@signalbox/domain/access/username';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { hashPassword } from '../../secrets/password.ts';

/** Two names that look alike are the same name. */
export const normaliseUsername = foldUsername;

/** Makes a person who can sign in. Answers the id, or null when the name is taken. */
export async function createUser(
  db: Database,
  user: { readonly username: string; readonly email: string; readonly password: string },
): Promise<number | null> {
  const hash = await hashPassword(user.password);
  const norm = normaliseUsername(user.username);
  return db.asSystem(async (tx) => {
    const rows = await tx.query.execute<{ id: string | null }>(sql`
      select auth_create_user(${randomUUIDv7()}, ${user.username}, ${norm}, ${user.email}, ${hash}) as id`);
    const id = rows[0]?.id ?? null;
    return id === null ? null : Number(id);
  });
}

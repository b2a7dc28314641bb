import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type Keyring, seal, unseal } from '../../secrets/envelope.ts';

/** A key pair that signs access tokens, as JSON Web Keys. */
export interface SigningKey {
  readonly kid: string;
  readonly publicJwk: Record<string, unknown>;
  readonly privateJwk: Record<string, unknown>;
}

const place = (kid: string) => ({
  workspaceId: '',
  row: `signing_keys:${kid}`,
  column: 'sealed_private_jwk',
});

/** The keys in use, newest first. When there is none yet, `fresh` becomes the first, unless another process was faster. */
export async function signingKeys(
  db: Database,
  keyring: Keyring,
  fresh: () => Promise<SigningKey>,
): Promise<SigningKey[]> {
  const present = await readKeys(db, keyring);
  if (present.length > 0) return present;
  const key = await fresh();
  const sealed = seal(keyring, JSON.stringify(key.privateJwk), place(key.kid));
  await db.asSystem((tx) =>
    tx.query.execute(
      sql`select auth_add_first_signing_key(${key.kid}, ${JSON.stringify(key.publicJwk)}::jsonb, ${sealed})`,
    ),
  );
  return readKeys(db, keyring);
}

async function readKeys(db: Database, keyring: Keyring): Promise<SigningKey[]> {
  const rows = await db.asSystem((tx) =>
    tx.query.execute<{ kid: string; public_jwk: Record<string, unknown>; sealed_private_jwk: Uint8Array }>(
      sql`select * from auth_signing_keys()`,
    ),
  );
  return rows.map((row) => ({
    kid: row.kid,
    publicJwk: row.public_jwk,
    privateJwk: JSON.parse(unseal(keyring, row.sealed_private_jwk, place(row.kid))) as Record<
      string,
      unknown
    >,
  }));
}

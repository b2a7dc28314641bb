import { generateKeyPairSync, randomUUID } from 'node:crypto';
import {
  type KeyFacts,
  keyAge,
  retired,
  rotationDue,
  tidyingDue,
} from '@signalbox/domain/access/signing-key-age';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type Keyring, seal, unseal } from '../../secrets/envelope.ts';

type Jwk = Readonly<Record<string, unknown>>;

/** A key pair that signs access tokens, as JSON Web Keys. `privateJwk` is null once the key only verifies. */
export interface SigningKey extends KeyFacts {
  readonly kid: string;
  readonly publicJwk: Jwk;
  readonly privateJwk: Jwk | null;
}

const place = (kid: string) => ({
  workspaceId: '',
  row: `signing_keys:${kid}`,
  column: 'sealed_private_jwk',
});

/**
 * The keys in use, newest first. Whichever process looks first makes the first key, makes the next one when the newest
 * is old enough, and takes away what is left of those that have had their time.
 */
export async function signingKeys(db: Database, keyring: Keyring): Promise<SigningKey[]> {
  const present = await readKeys(db, keyring);
  if (rotationDue(present)) await rotateSigningKey(db, keyring, { ifOlderThan: keyAge.rotatesAfter });
  if (tidyingDue(present)) await tidySigningKeys(db);
  const keys = rotationDue(present) ? await readKeys(db, keyring) : present;
  return keys.filter((key) => !retired(key));
}

/** When to put a new key in the place of the newest one, and what becomes of those there are. */
export interface Rotation {
  /** Seconds; nothing is done when the newest key is younger. */
  readonly ifOlderThan: number;
  /** After a compromise: whatever the present keys have signed is worth nothing from now on. */
  readonly revokeOld?: boolean;
}

/** Makes a new signing key, unless another process was faster. Answers its id, or null when none was made. */
export async function rotateSigningKey(
  db: Database,
  keyring: Keyring,
  { ifOlderThan, revokeOld = false }: Rotation,
): Promise<string | null> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const kid = randomUUID();
  const sealed = seal(keyring, JSON.stringify(privateKey.export({ format: 'jwk' })), place(kid));
  const publicJwk = JSON.stringify(publicKey.export({ format: 'jwk' }));
  const [row] = await db.asSystem((tx) =>
    tx.query.execute<{ made: boolean }>(
      sql`select auth_rotate_signing_key(${kid}, ${publicJwk}::jsonb, ${sealed}, ${ifOlderThan}, ${revokeOld}) as made`,
    ),
  );
  return row?.made === true ? kid : null;
}

/** Deletes private halves that sign nothing any more, and retires keys that verify nothing any more. */
async function tidySigningKeys(db: Database): Promise<void> {
  const { privateGoesAfter, retiresAfter } = keyAge;
  await db.asSystem((tx) =>
    tx.query.execute(sql`select auth_tidy_signing_keys(${privateGoesAfter}, ${retiresAfter})`),
  );
}

interface Row extends Record<string, unknown> {
  kid: string;
  public_jwk: Jwk;
  sealed_private_jwk: Uint8Array | null;
  age: number;
  superseded: number | null;
}

async function readKeys(db: Database, keyring: Keyring): Promise<SigningKey[]> {
  const rows = await db.asSystem((tx) => tx.query.execute<Row>(sql`select * from auth_signing_keys()`));
  return rows.map(({ kid, public_jwk, sealed_private_jwk, age, superseded }) => ({
    kid,
    publicJwk: public_jwk,
    privateJwk:
      sealed_private_jwk === null
        ? null
        : (JSON.parse(unseal(keyring, sealed_private_jwk, place(kid))) as Jwk),
    canSign: sealed_private_jwk !== null,
    ageSeconds: age,
    supersededSeconds: superseded,
  }));
}

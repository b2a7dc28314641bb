import { randomUUID } from 'node:crypto';
import type { Database } from '@signalbox/db/client/database';
import type { OpenedSession } from '@signalbox/db/commands/access/sign-in';
import { type SigningKey, signingKeys } from '@signalbox/db/commands/access/signing-key';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';

const algorithm = 'EdDSA';
const type = 'at+jwt';
const issuer = 'signalbox';
const audience = 'signalbox-api';
const lifeSeconds = 15 * 60;
/** A token may name a key this process has not seen yet; it looks again at most this often. */
const reloadEveryMs = 10_000;

/** What a valid access token says. */
export interface TokenClaims {
  readonly jti: string;
  /** The user's uuid. */
  readonly sub: string;
}

/** Signs and reads the bearer tokens of the REST contracts. */
export interface AccessTokens {
  /** A token for a fresh session, and when it ends. */
  sign(session: Pick<OpenedSession, 'jti' | 'uid'>): Promise<{ token: string; expiresAt: Date }>;
  /** The claims, or null for anything that is not a valid token of ours; why is nobody's business. */
  verify(token: string): Promise<TokenClaims | null>;
}

/** Tokens signed with the keys kept in the database; the first process makes the first key. */
export function createAccessTokens(db: Database, keyring: Keyring): AccessTokens {
  let keys: Promise<readonly SigningKey[]> | null = null;
  let loadedAt = 0;

  function load(): Promise<readonly SigningKey[]> {
    loadedAt = performance.now();
    keys = signingKeys(db, keyring, freshKey).catch((error: unknown) => {
      keys = null;
      throw error;
    });
    return keys;
  }

  async function verifyingKey(kid: string | undefined): Promise<CryptoKey> {
    const find = (list: readonly SigningKey[]) => list.find((key) => key.kid === kid);
    let key = find(await (keys ?? load()));
    if (key === undefined && performance.now() - loadedAt > reloadEveryMs) key = find(await load());
    if (key === undefined) throw new Error('The key id is not ours.');
    return imported(key.publicJwk);
  }

  return {
    async sign({ jti, uid }) {
      const [key] = await (keys ?? load());
      if (key === undefined) throw new Error('There is no signing key.');
      const issuedAt = Math.floor(Date.now() / 1_000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: algorithm, typ: type, kid: key.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(uid)
        .setJti(jti)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifeSeconds)
        .sign(await imported(key.privateJwk));
      return { token, expiresAt: new Date((issuedAt + lifeSeconds) * 1_000) };
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, (header) => verifyingKey(header.kid), {
          algorithms: [algorithm],
          typ: type,
          issuer,
          audience,
          requiredClaims: ['exp', 'jti', 'sub'],
        });
        const { jti, sub } = payload;
        return typeof jti === 'string' && isUuid(jti) && typeof sub === 'string' ? { jti, sub } : null;
      } catch (error) {
        if (isRefusal(error)) return null;
        throw error;
      }
    },
  };
}

/** What jose throws about a token, and our own word about its key; a lost database is neither. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code.startsWith('ERR_J') || error.message === 'The key id is not ours.';
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

async function freshKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
  return {
    kid: randomUUID(),
    publicJwk: { ...(await exportJWK(publicKey)) },
    privateJwk: { ...(await exportJWK(privateKey)) },
  };
}

const importedKeys = new WeakMap<object, Promise<CryptoKey>>();

/** Importing costs more than verifying, so each loaded key is imported once. */
function imported(jwk: Record<string, unknown>): Promise<CryptoKey> {
  const known = importedKeys.get(jwk);
  if (known !== undefined) return known;
  const key = importJWK(jwk as JWK, algorithm).then((made) => {
    if (made instanceof Uint8Array) throw new Error('A signing key is not a key pair.');
    return made;
  });
  importedKeys.set(jwk, key);
  return key;
}

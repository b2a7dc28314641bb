import type { Database } from '@signalbox/db/client/database';
import type { OpenedSession } from '@signalbox/db/commands/access/sign-in';
import { type SigningKey, signingKeys } from '@signalbox/db/commands/access/signing-key';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { keysReadEvery, signingKeyOf, tokenLife } from '@signalbox/domain/access/signing-key-age';
import { type CryptoKey, errors, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

const algorithm = 'EdDSA';
const type = 'at+jwt';
const issuer = 'signalbox';
const audience = 'signalbox-api';
/** A token may name a key this process has not read yet; it looks again at most this often. */
const strangeKeyEveryMs = 1_000;

/** What a valid access token says. */
export interface TokenClaims {
  readonly jti: string;
  /** The user's uuid. */
  readonly sub: string;
}

/** What a token says that may be replaced by its successor. */
export interface RefreshClaims extends TokenClaims {
  readonly sessionId: number;
}

/** The session a token speaks for. */
export type TokenSession = Pick<OpenedSession, 'jti' | 'uid' | 'sessionId'>;

/** Signs and reads the bearer tokens of the REST contracts. */
export interface AccessTokens {
  /** A token for a session, and when it ends. The same session and moment give the same token. */
  sign(session: TokenSession, issuedAt?: Date): Promise<{ token: string; expiresAt: Date }>;
  /** The claims, or null for anything that is not a valid token of ours; why is nobody's business. */
  verify(token: string): Promise<TokenClaims | null>;
  /** The same, also for a token that has expired: whether its session still lives is the database's to say. */
  verifyForRefresh(token: string): Promise<RefreshClaims | null>;
}

/**
 * Tokens signed with the keys kept in the database. What was read of them is used for ten seconds, so that every
 * process knows a new key before it signs, and has forgotten a revoked one soon after.
 * @param readEveryMs another interval, for tests
 */
export function createAccessTokens(
  db: Database,
  keyring: Keyring,
  readEveryMs: number = keysReadEvery * 1_000,
): AccessTokens {
  let keys: Promise<readonly SigningKey[]> | null = null;
  let loadedAt = 0;

  function load(): Promise<readonly SigningKey[]> {
    loadedAt = performance.now();
    keys = signingKeys(db, keyring).catch((error: unknown) => {
      keys = null;
      throw error;
    });
    return keys;
  }

  function known(): Promise<readonly SigningKey[]> {
    const fresh = performance.now() - loadedAt < readEveryMs;
    return fresh && keys !== null ? keys : load();
  }

  async function verifyingKey(kid: string | undefined): Promise<CryptoKey> {
    const find = (list: readonly SigningKey[]) => list.find((key) => key.kid === kid);
    let key = find(await known());
    if (key === undefined && performance.now() - loadedAt > strangeKeyEveryMs) key = find(await load());
    if (key === undefined) throw new Error(notOurs);
    return imported(key.publicJwk);
  }

  const verified = async (token: string): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(token, (header) => verifyingKey(header.kid), {
      algorithms: [algorithm],
      typ: type,
      issuer,
      audience,
      requiredClaims: ['exp', 'jti', 'sub'],
    });
    return payload;
  };

  return {
    async sign({ jti, uid, sessionId }, moment = new Date()) {
      const key = signingKeyOf(await known());
      if (key?.privateJwk == null) throw new Error('There is no signing key.');
      const issuedAt = Math.floor(moment.getTime() / 1_000);
      const token = await new SignJWT({ sid: String(sessionId) })
        .setProtectedHeader({ alg: algorithm, typ: type, kid: key.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(uid)
        .setJti(jti)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + tokenLife)
        .sign(await imported(key.privateJwk));
      return { token, expiresAt: new Date((issuedAt + tokenLife) * 1_000) };
    },
    verify: (token) => verified(token).then(claimsOf, refusal),
    verifyForRefresh: (token) =>
      verified(token)
        // The expiry is judged last: signature, key, type, issuer and audience of this token were right.
        .catch((error: unknown) => {
          if (error instanceof errors.JWTExpired) return error.payload;
          throw error;
        })
        .then(refreshClaimsOf, refusal),
  };
}

const notOurs = 'The key id is not ours.';

function claimsOf({ jti, sub }: JWTPayload): TokenClaims | null {
  return typeof jti === 'string' && isUuid(jti) && typeof sub === 'string' && isUuid(sub)
    ? { jti, sub }
    : null;
}

function refreshClaimsOf(payload: JWTPayload): RefreshClaims | null {
  const claims = claimsOf(payload);
  const { sid } = payload;
  if (claims === null || typeof sid !== 'string' || !/^[1-9][0-9]{0,14}$/.test(sid)) return null;
  return { ...claims, sessionId: Number(sid) };
}

/** Null for what jose, or we, say about a token; a lost database is something else. */
function refusal(error: unknown): null {
  if (isRefusal(error)) return null;
  throw error;
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code.startsWith('ERR_J') || error.message === notOurs;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

const importedKeys = new WeakMap<object, Promise<CryptoKey>>();

/** Importing costs more than verifying, so each loaded key is imported once. */
function imported(jwk: Readonly<Record<string, unknown>>): Promise<CryptoKey> {
  const known = importedKeys.get(jwk);
  if (known !== undefined) return known;
  const key = importJWK(jwk as JWK, algorithm).then((made) => {
    if (made instanceof Uint8Array) throw new Error('A signing key is not a key pair.');
    return made;
  });
  importedKeys.set(jwk, key);
  return key;
}

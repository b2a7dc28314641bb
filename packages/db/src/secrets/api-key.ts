import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A key as it is shown once, and what is kept of it. */
export interface MintedKey {
  /** `sbx_<id>_<secret>`: what the program sends. */
  readonly text: string;
  readonly id: string;
  /** SHA-256 of the secret. It has 256 random bits, so a slow hash would protect nothing more. */
  readonly secretHash: Buffer;
  /** The last four characters. */
  readonly hint: string;
}

/** The two parts of what somebody sent as a key. */
export interface GivenKey {
  readonly id: string;
  readonly secret: string;
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Characters of 8 random bytes, of 32 random bytes and of a CRC-32, written in base 62. */
const lengths = { id: 11, random: 43, checksum: 6 } as const;
const shape = new RegExp(
  `^sbx_([0-9A-Za-z]{${lengths.id}})_([0-9A-Za-z]{${lengths.random + lengths.checksum}})$`,
);

/** How a text begins that is meant as an API key. */
export const keyPrefix = 'sbx_';

/** Makes a key; a rotated one keeps its id. */
export function mintApiKey(id: string = base62(randomBytes(8), lengths.id)): MintedKey {
  const random = base62(randomBytes(32), lengths.random);
  const secret = random + checksum(id, random);
  return {
    text: `${keyPrefix}${id}_${secret}`,
    id,
    secretHash: apiKeyHash(secret),
    hint: secret.slice(-4),
  };
}

/**
 * Reads a key. Null for a text that no key has: its last characters are a checksum of the rest, so that a typing error
 * is told from a key, here and by programs that look for keys in places where none should be.
 */
export function readApiKey(text: string): GivenKey | null {
  const [, id, secret] = shape.exec(text) ?? [];
  if (id === undefined || secret === undefined) return null;
  const random = secret.slice(0, lengths.random);
  return secret.slice(lengths.random) === checksum(id, random) ? { id, secret } : null;
}

/** The stored form of a secret. */
export function apiKeyHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const nobody = Buffer.alloc(32);

/** Whether a secret is the one, or the one before it. Always compares twice, whatever is known of the key. */
export function isSecretOf(
  secret: string,
  kept: { readonly current: Uint8Array | null; readonly previous: Uint8Array | null },
): boolean {
  const hash = apiKeyHash(secret);
  const [current, previous] = [kept.current, kept.previous].map(
    (each) => timingSafeEqual(hash, each ?? nobody) && each !== null,
  );
  return current === true || previous === true;
}

function checksum(id: string, random: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(`${keyPrefix}${id}_${random}`));
  return base62(bytes, lengths.checksum);
}

function base62(bytes: Uint8Array, length: number): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (; text.length < length; rest /= 62n) text = digits.charAt(Number(rest % 62n)) + text;
  return text;
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Envelope keys by id; new secrets are sealed with the current one, old ones open with theirs. */
export interface Keyring {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Buffer>;
}

/** Where a sealed value stands. Bound into the seal, so that a blob moved to another row or column does not open. */
export interface SealedPlace {
  readonly workspaceId: string;
  readonly row: string;
  readonly column: string;
}

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Reads `id:base64` pairs separated by commas; the first is the current key.
 * @throws Error when a key is not 32 bytes, without showing it
 */
export function parseKeyring(text: string): Keyring {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  const keys = new Map<string, Buffer>();
  for (const pair of pairs) {
    const colon = pair.indexOf(':');
    const id = pair.slice(0, colon);
    const key = Buffer.from(pair.slice(colon + 1), 'base64');
    if (!/^[a-z0-9]{1,16}$/.test(id))
      throw new Error('An envelope key needs an id of 1 to 16 lower-case letters or digits.');
    if (key.length !== 32) throw new Error(`The envelope key ${id} is not 32 bytes in base64.`);
    keys.set(id, key);
  }
  const [current] = keys.keys();
  if (current === undefined) throw new Error('No envelope key was given.');
  return { current, keys };
}

/** Seals a secret: key id length, key id, nonce, tag, ciphertext. */
export function seal(keyring: Keyring, plain: string, place: SealedPlace): Uint8Array {
  const key = keyring.keys.get(keyring.current);
  if (key === undefined) throw new Error('The current envelope key is missing.');
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(place));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const id = Buffer.from(keyring.current, 'ascii');
  return Buffer.concat([Buffer.from([id.length]), id, nonce, cipher.getAuthTag(), text]);
}

/**
 * Opens a sealed secret.
 * @throws Error when the key is unknown, or the blob was changed or moved
 */
export function unseal(keyring: Keyring, blob: Uint8Array, place: SealedPlace): string {
  const bytes = Buffer.from(blob);
  const idEnd = 1 + (bytes[0] ?? 0);
  const key = keyring.keys.get(bytes.subarray(1, idEnd).toString('latin1'));
  if (key === undefined) throw new Error('The envelope key of a sealed secret is not in the keyring.');
  const nonce = bytes.subarray(idEnd, idEnd + nonceBytes);
  const tag = bytes.subarray(idEnd + nonceBytes, idEnd + nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(bound(place))
    .setAuthTag(tag);
  return Buffer.concat([
    decipher.update(bytes.subarray(idEnd + nonceBytes + tagBytes)),
    decipher.final(),
  ]).toString('utf8');
}

function bound(place: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([place.workspaceId, place.row, place.column]), 'utf8');
}

import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** A secret kept in a file only its owner can read; made on the first start. */
export async function keptSecret(path: string, make: () => string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    const fresh = make();
    await writeFile(path, fresh, { mode: 0o600, flag: 'wx' });
    return fresh;
  }
}

/** An envelope keyring with one key. */
export function newKeyring(): string {
  return `k1:${randomBytes(32).toString('base64')}`;
}

export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where the superuser's password is kept: beside the data directory, readable by its owner alone. */
export function passwordFile(dataDir: string): string {
  return `${dataDir}.password`;
}

/** The stored password, or undefined when there is none. */
export function readPassword(dataDir: string): string | undefined {
  try {
    const password = readFileSync(passwordFile(dataDir), 'utf8').trim();
    return password === '' ? undefined : password;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The stored password, made first when there is none. Two processes that start together get the same one. */
export function ensurePassword(dataDir: string): string {
  const existing = readPassword(dataDir);
  if (existing !== undefined) return existing;
  const file = passwordFile(dataDir);
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}`;
  const password = randomBytes(24).toString('base64url');
  writeFileSync(partial, `${password}\n`, { mode: 0o600 });
  try {
    // A link appears whole and never replaces a file that is already there.
    linkSync(partial, file);
    return password;
  } catch (error) {
    const other = readPassword(dataDir);
    if (other === undefined) throw error;
    return other;
  } finally {
    unlinkSync(partial);
  }
}

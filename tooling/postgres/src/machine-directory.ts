import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, canReach } from './account.ts';

/**
 * A directory outside anybody's home that root may write and the account may enter: where binaries and data
 * go when the account cannot reach their own place. Only root needs one.
 * @throws Error when no candidate can be used.
 */
export function machineDirectory(account: Account, kind: 'cache' | 'lib'): string {
  const refusals: string[] = [];
  for (const parent of [`/var/${kind}`, '/var/tmp', tmpdir()]) {
    const path = join(parent, `signalbox-postgres-${kind}`);
    try {
      mkdirSync(path, { mode: 0o755 });
      chmodSync(path, 0o755);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        refusals.push(`${path}: ${(error as Error).message}`);
        continue;
      }
    }
    // In a world-writable parent somebody else may have made the directory first, with his own binaries in it.
    const found = lstatSync(path);
    const ours = found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
    if (ours && canReach(account, path)) return path;
    refusals.push(`${path}: ${ours ? `closed to ${account.name}` : 'not a directory of root alone'}`);
  }
  throw new Error(`no directory that ${account.name} can reach:\n  ${refusals.join('\n  ')}`);
}

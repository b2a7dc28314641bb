import {
  chownSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { machineDirectory } from './machine-directory.ts';

/** Makes `dataDir` a link into the machine-wide directory, dropping what an earlier, deleted link pointed to. */
export function relocate(dataDir: string, account: Account): string {
  const store = machineDirectory(account, 'lib');
  const existing = lstatSync(dataDir, { throwIfNoEntry: false });
  if (existing?.isDirectory()) {
    if (readdirSync(dataDir).length > 0) {
      throw new Error(
        `${dataDir} holds data, but ${account.name} cannot reach it there (PostgreSQL does not run as root). ` +
          'Start as the user who owns it, or choose a directory outside the private home directory.',
      );
    }
    rmdirSync(dataDir);
  }
  for (const name of readdirSync(store)) {
    const origin = join(store, name, 'origin');
    if (existsSync(origin) && readFileSync(origin, 'utf8') === dataDir) {
      rmSync(join(store, name), { recursive: true, force: true });
    }
  }
  const home = mkdtempSync(join(store, 'data-'));
  writeFileSync(join(home, 'origin'), dataDir);
  chownSync(home, account.uid, account.gid);
  const path = join(home, 'postgres');
  rmSync(dataDir, { force: true });
  symlinkSync(path, dataDir);
  return path;
}

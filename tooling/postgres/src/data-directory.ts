import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Account, canReach } from './account.ts';
import type { Binaries } from './binaries.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { ensurePassword, passwordFile, readPassword } from './password-file.ts';
import { relocate } from './relocate.ts';

/** What it takes to find or make a data directory. */
export interface DataDirectoryRequest {
  /** Absolute path asked for. */
  readonly dataDir: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  /** Skips the fsync of a new cluster; for throw-away servers. */
  readonly noSync: boolean;
}

/** A cluster ready to be started. */
export interface DataDirectory {
  /** Where the cluster really is; differs from the path asked for when that is a link. */
  readonly path: string;
  readonly password: string;
  readonly created: boolean;
}

/**
 * The cluster at `dataDir`, made when there is none. Where the account cannot reach that path (below a private
 * home directory of root), the cluster is kept in a machine-wide directory and `dataDir` becomes a link to it.
 * @throws Error when the path holds something else, another major version, or has lost its password.
 */
export async function prepareDataDirectory(request: DataDirectoryRequest): Promise<DataDirectory> {
  const { dataDir, account } = request;
  mkdirSync(dirname(dataDir), { recursive: true });
  let path = realPath(dataDir);
  if (account !== undefined && !canReach(account, dirname(path))) path = relocate(dataDir, account);

  if (existsSync(join(path, 'PG_VERSION'))) {
    checkVersion(path, request.binaries);
    const password = readPassword(dataDir);
    if (password === undefined) {
      throw new Error(
        `${passwordFile(dataDir)} is missing: it holds the password of the database in ${dataDir}. ` +
          'Put it back, or remove the data directory to start with an empty database.',
      );
    }
    if (account !== undefined) takeOver(path, account);
    return { path, password, created: false };
  }
  if (existsSync(path) && readdirSync(path).length > 0) {
    throw new Error(`${dataDir} is not empty and is not a PostgreSQL data directory`);
  }
  const password = ensurePassword(dataDir);
  await initialiseCluster({ ...request, dataDir: path }, password);
  return { path, password, created: true };
}

function checkVersion(path: string, binaries: Binaries): void {
  const version = readFileSync(join(path, 'PG_VERSION'), 'utf8').trim();
  if (version === binaries.major) return;
  throw new Error(
    `${path} was made by PostgreSQL ${version}, but the programs here are version ${binaries.major}. ` +
      'Remove the directory to start with an empty database, or set DATABASE_URL to use a server of your own.',
  );
}

/** Gives every file of the cluster to the account, when a copy or an earlier run left them to another. */
function takeOver(path: string, account: Account): void {
  if (statSync(path).uid === account.uid) return;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
  chownSync(path, account.uid, account.gid);
}

/** The path with links resolved, also where the last component does not exist yet. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

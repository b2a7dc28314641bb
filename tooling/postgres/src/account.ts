import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The account PostgreSQL runs under. It refuses root, so root has to choose another one. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account to drop to, or undefined when this process is not root and PostgreSQL simply runs as ourselves.
 * The owner of an existing data directory comes first, so that its files do not change hands between starts;
 * then `postgres`, then `nobody`.
 * @throws Error when root has no ordinary account to choose.
 */
export function chooseAccount(dataDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) {
    return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  const accounts = readAccounts();
  const account = accounts.get('postgres') ?? accounts.get('nobody');
  if (account === undefined) {
    throw new Error(
      'PostgreSQL does not run as root and this machine has neither a "postgres" nor a "nobody" account. ' +
        'Start as an ordinary user, or set DATABASE_URL to use a server of your own.',
    );
  }
  return account;
}

/** The part of spawn options that drops privileges: nothing when there is no account to drop to. */
export function asAccount(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/** Whether the account may enter or execute `path`. Asked of the kernel rather than computed from mode bits. */
export function canReach(account: Account | undefined, path: string): boolean {
  if (account === undefined) return true;
  const probe = spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], {
    ...asAccount(account),
    cwd: '/',
    stdio: 'ignore',
  });
  if (probe.error !== undefined) {
    throw new Error(`cannot run a process as ${account.name}: ${probe.error.message}`, {
      cause: probe.error,
    });
  }
  return probe.status === 0;
}

function readAccounts(): Map<string, Account> {
  const accounts = new Map<string, Account>();
  let passwd: string;
  try {
    passwd = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return accounts;
  }
  for (const line of passwd.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && Number(uid) > 0) accounts.set(name, { name, uid: Number(uid), gid: Number(gid) });
  }
  return accounts;
}

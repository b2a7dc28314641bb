import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What a server writes about itself into `postmaster.pid` in its data directory. */
export interface PostmasterPid {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `ready`, `stopping` or `standby`; empty while the server has not got that far. */
  readonly status: string;
}

/** A process number that no system hands out: above every platform's limit. */
const NO_PROCESS = 2_147_483_647;

/** The content of `postmaster.pid`, or undefined when there is none or it names no process. */
export function readPostmasterPid(dataDir: string): PostmasterPid | undefined {
  const lines = readLines(dataDir);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() };
}

/**
 * Whether the process is a living PostgreSQL server of this data directory. A zombie is not (in a container
 * whose first process reaps nobody, a dead server stays one for ever), nor is a stranger that was given the
 * number of a server that died.
 */
export function isServerAlive(pid: number, dataDir: string): boolean {
  if (!processExists(pid)) return false;
  if (process.platform === 'linux') return isServerOnLinux(pid, dataDir);
  if (process.platform === 'win32') return true;
  const { stdout } = spawnSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' });
  return !stdout.trim().startsWith('Z') && stdout.includes('postgres');
}

/**
 * Lets a dead server's pid file no longer stop the next start. Only the process number is replaced: the file
 * also names the shared memory by which PostgreSQL notices children that outlived their server, and it must
 * go on refusing until they are gone.
 */
export function disarmPidFile(dataDir: string): void {
  const [, ...rest] = readLines(dataDir);
  writeFileSync(join(dataDir, 'postmaster.pid'), [NO_PROCESS, ...rest].join('\n'));
}

function readLines(dataDir: string): string[] {
  try {
    return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isServerOnLinux(pid: number, dataDir: string): boolean {
  try {
    // A server works inside its data directory. A zombie has neither a program nor a directory.
    const program = basename(readlinkSync(`/proc/${pid}/exe`));
    return program.startsWith('postgres') && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir);
  } catch {
    // It ended meanwhile, or it belongs to another user and so cannot be the server of our directory.
    return false;
  }
}

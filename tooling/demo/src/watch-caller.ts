import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const everyMs = 500;
const manager = /^(?:\S*[/\\])?(?:npm|npx|pnpm)(?:\s|$)/;

/**
 * Calls back once when the package manager that runs this program is gone. Between the two stand shells that die of a
 * SIGTERM without handing it on, so a stop of `npm` alone would otherwise leave everything running. Started without
 * a package manager, or where `ps` is unknown, nothing is watched.
 */
export async function watchCaller(gone: () => void): Promise<void> {
  if (process.env.npm_lifecycle_event === undefined) return;
  const caller = await outermostManager();
  if (caller === null) return;
  const timer = setInterval(() => {
    if (isAlive(caller)) return;
    clearInterval(timer);
    gone();
  }, everyMs);
  timer.unref();
}

/** The number of the highest ancestor that is a package manager. */
async function outermostManager(): Promise<number | null> {
  const listed = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']).catch(() => null);
  if (listed === null) return null;
  const processes = new Map<number, { readonly parent: number; readonly args: string }>();
  for (const line of listed.stdout.split('\n')) {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid !== undefined) processes.set(Number(pid), { parent: Number(parent), args });
  }
  let found: number | null = null;
  for (let pid = process.ppid; pid > 1; pid = processes.get(pid)?.parent ?? 0) {
    if (manager.test(processes.get(pid)?.args ?? '')) found = pid;
  }
  return found;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

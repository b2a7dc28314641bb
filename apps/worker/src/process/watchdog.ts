import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Kills a process group when this process is gone, for whatever reason: it waits at the end of a pipe that closes with
 * us. The text is constant; the group is an argument.
 */
export function startWatchdog(sh: string, group: number): ChildProcess {
  const text = 'while read -r line; do :; done; kill -s KILL -- "-$1"';
  const dog = spawn(sh, ['-c', text, 'watchdog', String(group)], {
    env: {},
    cwd: '/',
    // In a session of its own: it must outlive what it watches, and what ends us.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without it the group still ends with its command; only the death of this process would leave it.
  dog.on('error', () => undefined);
  dog.stdin?.on('error', () => undefined);
  return dog;
}

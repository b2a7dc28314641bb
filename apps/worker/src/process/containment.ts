import { spawn } from 'node:child_process';
import type { Executables } from './executables.ts';

/**
 * How the tree of a command is kept together and ended with the worker:
 * - `pid_namespace`, `user_pid_namespace`: the command is the first process of a namespace of its own (the second where
 *   the worker may not make one as it is). The kernel ends every process in it when the command ends, however they were
 *   started, and ends the command when the worker dies.
 * - `process_group`: the command leads a group, and a watchdog at the end of a pipe kills the group when the worker dies.
 *   A process that moves into a session of its own escapes.
 */
export type ContainmentKind = 'pid_namespace' | 'user_pid_namespace' | 'process_group';

export interface Containment {
  readonly kind: ContainmentKind;
  /** Stands before the command and its arguments; nothing for a process group. */
  readonly prefix: readonly string[];
}

export const processGroup: Containment = { kind: 'process_group', prefix: [] };

const probeMs = 5_000;

/** Tries, once at start, which way works on this machine. */
export async function probeContainment(executables: Executables): Promise<Containment> {
  const setpriv = executables.get('setpriv');
  const unshare = executables.get('unshare');
  const sh = executables.get('sh');
  if (process.platform !== 'linux' || setpriv === undefined || unshare === undefined || sh === undefined) {
    return processGroup;
  }
  const ways = [
    { kind: 'pid_namespace', user: [] },
    { kind: 'user_pid_namespace', user: ['--user', '--map-current-user'] },
  ] as const;
  for (const { kind, user } of ways) {
    const dies = [setpriv, '--pdeathsig', 'KILL', '--'];
    const apart = [unshare, ...user, '--pid', '--fork', '--kill-child=KILL', '--'];
    const prefix = [...dies, ...apart];
    if (await isFirst(prefix, sh)) return { kind, prefix };
  }
  return processGroup;
}

/** Whether a shell behind the prefix finds itself the first process of its namespace. */
function isFirst(prefix: readonly string[], sh: string): Promise<boolean> {
  const [file = '', ...before] = prefix;
  return new Promise((resolve) => {
    const child = spawn(file, [...before, sh, '-c', 'echo $$'], {
      env: {},
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: probeMs,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString('latin1').slice(0, 16);
    });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0 && said === '1\n'));
  });
}

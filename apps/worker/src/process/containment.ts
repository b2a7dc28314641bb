import { spawn } from 'node:child_process';
import type { ContainmentKind } from '@signalbox/domain/observability/containment';
import type { Executables } from './executables.ts';

/** How commands are contained on this machine. */
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

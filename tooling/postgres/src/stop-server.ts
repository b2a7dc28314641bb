import { setTimeout as delay } from 'node:timers/promises';
import { isServerAlive, readPostmasterPid } from './postmaster-pid.ts';
import { type ProgramContext, runProgram } from './run-program.ts';

const FAST_SECONDS = 20;
const IMMEDIATE_SECONDS = 10;
const KILL_SECONDS = 5;

/**
 * Stops the server: `fast` ends its sessions and writes a checkpoint, and turns to `immediate` when that
 * takes longer than 20 s; `immediate` drops everything, so that the next start has to recover. A server that
 * does not run is already stopped.
 * @throws Error when the process survives even SIGKILL.
 */
export async function stopServer(context: ProgramContext, mode: 'fast' | 'immediate'): Promise<void> {
  const server = readPostmasterPid(context.dataDir);
  if (server === undefined) return;
  const alive = (): boolean => isServerAlive(server.pid, context.dataDir);

  if (mode === 'fast' && alive()) await runProgram(context, 'pgCtl', stopArgs('fast', FAST_SECONDS));
  if (alive()) await runProgram(context, 'pgCtl', stopArgs('immediate', IMMEDIATE_SECONDS));
  if (!(await endsWithin(alive, 1))) {
    process.kill(server.pid, 'SIGKILL');
    if (!(await endsWithin(alive, KILL_SECONDS))) {
      throw new Error(`PostgreSQL (process ${server.pid}) in ${context.dataDir} cannot be stopped`);
    }
  }
}

function stopArgs(mode: 'fast' | 'immediate', seconds: number): string[] {
  return ['stop', '--silent', '--wait', `--mode=${mode}`, `--timeout=${seconds}`];
}

async function endsWithin(alive: () => boolean, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (alive()) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

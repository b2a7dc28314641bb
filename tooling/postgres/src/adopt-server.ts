import { setTimeout as delay } from 'node:timers/promises';
import { findMismatch } from './connect.ts';
import { isServerAlive, readPostmasterPid } from './postmaster-pid.ts';

const ANSWER_SECONDS = 60;

/**
 * The port of a server that already runs on this data directory, left by a process that was killed; undefined
 * when there is none. Waits for one that is starting, recovering or stopping.
 * @throws Error when a living server holds the directory and does not let us in.
 */
export async function adoptServer(dataDir: string, password: string): Promise<number | undefined> {
  const deadline = Date.now() + ANSWER_SECONDS * 1000;
  let reason = 'it did not finish starting';
  for (;;) {
    const server = readPostmasterPid(dataDir);
    if (server === undefined || !isServerAlive(server.pid, dataDir)) return undefined;
    if (server.status === 'ready' || server.status === 'standby') {
      const mismatch = await findMismatch({ port: server.port, password }, dataDir);
      if (mismatch === undefined) return server.port;
      reason = mismatch;
    }
    if (Date.now() > deadline || reason.includes('password authentication failed')) {
      throw new Error(
        `a PostgreSQL server (process ${server.pid}) already uses ${dataDir} and cannot be taken over: ${reason}. ` +
          'Stop it and start again.',
      );
    }
    await delay(100);
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@signalbox/postgres-server/start-postgres';

/** A server that nothing of is to remain. */
export interface ThrowAwayServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Fast before durable: a crash of the machine may lose everything, a crash of the server only the last commits. */
const SETTINGS = {
  fsync: false,
  synchronous_commit: false,
  full_page_writes: false,
  max_connections: 300,
  jit: false,
};

/**
 * Starts a server in a temporary directory. It ends with this process, however that ends: a watchdog holds the
 * other end of a pipe that the system closes when we die, then stops the server and removes the directory.
 */
export async function startThrowAwayServer(): Promise<ThrowAwayServer> {
  const home = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
  // The account that runs the server must be able to pass through.
  chmodSync(home, 0o711);
  const dataDir = join(home, 'postgres');

  const script = fileURLToPath(new URL('./server-watchdog.ts', import.meta.url));
  const watchdog = spawn(process.execPath, [script, home, dataDir], {
    detached: true,
    cwd: tmpdir(),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const watchdogEnded = once(watchdog, 'exit');
  const close = async (): Promise<void> => {
    watchdog.stdin.end();
    await watchdogEnded;
  };
  try {
    const server = await startPostgres({ dataDir, port: 0, settings: SETTINGS });
    return { url: server.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

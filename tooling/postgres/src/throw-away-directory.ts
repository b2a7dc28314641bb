import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place for a server of which nothing is to remain. */
export interface ThrowAwayDirectory {
  /** The temporary directory; gone after `close`. */
  readonly home: string;
  /** A data directory to start a server in; does not exist yet. */
  readonly dataDir: string;
  /** Stops the server on `dataDir`, if one runs, and removes everything. */
  readonly close: () => Promise<void>;
}

/**
 * Makes a temporary home for a server. Both end with this process, however that ends: a watchdog holds the
 * other end of a pipe that the system closes when we die, then stops the server and removes the directory.
 */
export function makeThrowAwayDirectory(): ThrowAwayDirectory {
  const home = mkdtempSync(join(tmpdir(), 'signalbox-postgres-'));
  // The account that runs the server must be able to pass through.
  chmodSync(home, 0o711);
  const dataDir = join(home, 'postgres');
  const script = fileURLToPath(new URL('./server-watchdog.ts', import.meta.url));
  const watchdog = spawn(process.execPath, [script, home, dataDir], {
    detached: true,
    cwd: tmpdir(),
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(watchdog, 'exit');
  return {
    home,
    dataDir,
    close: async () => {
      watchdog.stdin.end();
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

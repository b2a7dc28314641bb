import { existsSync, realpathSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isServerAlive, readPostmasterPid } from './postmaster-pid.ts';

// Started as `server-watchdog.ts <home> <dataDir>` with a pipe as stdin. When the pipe closes, whoever held its
// other end is finished or dead: the server is stopped without ceremony and its directories are removed.
const [home, dataDir] = process.argv.slice(2);
if (home === undefined || dataDir === undefined) throw new Error('usage: server-watchdog <home> <dataDir>');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.resume();
process.stdin.once('close', () => void clean(home, dataDir));

async function clean(homeDir: string, path: string): Promise<void> {
  const found = existsSync(path) ? realpathSync(path) : path;
  const server = existsSync(found) ? readPostmasterPid(found) : undefined;
  if (server !== undefined && isServerAlive(server.pid, found)) {
    process.kill(server.pid, 'SIGQUIT');
    const deadline = Date.now() + 10_000;
    while (isServerAlive(server.pid, found)) {
      if (Date.now() > deadline) process.kill(server.pid, 'SIGKILL');
      await delay(20);
    }
  }
  rmSync(dirname(found), { recursive: true, force: true });
  rmSync(homeDir, { recursive: true, force: true });
}

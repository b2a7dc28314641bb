import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { isServerAlive } from '../src/postmaster-pid.ts';

const source = (name: string): string => JSON.stringify(new URL(`../src/${name}`, import.meta.url).href);

/** Whether nothing runs under the number; a dead process that nobody has collected yet has no program left. */
function isGone(pid: number): boolean {
  try {
    if (process.platform === 'linux') readlinkSync(`/proc/${pid}/exe`);
    else process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

test('a throw-away server and its files are gone after the process that made them was killed', async () => {
  const script = `
    import { startPostgres } from ${source('start-postgres.ts')};
    import { makeThrowAwayDirectory } from ${source('throw-away-directory.ts')};
    const { dataDir } = makeThrowAwayDirectory();
    const { pid } = await startPostgres({ dataDir, port: 0, settings: { fsync: false } });
    process.stdout.write(JSON.stringify({ dataDir, pid }) + '\\n');
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(owner.stdout), 'line');
  const { dataDir, pid } = JSON.parse(line as string) as { dataDir: string; pid: number };
  expect(isServerAlive(pid, dataDir)).toBe(true);
  owner.kill('SIGKILL');
  await expect.poll(() => existsSync(dirname(dataDir)), { timeout: 15_000 }).toBe(false);
  expect(isGone(pid)).toBe(true);
});

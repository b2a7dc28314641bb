import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testKeyringText } from '@signalbox/testing/fixtures/workspace';
import { waitUntil } from '@signalbox/testing/wait-until';
import type { ProvisioningBench } from './support.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;

/** Where the servers of the provider `local` are; it goes with the emulated ones. */
export function sandboxOf({ serversDir }: Pick<ProvisioningBench, 'serversDir'>): string {
  return join(serversDir, 'local');
}

/** Lets a worker in a process of its own work until something is so, and kills it in that moment. */
export async function workUntil(
  bench: ProvisioningBench,
  what: string,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const child = spawn(process.execPath, [main], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: bench.databaseUrl,
      SIGNALBOX_KEYS: testKeyringText,
      SIGNALBOX_UPCLOUD_URL: bench.upcloudUrl,
      SIGNALBOX_EMULATED_SERVERS_DIR: bench.serversDir,
      SIGNALBOX_SANDBOX_DIR: sandboxOf(bench),
      SIGNALBOX_LEASE_MS: '1000',
    },
  });
  const exited = once(child, 'exit');
  await waitUntil(what, isSo, { until: Boolean, timeoutMs: 20_000, everyMs: 5 });
  child.kill('SIGKILL');
  await exited;
}

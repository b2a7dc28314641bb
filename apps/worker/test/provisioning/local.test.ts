import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeServerConnection, testKeyring, testKeyringText } from '@signalbox/testing/fixtures/workspace';
import { expect, test } from 'vitest';
import { readEnvironment } from '../../src/env.ts';
import { provisioningOperations } from '../../src/operations/provisioning/provisioning-operations.ts';
import { openProvisioningSettings } from '../../src/operations/provisioning/settings.ts';
import { openCommandRuntime } from '../../src/process/command-runtime.ts';
import { openProvisioningBench } from './support.ts';
import { sandboxOf, workUntil } from './work-until.ts';

const bench = await openProvisioningBench();
const root = sandboxOf(bench);

/** Processes of servers and of task services below a folder. */
function processesIn(folder: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).split('\n');
  const names = lines.map((line) => /\/(machine|serve)\.sh /.exec(line)?.[1] ?? '');
  return names.filter((name, index) => name !== '' && lines[index]?.includes(`${folder}/`)).sort();
}

test('a cluster of real processes is finished behind a killed worker, each of them once, and removed whole', async () => {
  const { provisioning: environment } = readEnvironment({
    DATABASE_URL: bench.databaseUrl,
    SIGNALBOX_KEYS: testKeyringText,
    SIGNALBOX_SANDBOX_DIR: root,
  });
  const runtime = await openCommandRuntime({ path: process.env.PATH ?? '' });
  const settings = await openProvisioningSettings({ keyring: testKeyring, runtime, environment });
  const operations = provisioningOperations(settings);

  const { workspace, ...site } = await bench.site();
  const connectionId = await makeServerConnection(bench.db, workspace.id, { provider: 'local' });
  const here = { ...site, workspace, connectionId, provider: 'local' } as const;
  const clusters = [{ name: 'main', type: 'redis', size: 2 }];
  const runId = await bench.start(here, 'create_cluster', { clusters });
  const standing = () =>
    bench.standing(here).then((names) => names.some((name) => name.startsWith('taskserv:')));
  await workUntil(bench, 'the first task service', standing);
  const worker = await bench.worker({ operations, leaseMs: 3_000 });
  expect(await bench.ended(runId)).toMatchObject({ status: 'succeeded', lease_epoch: 2 });

  const folder = join(root, workspace.id, 'demo');
  expect(readdirSync(folder).sort()).toEqual(['main-1', 'main-2']);
  // One process that a killed worker was about to replace may still be on its way out.
  await expect.poll(() => processesIn(folder)).toEqual(['machine', 'machine', 'serve', 'serve']);
  expect(await bench.run(here, 'delete_cluster', { clusters: [{ ...clusters[0], size: 1 }] })).toMatchObject({
    status: 'succeeded',
  });
  expect(readdirSync(folder)).toEqual([]);
  await expect.poll(() => processesIn(folder)).toEqual([]);
  await worker.stop();
});

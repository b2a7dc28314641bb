import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FailureStage } from '@signalbox/demo/failures';
import { anyFreePort } from '@signalbox/demo/port';
import { type RestClient, signIn } from '@signalbox/demo/rest-client';
import { readState } from '@signalbox/demo/state-file';
import { graphControl } from '@signalbox/emulators/graph/control-client';
import { makeThrowAwayDirectory } from '@signalbox/postgres-server/throw-away-directory';
import {
  firstId,
  makeBulk,
  makeCheckpoints,
  makeInfra,
  makeInvitation,
  makeKeys,
} from '../console/subjects.ts';
import { readLines } from '../process/read-lines.ts';
import { waitUntil } from '../wait-until.ts';
import type { PictureSubjects } from './shots.ts';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** A demo of its own with its history, for as long as the pictures take. */
export interface PictureDemo {
  readonly url: string;
  readonly subjects: PictureSubjects;
  /** What a failure is made of; read anew, since the worker may have been started again. */
  failureStage(): Promise<FailureStage>;
  stop(): Promise<void>;
}

/** Starts the demo as `npm start` does, on a port and a directory of its own. */
export async function startPictureDemo(): Promise<PictureDemo> {
  const place = makeThrowAwayDirectory();
  const port = await anyFreePort();
  const url = `http://localhost:${port}`;
  const demo = spawn(process.execPath, [join(root, 'tooling', 'demo', 'src', 'start.ts')], {
    cwd: root,
    // Short, so that the run of a worker that is gone does not keep the pictures waiting.
    env: { ...process.env, PORT: String(port), SIGNALBOX_DATA_DIR: place.home, SIGNALBOX_LEASE_MS: '5000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    await end(demo);
    await place.close();
  };
  try {
    await readLines(demo).waitForLine(/^Signalbox is ready/, 180_000);
    const operator = await signIn(url, 'operator', 'signalbox-demo');
    const tenants = await tenantIds(operator);
    const tenantId = (alias: string): number => tenants.get(alias) ?? 0;
    return {
      url,
      subjects: await findSubjects({ url, operator }, tenantId),
      failureStage: async () => {
        const state = await readState(place.home);
        if (state === null) throw new Error('The demo is gone.');
        const { url = '', token: adminToken = '' } = state.emulator ?? {};
        const control = graphControl({ url, adminToken });
        return { operator, control, workerPid: state.workerPid, tenantId };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function tenantIds(operator: RestClient): Promise<Map<string, number>> {
  const { items } = await operator.get<{ items: { id: number; externalId: string }[] }>('/v1/tenants');
  return new Map(items.map(({ externalId, id }) => [externalId, id]));
}

async function findSubjects(
  { url, operator }: { readonly url: string; readonly operator: RestClient },
  tenantId: (alias: string) => number,
): Promise<PictureSubjects> {
  const [readyTenant, blockedTenant] = [tenantId('contoso'), tenantId('fabrikam')];
  const owner = await signIn(url, 'admin', 'signalbox-demo');
  await makeInvitation(owner, readyTenant);
  await makeInfra(owner);
  return {
    workspace: 'ws-default',
    partialRun: await firstId(operator, '/v1/runs?status=partial'),
    captureRun: await firstId(operator, '/v1/runs?operation=snapshot_capture&status=succeeded'),
    previewRun: await firstId(operator, '/v1/runs?operation=restore_preview'),
    runningRun: await firstId(operator, '/v1/runs?status=running'),
    connection: await firstId(operator, `/v1/connections?tenantId=${blockedTenant}`),
    backupSet: await firstId(operator, `/v1/backup-sets?tenantId=${readyTenant}`),
    bulk: await makeBulk(operator),
    batch: await failedBatch(operator),
    checkpoints: await makeCheckpoints(operator),
    apiKey: await makeKeys(owner),
    readyTenant,
    enteringTenant: tenantId('northwind'),
    newTenant: tenantId('tailspin'),
    blockedTenant,
  };
}

/** The seeded batch that failed, once it has been undone. */
async function failedBatch(operator: RestClient): Promise<string> {
  const list = (): Promise<{ items: { id: string }[] }> => operator.get('/v1/batches?status=failed');
  const { items } = await waitUntil('the failed batch', list, {
    until: (page) => page.items.length > 0,
    timeoutMs: 60_000,
  });
  return items[0]?.id ?? '';
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

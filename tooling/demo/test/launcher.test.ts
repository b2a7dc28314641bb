import { createServer } from 'node:net';
import { isServerAlive, readPostmasterPid } from '@signalbox/postgres-server/postmaster-pid';
import {
  makeThrowAwayDirectory,
  type ThrowAwayDirectory,
} from '@signalbox/postgres-server/throw-away-directory';
import { createTestDatabase } from '@signalbox/testing/postgres/test-database';
import { isAlive } from '@signalbox/testing/process/is-alive';
import type { TestProcess } from '@signalbox/testing/process/start-process';
import { waitUntil } from '@signalbox/testing/wait-until';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyFreePort, requireFreePort } from '../src/port.ts';
import { type RestClient, signIn } from '../src/rest-client.ts';
import { allGone, closingLine, familyOf, livePolicy, runDemo, stateOf } from './support.ts';

interface Run {
  readonly id: number;
  readonly status: string;
  readonly operation: string;
  readonly worker?: string;
  readonly tenant?: { readonly externalId: string };
}

/** What must outlive the processes: the runs, and what they did at the provider. */
interface Kept {
  readonly runs: readonly number[];
  readonly restored: Record<string, unknown>;
  readonly refused: Record<string, unknown>;
}

const firstStartMs = 100_000;
let place: ThrowAwayDirectory;
let port: number;

beforeAll(async () => {
  place = makeThrowAwayDirectory();
  port = await anyFreePort();
});
afterAll(() => place.close());

async function start(): Promise<{ launcher: TestProcess; client: RestClient; family: number[] }> {
  const launcher = await runDemo('start', place.home, { env: { PORT: String(port) } });
  await launcher.waitForLine(closingLine, firstStartMs);
  const client = await signIn(`http://localhost:${port}`, 'operator', 'signalbox-demo');
  return { launcher, client, family: familyOf(launcher.pid) };
}

async function look(client: RestClient): Promise<Kept> {
  const { items } = await client.get<{ items: Run[] }>('/v1/runs?limit=100');
  const tenants = await client.get<{ items: { id: number; externalId: string }[] }>('/v1/tenants');
  const contoso = tenants.items.find(({ externalId }) => externalId === 'contoso')?.id;
  const query = `tenantId=${contoso}&kind=deviceConfiguration&limit=40`;
  const policies = await client.get<{ items: { policyId: string }[] }>(`/v1/policies?${query}`);
  const { emulator } = await stateOf(place.home);
  const emulatorUrl = emulator?.url ?? '';
  return {
    runs: items.map(({ id }) => id),
    restored: await livePolicy(emulatorUrl, policies.items.at(0)?.policyId ?? ''),
    refused: await livePolicy(emulatorUrl, policies.items.at(-1)?.policyId ?? ''),
  };
}

const postgresLives = (): boolean => {
  const server = readPostmasterPid(place.dataDir);
  return server !== undefined && isServerAlive(server.pid, place.dataDir);
};

let kept: Kept;

test('the first start ends with one line that says where to go, and its history came through the gate', async () => {
  const { launcher, client, family } = await start();
  const steps = launcher.lines.filter((line) => /^ {2}✓ .+ \d+\.\d s/.test(line));
  expect(steps).toHaveLength(9);
  expect(launcher.lines.filter((line) => line.startsWith('Signalbox is ready'))).toEqual([
    `Signalbox is ready: http://localhost:${port} · sign in as operator / signalbox-demo · Ctrl-C stops`,
  ]);
  expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);
  const { items: runs } = await client.get<{ items: Run[] }>('/v1/runs?limit=100');
  const told = runs.map((run) => `${run.operation} ${run.tenant?.externalId} ${run.status}`);
  expect(told).toContain('snapshot_capture contoso succeeded');
  expect(told).toContain('restore_execute contoso partial');
  expect(told.filter((text) => text.startsWith('snapshot_capture fabrikam'))).toEqual([]);
  const { items: sessions } = await client.get<{ items: object[] }>('/v1/onboarding-sessions');
  expect(sessions).toMatchObject([
    { tenant: { externalId: 'northwind' }, status: 'in_progress', step: 3, lock: { mine: false } },
  ]);
  expect(sessions).toHaveProperty('0.tasks.0', { task: 'onboarding.consent.verify', status: 'fail' });
  const batches = await client.get<{ items: { name: string; status: string }[] }>('/v1/batches');
  expect(batches.items.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
    'edge_rollout failed',
    'multi_cloud_deployment completed',
  ]);
  expect(batches).toHaveProperty('items.0.undo.run.status', 'succeeded');
  kept = await look(client);
  expect(kept.refused.description).toBe('Changed by hand');
  expect(kept.restored.description).not.toBe('Changed by hand');

  // The worker dies twice under the capture that takes minutes: both times it is back, and the run goes on.
  const slow = runs.find((run) => run.status === 'running');
  expect(slow?.tenant?.externalId).toBe('tailspin');
  for (const time of [1, 2]) {
    const before = await client.get<Run>(`/v1/runs/${slow?.id}`);
    const { workerPid } = await stateOf(place.home);
    const cli = await runDemo('cli', place.home, { args: ['fault', 'kill-worker'] });
    expect(await cli.exited).toEqual({ code: 0, signal: null });
    await waitUntil('another worker', async () => (await stateOf(place.home)).workerPid, {
      until: (pid) => pid !== null && pid !== workerPid && isAlive(pid),
    });
    await waitUntil('the takeover', () => client.get<Run>(`/v1/runs/${slow?.id}`), {
      until: ({ status, worker }) => status === 'running' && worker !== undefined && worker !== before.worker,
      timeoutMs: 20_000,
    });
    const ended = 'Worker ended (SIGKILL) and is started again.';
    expect(launcher.lines.filter((line) => line.trim() === ended)).toHaveLength(time);
  }

  launcher.kill('SIGINT');
  expect(await launcher.exited).toEqual({ code: 0, signal: null });
  expect(launcher.lines.filter((line) => line.startsWith('Stopped.'))).toHaveLength(1);
  expect(family.filter(isAlive)).toEqual([]);
  expect(postgresLives()).toBe(false);
  await requireFreePort(port, 0);
}, 180_000);

test('a second start keeps the data; after a kill of the launcher nothing lives on but the data', async () => {
  const { launcher, client, family } = await start();
  expect(launcher.lines.filter((line) => /Demo (workspaces|infra|history) .* kept$/.test(line))).toHaveLength(
    3,
  );
  expect(await look(client)).toEqual(kept);

  launcher.kill('SIGKILL');
  await launcher.exited;
  const again = await start();
  await allGone(family);
  expect(await look(again.client)).toEqual(kept);

  // A port that is in use, and a data directory that is: told at once, and the running one is not disturbed.
  const other = await runDemo('start', place.home, { env: { PORT: String(await anyFreePort()) } });
  expect(await other.exited).toEqual({ code: 1, signal: null });
  expect(other.lines).toEqual([`Signalbox already runs on ${place.home}.`]);
  expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);

  again.launcher.kill('SIGTERM');
  expect(await again.launcher.exited).toEqual({ code: 0, signal: null });
  expect(again.family.filter(isAlive)).toEqual([]);
  expect(postgresLives()).toBe(false);
}, 180_000);

test('a port that is in use is named at once, before anything is started', async () => {
  const other = makeThrowAwayDirectory();
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
  const launcher = await runDemo('start', other.home, { env: { PORT: String(port) } });
  expect(await launcher.exited).toEqual({ code: 1, signal: null });
  expect(launcher.lines).toEqual([
    expect.stringMatching(new RegExp(`^Port ${port} is in use\\. .*PORT=\\d+ npm start$`)),
  ]);
  await new Promise((resolve) => holder.close(resolve));
  await other.close();
});

test("a server of one's own is used instead of the embedded one, and an early stop leaves nothing behind", async () => {
  const other = makeThrowAwayDirectory();
  const database = await createTestDatabase();
  const env = { PORT: String(port), DATABASE_URL: database.url };
  const launcher = await runDemo('start', other.home, { env });
  await launcher.waitForLine(/✓ PostgreSQL .* the server of DATABASE_URL$/);
  await launcher.waitForLine(/✓ API /);
  // The three emulators and the API are up, the worker has only just been started.
  const family = await waitUntil('the worker to be started', () => familyOf(launcher.pid), {
    until: (pids) => pids.length >= 6,
  });
  launcher.kill('SIGINT');
  expect(await launcher.exited).toEqual({ code: 0, signal: null });
  expect(family.filter(isAlive)).toEqual([]);
  await requireFreePort(port, 0);
  expect(readPostmasterPid(other.dataDir)).toBeUndefined();
  const sql = postgres(database.url, { max: 1 });
  const clients = await sql`select application_name from pg_stat_activity where datname = ${database.name}
                            and application_name like 'signalbox%'`;
  expect(clients).toEqual([]);
  await sql.end();
  await database.drop();
  await other.close();
});

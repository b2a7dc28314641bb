import { makeServerConnection, uniqueName } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finished, playRun } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
  await makeServerConnection(api.db, api.workspace.id, { provider: 'local' });
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const send = (method: NonNullable<Call['method']>, path: string, call: Call = {}) =>
  api.call(path, { method, as: api.workspace.members.operator, ...call });
const settings =
  'provider = "local"\nserver_configs = [{ name = "web-01", plan = "small", zone = "local" }]\n';

/** A task on an infra of its own. */
async function task(): Promise<{ readonly uid: string; readonly runId: number }> {
  const name = uniqueName('infra');
  await send('POST', '/v1/infras', { body: { name, settings }, as: api.workspace.members.manager });
  const made = await send('POST', '/workflows/servers/create', { body: { infra: name } });
  const [run] = await admin`select id from runs where uid = ${made.body.data}`;
  return { uid: made.body.data, runId: Number(run?.id) };
}

const progress = async (uid: string) => (await send('GET', `/state/workflows/${uid}/progress`)).body.data;
const metrics = async () => (await send('GET', '/state/system/metrics')).body.data;
const health = async () => (await send('GET', '/state/system/health')).body.data;

test('progress has its steps once they are known, and a remaining time once there is a history or a pace', async () => {
  const first = await task();
  expect(await progress(first.uid)).toEqual({ workflow_id: first.uid, progress: 0, completed_steps: 0 });
  const played = await playRun(api.db, api.workspace.id, first.runId);
  const counts = { total: 4, succeeded: 1, failed: 0, skipped: 0 };
  await played.write({ counts, progress: 0.25, currentStep: 'carry out' });
  expect(await progress(first.uid)).toMatchObject({
    ...{ progress: 25, current_step: 'carry out', total_steps: 4, completed_steps: 1 },
    estimated_time_remaining: expect.any(Number),
  });
  await played.write({ counts: { ...counts, succeeded: 4 }, progress: 1, end: finished });
  const ended = await progress(first.uid);
  expect(ended).toEqual({ workflow_id: first.uid, progress: 100, total_steps: 4, completed_steps: 4 });
  await admin`update runs set executing_ms = 90000 where id = ${first.runId}`;
  const second = await task();
  expect(await progress(second.uid)).toMatchObject({ estimated_time_remaining: 90 });
});

test('there is one snapshot for each change of state, the same each time it is asked for', async () => {
  const { uid, runId } = await task();
  const played = await playRun(api.db, api.workspace.id, runId);
  await played.write({ end: finished });
  const snapshots = async () => (await send('GET', `/state/workflows/${uid}/snapshots`)).body.data;
  const all = await snapshots();
  expect(all.map(({ state }: { state: string }) => state)).toEqual(['Pending', 'Running', 'Completed']);
  expect(await snapshots()).toEqual(all);
  expect(new Set(all.map(({ snapshot_id: id }: { snapshot_id: string }) => id)).size).toBe(3);
  const times = all.map(({ timestamp }: { timestamp: string }) => timestamp);
  expect(times.toSorted()).toEqual(times);
});

test('a batch has progress and snapshots of its own', async () => {
  const operations = [
    {
      id: 'a',
      type: 'server_batch',
      provider: 'local',
      dependencies: [],
      config: { server_configs: [{ name: 'a-1', plan: 'small', zone: 'local' }] },
    },
    {
      id: 'b',
      type: 'taskserv_batch',
      provider: 'local',
      dependencies: ['a'],
      config: { taskservs: ['nginx'] },
    },
  ];
  const made = await send('POST', '/batch/execute', { body: { name: uniqueName('batch'), operations } });
  const uid = made.body.data.batch_id;
  expect(await progress(uid)).toMatchObject({
    workflow_id: uid,
    progress: 0,
    total_steps: 2,
    completed_steps: 0,
  });
  await send('POST', `/batch/operations/${uid}/cancel`);
  expect(await progress(uid)).toMatchObject({ progress: 100, completed_steps: 2 });
  const snapshots = (await send('GET', `/state/workflows/${uid}/snapshots`)).body.data;
  expect(snapshots.at(0).state).toBe('Running');
  expect(snapshots.at(-1).state).toBe('Cancelled');
});

test('metrics count what is there, and the load is that of a real machine', async () => {
  const before = await metrics();
  const { runId } = await task();
  const during = await metrics();
  expect(during).toMatchObject({
    total_workflows: before.total_workflows + 1,
    active_workflows: before.active_workflows + 1,
  });
  const played = await playRun(api.db, api.workspace.id, runId);
  await played.write({ end: finished });
  expect(await metrics()).toMatchObject({
    active_workflows: before.active_workflows,
    completed_workflows: before.completed_workflows + 1,
  });
  const { system_load: load } = during;
  expect(load.memory_usage).toBeGreaterThan(50);
  for (const percent of [load.cpu_usage, load.disk_usage]) {
    expect(percent).toBeGreaterThanOrEqual(0);
    expect(percent).toBeLessThanOrEqual(100);
  }
});

test('health is critical without a worker, and a warning when what is due waits for long', async () => {
  const { runId } = await task();
  const without = await health();
  expect(without).toMatchObject({ overall_status: 'Critical', last_check: expect.any(String) });
  expect(without.components.workers).toMatch(/^Critical: alive 0 workers/);
  expect(without.components.database).toBe('Healthy');
  await admin`insert into workers (pool_id, name, host, pid, version, slots)
    values ('p1', 'w1', 'here', 1, '1.0.0', 20), ('p2', 'w2', 'here', 2, '1.0.1', 20)`;
  await admin`update runs set wake_at = now() - interval '70 seconds' where id = ${runId}`;
  const slow = await health();
  expect(slow.components.workers).toBe('Healthy');
  expect(slow.components.queue).toMatch(
    /^Warning: oldest run that is due has waited 7\d s \(warning from 60 s\)$/,
  );
  expect(slow.components.versions).toMatch(/^Warning: /);
  await admin`update workers set last_seen_at = now() - interval '1 hour'`;
  expect((await health()).components.workers).toMatch(/^Critical/);
  await admin`delete from workers`;
});

test('a workflow that is not there, or is no workflow of provisioning, is 404; an ill-formed id is told as such', async () => {
  for (const what of ['progress', 'snapshots']) {
    const unknown = await send('GET', `/state/workflows/${crypto.randomUUID()}/${what}`);
    expect(unknown).toMatchObject({ status: 404, body: { success: false } });
    expect((await send('GET', `/state/workflows/42/${what}`)).status).toBe(400);
  }
});

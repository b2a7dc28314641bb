import { workerSeen, workerStopped } from '@signalbox/db/commands/observability/worker-registry';
import { makeServerConnection, makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finished, playRun } from '../support/play-worker.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const seen = (name: string, tools: readonly string[] = [], version = '1.0.0') =>
  workerSeen(api.db, { poolId: name, name, host: 'box', pid: 7, version, slots: 4, tools });
const fleet = async (as = api.workspace.members.viewer) => {
  const { status, body } = await api.call('/v1/fleet', { as });
  expect(status).toBe(200);
  return body;
};
const part = (body: { components: { component: string }[] }, name: string) =>
  body.components.find(({ component }) => component === name);

/** A run of the workspace that nobody has taken. */
async function queued(workspace = api.workspace): Promise<number> {
  const as = workspace.members.operator;
  const { tenantId } = await makeTenant(api.db, workspace.id);
  const started = await api.call('/v1/runs', {
    method: 'POST',
    as,
    body: { operation: 'snapshot_capture', tenantId },
  });
  return started.body.run.id;
}

test('without a worker the fleet is critical, with one it is told what the worker has, and two versions are a warning', async () => {
  const none = await fleet();
  expect(none).toMatchObject({ overall: 'Critical', alive: 0, slots: 0, workers: [], missingTools: [] });
  expect(part(none, 'workers')).toMatchObject({ level: 'Critical', value: 0, fewerIsWorse: true });
  await seen('first');
  expect(await fleet()).toMatchObject({ alive: 1, slots: 4, versions: ['1.0.0'], workers: [{ tools: [] }] });
  expect(part(await fleet(), 'workers')).toMatchObject({ level: 'Healthy' });
  await seen('second', ['terraform'], '1.1.0');
  const two = await fleet();
  expect(two.versions).toEqual(['1.0.0', '1.1.0']);
  expect(part(two, 'versions')).toMatchObject({ level: 'Warning', value: 2, warning: 2 });
  expect(two.workers.find(({ id }: { id: string }) => id === 'second').tools).toEqual(['terraform']);
  await workerStopped(api.db, 'second');
  expect(part(await fleet(), 'versions')).toMatchObject({ level: 'Healthy' });
});

test('a program that connections need and no live worker has is named, until one has it', async () => {
  await seen('first');
  await makeServerConnection(api.db, api.workspace.id, { provider: 'terraform' });
  expect((await fleet()).missingTools).toEqual([{ tool: 'terraform', provider: 'Terraform' }]);
  const elsewhere = await makeWorkspace(api.db);
  expect((await fleet(elsewhere.members.viewer)).missingTools).toEqual([]);
  await seen('able', ['terraform']);
  expect((await fleet()).missingTools).toEqual([]);
  await workerStopped(api.db, 'able');
});

test('what waits, works and went through is counted by operation, and nothing of another workspace', async () => {
  const other = await makeWorkspace(api.db);
  await queued(other);
  const [old, retried, ran] = [await queued(), await queued(), await queued()];
  await queued();
  await admin`update runs set wake_at = now() - interval '400 seconds' where id = ${old}`;
  await admin`update runs set wake_at = now() + interval '1 hour', wait_cause = 'waiting_to_retry' where id = ${retried}`;
  const played = await playRun(api.db, api.workspace.id, ran);
  const waits = await fleet();
  const [queue] = waits.queues;
  expect(waits.queues).toHaveLength(1);
  expect(queue).toMatchObject({
    ...{ operation: 'snapshot_capture', operationLabel: 'Capture policies' },
    ...{ depth: 3, retrying: 1, running: 1, begun: 4, ended: 0, failed: 0 },
  });
  expect(queue.oldestDueSeconds).toBeGreaterThanOrEqual(400);
  expect(part(waits, 'queue')).toMatchObject({ level: 'Critical', unit: 's', warning: 60, critical: 300 });
  expect((await fleet(other.members.viewer)).queues).toMatchObject([{ depth: 1 }]);
  expect(part(await fleet(other.members.viewer), 'queue')).toMatchObject({ level: 'Healthy' });
  // One that waits for its next attempt may not begin, so it makes nobody late.
  await admin`update runs set wake_at = now() + interval '1 hour' where workspace_id = ${other.id}`;
  expect((await fleet(other.members.viewer)).queues).toMatchObject([{ depth: 1, oldestDueSeconds: null }]);
  await played.write({ end: finished });
  await admin`update runs set wake_at = now() where id = ${old}`;
  const later = await fleet();
  expect(later.queues).toMatchObject([{ depth: 3, running: 0, ended: 1, failed: 0 }]);
  expect(part(later, 'queue')).toMatchObject({ level: 'Healthy' });
});

test('every part is told with its threshold, and what is not known is refused', async () => {
  const { components, checkedAt } = await fleet();
  for (const { level, text, value, unit, warning } of components) {
    expect(text).toMatch(new RegExp(`^${level}`));
    expect([typeof value, typeof unit, typeof warning]).toEqual(['number', 'string', 'number']);
  }
  expect(Date.parse(checkedAt)).toBeGreaterThan(0);
  expect((await api.call('/v1/fleet?queue=x', { as: api.workspace.members.viewer })).status).toBe(400);
  expect((await api.call('/v1/fleet')).status).toBe(401);
});

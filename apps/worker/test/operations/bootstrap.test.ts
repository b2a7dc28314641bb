import { startBootstrap } from '@signalbox/db/commands/onboarding/start-bootstrap';
import type { OperationName } from '@signalbox/domain/operation/registry';
import { makeVerified } from '@signalbox/testing/fixtures/verified';
import { waitUntil } from '@signalbox/testing/wait-until';
import { expect, test } from 'vitest';
import { openOperationBench, type Place } from './support.ts';

const bench = await openOperationBench();
const { control, sql, db } = bench;

const work = [
  { operation: 'directory.role_definitions.sync', input: {} },
  { operation: 'inventory.sync', input: {} },
  { operation: 'compliance.snapshot', input: {} },
] as const satisfies readonly { operation: OperationName; input: object }[];

/** Asks for a bootstrap of a tenant whose onboarding is at its last step. */
async function bootstrap(place: Place): Promise<void> {
  await makeVerified(db, place);
  const [session] = await sql`
    insert into onboarding_sessions (workspace_id, tenant_id, connection_id, status, step, created_by)
    values (${place.workspaceId}, ${place.tenantId}, ${place.connectionId}, 'in_progress', 5, 'test') returning id`;
  const started = await startBootstrap(db, place.owner, {
    ...{ sessionId: Number(session?.id), connectionId: null, operations: work },
    ...{ sourceSurface: null, idempotency: null, requestId: null },
  });
  expect(started).toMatchObject({ kind: 'answered', result: { verdict: { kind: 'accepted' } } });
}

const ended = ({ workspaceId }: Place) =>
  waitUntil(
    'the bootstrap to end',
    async () => (await sql`select status from plans where workspace_id = ${workspaceId}`)[0]?.status,
    { until: (status) => status !== 'working', timeoutMs: 60_000 },
  );
const runsOf = ({ workspaceId }: Place) =>
  sql`select operation, status, started_at, finished_at from runs where workspace_id = ${workspaceId} order by id`;
const sessionOf = async ({ workspaceId }: Place) =>
  (await sql`select status, step from onboarding_sessions where workspace_id = ${workspaceId}`)[0];

test('two workers do a bootstrap one operation after the other, and the last one completes the onboarding', async () => {
  const place = await bench.place('adatum');
  await Promise.all([bench.worker(), bench.worker()]);
  await bootstrap(place);
  expect(await ended(place)).toBe('completed');
  const runs = await runsOf(place);
  expect(runs.map(({ operation, status }) => [operation, status])).toEqual(
    work.map(({ operation }) => [operation, 'succeeded']),
  );
  for (const [at, run] of runs.entries()) {
    const before = runs[at - 1];
    if (before !== undefined) expect(run.started_at >= before.finished_at).toBe(true);
  }
  expect(await sessionOf(place)).toEqual({ status: 'completed', step: 5 });
  const seen = await sql`
    select task_type, status from evidence where workspace_id = ${place.workspaceId} and session_id is not null order by id`;
  expect([...seen]).toEqual(work.map(({ operation }) => ({ task_type: operation, status: 'ok' })));
});

test('what fails in the middle stops the rest, and the evidence says why', async () => {
  const place = await bench.place('adatum');
  await bench.worker();
  await control.changeRoles('adatum', {
    revoke: ['DeviceManagementConfiguration.Read.All', 'DeviceManagementConfiguration.ReadWrite.All'],
  });
  await bootstrap(place);
  expect(await ended(place)).toBe('failed');
  expect((await runsOf(place)).map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  const items = await sql`
    select status, reason from plan_items where workspace_id = ${place.workspaceId} order by position`;
  expect([...items]).toEqual([
    { status: 'done', reason: null },
    { status: 'failed', reason: 'permission_missing' },
    { status: 'skipped', reason: 'earlier_failed' },
  ]);
  expect(await sessionOf(place)).toEqual({ status: 'in_progress', step: 5 });
  const [fail] =
    await sql`select task_type, reason from evidence where workspace_id = ${place.workspaceId} and status = 'fail'`;
  expect(fail).toEqual({ task_type: 'inventory.sync', reason: 'permission_missing' });
});

test('a worker that dies between the end of a run and the next start loses nothing: the sweeper goes on', async () => {
  const place = await bench.place('adatum');
  // The wake-up of the plan is lost as soon as it is made, as if the worker that took it had died.
  await sql.unsafe(`create function lose_wake_up() returns trigger language plpgsql as $$ begin
    if new.payload ->> 'planId' is not null then return null; end if; return new; end $$;
    create trigger lose_wake_up before insert on graphile_worker._private_jobs for each row execute function lose_wake_up()`);
  await bench.worker({}, { leaseMs: 1_000 });
  await bootstrap(place);
  await waitUntil(
    'the first run to end',
    async () =>
      (
        await sql`select status from plan_items where workspace_id = ${place.workspaceId} order by position limit 1`
      )[0]?.status === 'done',
  );
  expect(await runsOf(place)).toHaveLength(1);
  await sql.unsafe(
    `drop trigger lose_wake_up on graphile_worker._private_jobs; drop function lose_wake_up()`,
  );
  expect(await ended(place)).toBe('completed');
  expect(await runsOf(place)).toHaveLength(3);
});

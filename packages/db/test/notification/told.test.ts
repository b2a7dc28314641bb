import { forceCancel } from '@signalbox/db/commands/run/force-cancel';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import type { RunEnd } from '@signalbox/db/commands/run/run-write';
import { writeRuns } from '@signalbox/db/commands/run/write-runs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, done, openBench, workspaceId, writeOf } from '../run/support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const olga = { kind: 'user', userId: 7 } as const;
const actor = { kind: 'user', name: 'mona' } as const;
const cancel = (runId: number) =>
  bench.db.inWorkspace(workspaceId, (tx) => requestCancel(tx, { runId, actor }));
const force = (runId: number) =>
  bench.db.inWorkspace(workspaceId, (tx) => forceCancel(tx, { runId, actor, reason: 'it hangs' }));
/** Whom the end of a run was told to. */
const told = async (runId: number) => {
  const rows = await bench.sql`select user_id, read_at from notifications where run_id = ${runId}`;
  return rows.map(({ user_id }) => Number(user_id));
};
const error = { code: 'provider_unavailable', message: 'It did not answer.' } as const;
const finish = (result: Extract<RunEnd, { kind: 'finish' }>['result']): RunEnd => ({
  kind: 'finish',
  result,
  output: null,
});
/** Asked to stop long enough ago to be ended by force. */
async function stuck() {
  const runId = await bench.insert({ initiator: olga });
  const run = await bench.take(runId);
  await cancel(runId);
  await bench.sql`update runs set cancel_requested_at = now() - interval '61 seconds' where id = ${runId}`;
  return { runId, run };
}

test.each<[string, RunEnd]>([
  ['succeeds', done],
  ['fails', finish({ kind: 'failed', error })],
  ['is stopped by its worker', finish({ kind: 'stopped' })],
])('a run that %s tells the person who started it, and only then', async (_, end) => {
  const runId = await bench.insert({ initiator: olga });
  const run = await bench.take(runId);
  await bench.write(writeOf(run, 1, { progress: 0.5 }));
  expect(await told(runId)).toEqual([]);
  await bench.write(writeOf(run, 2, { end }));
  expect(await told(runId)).toEqual([7]);
});

test('whoever ends a run, and in whatever state it stands, the person who started it is told', async () => {
  for (const status of ['pending', 'queued', 'awaiting_approval'] as const) {
    const runId = await bench.insert({ status, initiator: olga });
    await cancel(runId);
    await cancel(runId);
    expect(await told(runId), status).toEqual([7]);
  }
  const { runId } = await stuck();
  expect(await told(runId)).toEqual([]);
  await force(runId);
  expect(await told(runId)).toEqual([7]);
  const waits = await bench.insert({ initiator: olga });
  const run = await bench.take(waits);
  await cancel(waits);
  const end = { kind: 'hand_back', cause: 'throttled', delayMs: 60_000 } as const;
  await bench.write(writeOf(run, 1, { end }));
  expect(await told(waits)).toEqual([7]);
});

test('a run that goes back to the queue has told nobody', async () => {
  const runId = await bench.insert({ initiator: olga });
  const run = await bench.take(runId);
  const end = { kind: 'hand_back', cause: 'waiting_to_retry', delayMs: 1, error } as const;
  await bench.write(writeOf(run, 1, { end }));
  expect(await told(runId)).toEqual([]);
});

test('of ends at the same moment one is told: cancel or claim, force or finish, two workers that both finish', async () => {
  for (let round = 0; round < 12; round++) {
    const queued = await bench.insert({ initiator: olga });
    const [, claimed] = await Promise.all([cancel(queued), bench.claim(queued), cancel(queued)]);
    if (claimed !== undefined) await bench.write(writeOf(claimed, 1, { end: done }));
    expect(await told(queued)).toEqual([7]);

    const { runId, run } = await stuck();
    await Promise.all([force(runId), bench.write(writeOf(run, 1, { end: done })), force(runId)]);
    expect(await told(runId)).toEqual([7]);

    // Its worker is silent for a while, another one takes over, and then both say that it is done.
    const lost = await bench.insert({ initiator: olga });
    const first = await bench.take(lost);
    await bench.expire(lost);
    const second = await bench.take(lost, 'worker-b');
    await Promise.all([
      bench.write(writeOf(first, 1, { end: done })),
      bench.write(writeOf(second, 1, { end: done })),
      cancel(lost),
    ]);
    expect(await told(lost)).toEqual([7]);
  }
});

test('a finish that is sent again after its answer was lost tells nobody a second time', async () => {
  const runId = await bench.insert({ initiator: olga });
  const run = await bench.take(runId);
  await bench.write(writeOf(run, 1, { end: done }));
  await bench.sql`update notifications set read_at = now() where run_id = ${runId}`;
  await bench.write(writeOf(run, 1, { end: done }));
  const rows = await bench.sql`select read_at is not null as read from notifications where run_id = ${runId}`;
  expect([...rows]).toEqual([{ read: true }]);
});

test('an end that does not commit has told nobody', async () => {
  const runId = await bench.insert({ initiator: olga });
  const run = await bench.take(runId);
  const broken = bench.db.inWorkspace(workspaceId, async (tx) => {
    await writeRuns(tx, [writeOf(run, 1, { end: done })], 'worker-a');
    throw new Error('the power went');
  });
  await expect(broken).rejects.toThrow('the power went');
  expect(await told(runId)).toEqual([]);
  await bench.write(writeOf(run, 1, { end: done }));
  expect(await told(runId)).toEqual([7]);
});

test.each([
  ['an API key that acts for nobody', { kind: 'api_key', userId: null }],
  ['the system', { kind: 'system', userId: null }],
  ['a schedule, also one that a person made', { kind: 'schedule', userId: 7 }],
])('what %s started tells nobody', async (_, initiator) => {
  const runId = await bench.insert({ initiator });
  await bench.write(writeOf(await bench.take(runId), 1, { end: done }));
  expect(await told(runId)).toEqual([]);
});

test('a run that was admitted from a plan tells nobody; one that it only joined tells who started it', async () => {
  const [plan] = await bench.sql`
    insert into plans (workspace_id, uid, kind, action, selection, initiator_user_id, initiator_name)
    values (${workspaceId}, gen_random_uuid(), 'bulk', 'replay', '{}', 8, 'paul') returning id`;
  const source = await bench.insert();
  const item = (runId: number, outcome: string) => bench.sql`
    insert into plan_items (workspace_id, plan_id, key, position, operation, source_run_id, status, outcome, run_id,
      finished_at)
    values (${workspaceId}, ${plan?.id}, ${String(runId)}, ${runId}, 'test', ${source}, 'done', ${outcome}, ${runId}, now())`;
  const admitted = await bench.insert({ initiator: { kind: 'user', userId: 8 } });
  await item(admitted, 'accepted');
  const joined = await bench.insert({ initiator: olga });
  await item(joined, 'deduped');
  for (const runId of [admitted, joined]) {
    await bench.write(writeOf(await bench.take(runId), 1, { end: done }));
  }
  expect(await told(admitted)).toEqual([]);
  expect(await told(joined)).toEqual([7]);
});

import { heartbeat } from '@signalbox/db/commands/run/heartbeat';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, leaseMs, openBench, stepOf, workspaceId, writeOf } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Moves what a run last showed into the past. */
async function age(runId: number): Promise<void> {
  await bench.sql`update runs set heartbeat_at = now() - interval '1 hour',
    progress_at = case when progress_at is null then null else now() - interval '1 hour' end where id = ${runId}`;
}

const ageOf = async (runId: number, column: 'heartbeat_at' | 'progress_at'): Promise<number | null> => {
  const at = (await bench.run(runId))[column];
  return at instanceof Date ? Date.now() - at.getTime() : null;
};

const recent = 60_000;

test('a claim, a heartbeat and a write each say that the worker was heard', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  expect(await ageOf(runId, 'heartbeat_at')).toBeLessThan(recent);
  await age(runId);
  await bench.db.inWorkspace(workspaceId, (tx) => heartbeat(tx, [{ runId, epoch: run.epoch }], leaseMs));
  expect(await ageOf(runId, 'heartbeat_at')).toBeLessThan(recent);
  await age(runId);
  await bench.write(writeOf(run, 1));
  expect(await ageOf(runId, 'heartbeat_at')).toBeLessThan(recent);
});

test('a heartbeat with an old epoch does not make a silent worker look alive', async () => {
  const runId = await bench.insert();
  const zombie = await bench.take(runId);
  await bench.expire(runId);
  await bench.take(runId, 'worker-b');
  await age(runId);
  const lease = { runId, epoch: zombie.epoch };
  expect(await bench.db.inWorkspace(workspaceId, (tx) => heartbeat(tx, [lease], leaseMs))).toEqual([]);
  expect(await ageOf(runId, 'heartbeat_at')).toBeGreaterThan(recent);
});

test('only work that goes on counts as progress: a step, a result or a report, and neither a log line nor a heartbeat', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  const counts = { total: 2, succeeded: 0, failed: 0, skipped: 0 };
  const log = { entries: [{ kind: 'log', level: 'info', step: null, text: 'still here' }] } as const;
  await bench.write(writeOf(run, 1, log));
  await bench.db.inWorkspace(workspaceId, (tx) => heartbeat(tx, [{ runId, epoch: run.epoch }], leaseMs));
  expect(await ageOf(runId, 'progress_at')).toBeNull();

  const moves = [
    { steps: [stepOf(run, 'read', 'intent')] },
    { declared: [{ position: 1, key: 'a', label: 'A' }] },
    { results: [{ key: 'a', outcome: 'succeeded' }] },
    { entries: [{ kind: 'progress', data: { counts } }] },
  ] as const;
  for (const [at, move] of moves.entries()) {
    await age(runId);
    await bench.write(writeOf(run, at + 2, { counts, ...move }));
    expect(await ageOf(runId, 'progress_at'), `move ${at}`).toBeLessThan(recent);
  }
});

test('a run keeps what was last said about its progress until something else is said', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  await bench.write(writeOf(run, 1, { progressMessage: 'Read Baseline' }));
  expect(await bench.run(runId)).toMatchObject({ progress_message: 'Read Baseline' });
  await bench.write(writeOf(run, 2, { progressMessage: null }));
  expect(await bench.run(runId)).toMatchObject({ progress_message: null });
});

test.each(['queued', 'running'])('a cancel of a %s run keeps who asked for it and why', async (status) => {
  const runId = await bench.insert();
  if (status === 'running') await bench.take(runId);
  const request = { runId, actor: { kind: 'user', name: 'dana' }, reason: 'wrong tenant' } as const;
  await bench.db.inWorkspace(workspaceId, (tx) => requestCancel(tx, request));
  expect(await bench.run(runId)).toMatchObject({ cancel_by: 'dana', cancel_reason: 'wrong tenant' });
});

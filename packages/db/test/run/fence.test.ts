import type { ClaimedRun } from '@signalbox/db/commands/run/claim-runs';
import { keepStepResult } from '@signalbox/db/commands/run/record-steps';
import type { RunWrite } from '@signalbox/db/commands/run/run-write';
import { writeRuns } from '@signalbox/db/commands/run/write-runs';
import { loadWork } from '@signalbox/db/queries/run/load-work';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, done, openBench, stepOf, workspaceId, writeOf } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const counts = { total: 1, succeeded: 0, failed: 0, skipped: 0 };

/** Everything a worker can write, each kind by itself. */
const kinds: Record<string, (run: ClaimedRun) => Partial<RunWrite>> = {
  'an intent': (run) => ({ steps: [stepOf(run, 'late', 'intent')], currentStep: 'late' }),
  'a step result': (run) => ({ steps: [stepOf(run, 'late', 'done')] }),
  'a step failure': (run) => ({ steps: [stepOf(run, 'late', 'failed')] }),
  'a declared item': () => ({
    declared: [{ position: 9, key: 'late', label: 'Late' }],
    counts: { ...counts, total: 2 },
  }),
  'an item result': () => ({
    results: [{ key: 'only', outcome: 'succeeded' }],
    counts: { ...counts, succeeded: 1 },
  }),
  'a log chunk': () => ({ entries: [{ kind: 'log', level: 'info', step: null, text: 'late' }] }),
  progress: () => ({ progress: 0.5, entries: [{ kind: 'progress', data: { counts } }] }),
  'a retry': () => ({ end: { kind: 'hand_back', cause: 'waiting_to_retry', delayMs: 0 } }),
  'a throttle': () => ({ end: { kind: 'hand_back', cause: 'throttled', delayMs: 1_000 } }),
  'a hand-over': () => ({ end: { kind: 'hand_back', cause: 'waiting_for_worker', delayMs: 0 } }),
  'a finish': () => ({ end: done }),
  'a failure': () => ({
    end: { kind: 'finish', result: { kind: 'failed', error: { code: 'internal', message: '' } }, output: {} },
  }),
};

test.each(Object.entries(kinds))('%s with an old epoch writes nothing', async (kind, more) => {
  const runId = await bench.insert({ scopes: [`scope-${kind}`] });
  const zombie = await bench.take(runId);
  await bench.write(writeOf(zombie, 1, { counts, declared: [{ position: 1, key: 'only', label: 'Only' }] }));
  await bench.expire(runId);
  const owner = await bench.take(runId, 'worker-b');
  const before = await everything(runId);
  // Its next write, and one that happens to have the number the new owner would use.
  for (const number of [2, 1]) {
    expect(await bench.write(writeOf({ ...zombie, counts }, number, more(zombie)))).toEqual({
      kind: 'lease_lost',
    });
  }
  expect(await everything(runId)).toEqual(before);
  expect(await bench.write(writeOf({ ...owner, counts }, 1, more(owner)))).toMatchObject({ kind: 'written' });
});

test('a lost lease among the writes of a commit does not disturb its neighbours', async () => {
  const ids = [await bench.insert(), await bench.insert(), await bench.insert()];
  const runs = await Promise.all(ids.map((id) => bench.take(id)));
  await bench.expire(ids[1] ?? 0);
  await bench.take(ids[1] ?? 0, 'worker-b');
  const writes = runs.map((run) => writeOf(run, 1, { end: done })).reverse();
  const results = await bench.db.inWorkspace(workspaceId, (tx) => writeRuns(tx, writes, 'worker-a'));
  expect(results.map((result) => result.kind)).toEqual(['written', 'lease_lost', 'written']);
  const rows = await bench.sql`select status from runs where id in ${bench.sql(ids)} order by id`;
  expect(rows.map((row) => row.status)).toEqual(['succeeded', 'running', 'succeeded']);
});

test('a write that is sent again after a lost reply is recognised and done once', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  const write = writeOf(run, 1, {
    counts: { ...counts, succeeded: 1 },
    entries: [{ kind: 'log', level: 'info', step: null, text: 'once' }],
    declared: [{ position: 1, key: 'a', label: 'A' }],
    results: [{ key: 'a', outcome: 'succeeded' }],
  });
  expect(await bench.write(write)).toMatchObject({ kind: 'written', eventSeq: 3 });
  expect(await bench.write(write)).toEqual({ kind: 'repeated', eventSeq: 3, cancelRequested: false });
  const last = writeOf({ ...run, counts: write.counts }, 2, { end: done });
  expect(await bench.write(last)).toMatchObject({ kind: 'written', status: 'succeeded' });
  expect(await bench.write(last)).toMatchObject({ kind: 'repeated', eventSeq: 4 });
  expect(await bench.sql`select from run_logs where run_id = ${runId}`).toHaveLength(1);
  expect(await bench.sql`select from audit_entries where run_id = ${runId}`).toHaveLength(1);
});

test('a write that is sent again keeps every other owner away until its commit, like the first sending', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  const write = writeOf(run, 1, { entries: [{ kind: 'log', level: 'info', step: null, text: 'once' }] });
  await bench.write(write);
  await bench.expire(runId);
  const free = () => bench.sql`select from runs where id = ${runId} for update skip locked`;
  await bench.db.inWorkspace(workspaceId, async (tx) => {
    expect(await writeRuns(tx, [write], 'worker-a')).toMatchObject([{ kind: 'repeated' }]);
    expect(await free()).toHaveLength(0);
  });
  expect(await free()).toHaveLength(1);
});

test('a write that is sent again for a run that has ended meanwhile finds the lease lost', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  const write = writeOf(run, 1, { entries: [{ kind: 'log', level: 'info', step: null, text: 'once' }] });
  await bench.write(write);
  await bench.write(writeOf(run, 2, { end: done }));
  await bench.sql`update runs set lease_writes = 1 where id = ${runId}`;
  expect(await bench.write(write)).toEqual({ kind: 'lease_lost' });
});

test('events of one run are numbered without gap or repeat while two sides write them', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  const worker = async () => {
    for (let number = 1; number <= 40; number++) {
      const text = `line ${number}`;
      await bench.write(
        writeOf(run, number, {
          entries: [
            { kind: 'log', level: 'info', step: null, text },
            { kind: 'progress', data: { counts: run.counts } },
          ],
        }),
      );
    }
  };
  // The other writer of a running run is whoever asks for something, such as a cancel.
  const people = async () => {
    for (let n = 0; n < 40; n++) {
      await bench.sql`with head as (update runs set event_seq = event_seq + 1 where id = ${runId} returning event_seq)
        insert into run_events (workspace_id, run_id, seq, kind, data)
        select ${workspaceId}, ${runId}, event_seq, 'request', '{}' from head`;
    }
  };
  await Promise.all([worker(), people()]);
  const events = await bench.sql`select seq, kind from run_events where run_id = ${runId} order by seq`;
  expect(events.map((row) => row.seq)).toEqual(Array.from({ length: 122 }, (_, index) => index + 1));
  expect((await bench.run(runId)).event_seq).toBe(122);
  const logs = await bench.sql`select seq, text from run_logs where run_id = ${runId} order by seq`;
  const logEvents = events.filter((row) => row.kind === 'log').map((row) => row.seq);
  expect(logs.map((row) => row.seq)).toEqual(logEvents);
  expect(logs.map((row) => row.text)).toEqual(Array.from({ length: 40 }, (_, index) => `line ${index + 1}`));
});

test('a step result stays as it was first recorded and is what the next attempt reads', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  await bench.write(writeOf(run, 1, { steps: [{ ...stepOf(run, 'read', 'done'), result: { pages: 3 } }] }));
  await bench.write(writeOf(run, 2, { steps: [{ ...stepOf(run, 'read', 'intent'), attempt: 2 }] }));
  await bench.expire(runId);
  await bench.take(runId, 'worker-b');
  const work = await bench.db.inWorkspace(workspaceId, (tx) => loadWork(tx, runId));
  expect(work.steps).toEqual([{ name: 'read', position: 1, state: 'done', result: { pages: 3 } }]);
});

test('a recorded result clears the count of lost leases, an intent does not', async () => {
  const runId = await bench.insert();
  await bench.take(runId);
  await bench.expire(runId);
  const run = await bench.take(runId, 'worker-b');
  await bench.write(writeOf(run, 1, { steps: [stepOf(run, 'a', 'intent')] }));
  expect((await bench.run(runId)).lost_leases).toBe(1);
  await bench.write(writeOf(run, 2, { steps: [stepOf(run, 'a', 'done')] }));
  expect((await bench.run(runId)).lost_leases).toBe(0);
});

test('a result for an item that already has one undoes the whole write', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  const settled = { ...counts, succeeded: 1 };
  const results = [{ key: 'a', outcome: 'succeeded' }] as const;
  await bench.write(
    writeOf(run, 1, { counts: settled, declared: [{ position: 1, key: 'a', label: 'A' }], results }),
  );
  const before = await everything(runId);
  await expect(bench.write(writeOf(run, 2, { counts: settled, results }))).rejects.toThrow(
    '0 items were open',
  );
  expect(await everything(runId)).toEqual(before);
});

test('text that PostgreSQL cannot keep is made storable instead of failing the run', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  await bench.write(
    writeOf(run, 1, { entries: [{ kind: 'log', level: 'info', step: null, text: 'a\0b\ud800c' }] }),
  );
  const [log] = await bench.sql`select text from run_logs where run_id = ${runId}`;
  expect(log?.text).toBe('a\ufffdb\ufffdc');
});

/** Every row of a run, to compare before and after. */
async function everything(runId: number): Promise<unknown> {
  const { sql } = bench;
  return {
    runs: await sql`select * from runs where id = ${runId}`,
    steps: await sql`select * from run_steps where run_id = ${runId} order by name`,
    items: await sql`select * from run_items where run_id = ${runId} order by position`,
    events: await sql`select * from run_events where run_id = ${runId} order by seq`,
    logs: await sql`select * from run_logs where run_id = ${runId} order by seq`,
    claims: await sql`select * from scope_claims where run_id = ${runId}`,
    audit: await sql`select * from audit_entries where run_id = ${runId} order by id`,
    jobs: await sql`select key, run_at, locked_at from graphile_worker.jobs where key = ${`run:${runId}`}`,
  };
}

test('a step that keeps rows with its result does so once, also when the write is sent again', async () => {
  const run = await bench.take(await bench.insert());
  const step = {
    name: 'page 1',
    position: 1,
    attempt: 1,
    effectKey: 'k',
    startedMsAgo: 0,
    state: 'done',
  } as const;
  const write = writeOf(run, 1, { steps: [step] });
  let works = 0;
  const send = () =>
    bench.db.inWorkspace(workspaceId, async (tx) => {
      await writeRuns(tx, [write], 'worker-a');
      return keepStepResult(tx, { runId: run.id, name: step.name }, async () => {
        works += 1;
        return { added: works };
      });
    });
  expect([await send(), await send(), works]).toEqual([{ added: 1 }, { added: 1 }, 1]);
});

import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '@signalbox/testing/wait-until';
import { OperationFailure, Throttled } from '@signalbox/worker/operations/failures';
import { defineOperation } from '@signalbox/worker/operations/operation';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench, operation, workspaceId } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterEach(() => bench.stopWorkers());
afterAll(() => bench.close());

const unavailable = { code: 'provider_unavailable', message: 'The provider did not answer.' } as const;

test('a run is executed step by step and ends with its results, its output and its scope freed', async () => {
  const runId = await bench.insert({ scopes: ['a'], input: { factor: 2 } });
  await bench.worker([
    operation(async (context, input) => {
      let value = 1;
      for (const name of ['one', 'two', 'three']) {
        value = await context.step(name, { idempotent: true }, async () => value * Number(input.factor));
      }
      context.setOutput({ value });
    }),
  ]);
  const run = await bench.settled(runId);
  expect(run).toMatchObject({ status: 'succeeded', output: { value: 8 }, current_step: 'three', attempt: 1 });
  const steps =
    await bench.sql`select name, state, result from run_steps where run_id = ${runId} order by position`;
  expect(steps.map((step) => [step.name, step.state, step.result])).toEqual([
    ['one', 'done', 2],
    ['two', 'done', 4],
    ['three', 'done', 8],
  ]);
  expect(await bench.sql`select from scope_claims`).toHaveLength(0);
});

test('an attempt after a failure reads recorded results instead of acting again, and ends right', async () => {
  const effects: string[] = [];
  const runId = await bench.insert();
  await bench.worker([
    operation(async (context) => {
      await context.step('first', { idempotent: false }, async (key) => effects.push(key));
      await context.step('second', { idempotent: false }, async () => {
        if (context.run.attempt === 1) throw new OperationFailure(unavailable, true);
        return null;
      });
    }),
  ]);
  const run = await bench.settled(runId);
  expect(run).toMatchObject({ status: 'succeeded', attempt: 2 });
  expect(effects).toEqual([`run:${run.uid}:first`]);
  const events =
    await bench.sql`select data from run_events where run_id = ${runId} and kind = 'state' order by seq`;
  expect(events.map((event) => [event.data.to, event.data.reason])).toEqual([
    ['queued', undefined],
    ['running', undefined],
    ['queued', 'waiting_to_retry'],
    ['running', undefined],
    ['succeeded', undefined],
  ]);
});

test('a failure that may pass is tried as often as the policy says, one that will not is not', async () => {
  let tries = 0;
  const worker = await bench.worker([
    operation(
      async (_, input) => {
        tries += 1;
        throw new OperationFailure(unavailable, input.passing === true);
      },
      { attempts: 3, baseMs: 1, capMs: 1 },
    ),
  ]);
  const passing = await bench.insert({ input: { passing: true } });
  expect(await bench.settled(passing)).toMatchObject({
    status: 'failed',
    safe_error: unavailable,
    attempt: 3,
  });
  expect(tries).toBe(3);
  const lasting = await bench.insert({ input: { passing: false } });
  expect(await bench.settled(lasting)).toMatchObject({
    status: 'failed',
    safe_error: unavailable,
    attempt: 1,
  });
  await worker.stop();
});

test('a throttle sends the run back until its time, keeps its scope and is no failed try', async () => {
  const runId = await bench.insert({ scopes: ['throttled'] });
  let asked = 0;
  await bench.worker([
    operation(async () => {
      asked += 1;
      if (asked === 1) throw new Throttled(500);
    }),
  ]);
  await waitUntil('the throttle', async () => (await bench.run(runId)).wait_cause === 'throttled');
  expect(await bench.sql`select from scope_claims where run_id = ${runId}`).toHaveLength(1);
  const run = await bench.settled(runId);
  expect(run).toMatchObject({ status: 'succeeded', attempt: 1, lease_epoch: 2 });
  expect(Number(run.waiting_ms)).toBeGreaterThanOrEqual(499);
});

test('an operation that this version does not know fails its run and frees the scope', async () => {
  await bench.worker([]);
  const runId = await bench.insert({ operation: 'from.the.future', scopes: ['future'] });
  expect(await bench.settled(runId)).toMatchObject({ status: 'failed', safe_error: { code: 'internal' } });
  expect(await bench.sql`select from scope_claims where run_id = ${runId}`).toHaveLength(0);
});

test('an error nobody understands ends the run once, without its text', async () => {
  let tries = 0;
  await bench.worker([
    operation(async () => {
      tries += 1;
      throw new Error('password=hunter2');
    }),
  ]);
  const runId = await bench.insert();
  const run = await bench.settled(runId);
  expect(run).toMatchObject({ status: 'failed', safe_error: { code: 'internal' } });
  expect(tries).toBe(1);
  const [leak] = await bench.sql`
    select (select count(*) from run_events e where e.data::text like '%hunter2%')
      + (select count(*) from audit_entries a where a.details::text like '%hunter2%') as found`;
  expect(Number(leak?.found)).toBe(0);
  expect(JSON.stringify(run.safe_error)).not.toContain('hunter2');
});

test('an input that cannot be read any more fails the run', async () => {
  await bench.worker([
    defineOperation({
      name: 'test',
      retry: { attempts: 3, baseMs: 1, capMs: 1 },
      parseInput: () => {
        throw new Error('not this shape');
      },
      perform: async () => ({ kind: 'done' }),
    }),
  ]);
  const runId = await bench.insert();
  expect(await bench.settled(runId)).toMatchObject({ status: 'failed', attempt: 1 });
});

test('items keep their results over attempts, and only those without one are worked on again', async () => {
  const done: string[] = [];
  await bench.worker([
    operation(async (context) => {
      const items = ['a', 'b', 'c', 'd'].map((key) => ({ key, label: key.toUpperCase() }));
      await context.items.declare(items);
      for (const { key } of context.items.open()) {
        if (key === 'c' && context.run.attempt === 1) throw new OperationFailure(unavailable, true);
        done.push(key);
        if (key === 'b') await context.items.settle(key, 'failed', { error: unavailable });
        else await context.items.settle(key, key === 'd' ? 'skipped' : 'succeeded', { detail: { key } });
      }
    }),
  ]);
  const runId = await bench.insert();
  const run = await bench.settled(runId);
  expect(run).toMatchObject({ status: 'partial', total: 4, succeeded: 2, failed: 1, skipped: 1, attempt: 2 });
  expect(done).toEqual(['a', 'b', 'c', 'd']);
  const items =
    await bench.sql`select key, outcome, detail from run_items where run_id = ${runId} order by position`;
  expect(items.map((item) => [item.key, item.outcome])).toEqual([
    ['a', 'succeeded'],
    ['b', 'failed'],
    ['c', 'succeeded'],
    ['d', 'skipped'],
  ]);
  const reports = await bench.sql`
    select data from run_events where run_id = ${runId} and kind = 'item' order by seq`;
  expect(reports.flatMap((event) => event.data.items).map((item) => item.key)).toEqual(['a', 'b', 'c', 'd']);
  expect(reports.at(-1)?.data.counts).toEqual({ total: 4, succeeded: 2, failed: 1, skipped: 1 });
});

test('long output is kept whole, in chunks of at most 64 KiB that share the numbers of their events', async () => {
  const line = `${'å'.repeat(40)}\u{1f600}`;
  const expected: string[] = [];
  await bench.worker([
    operation(async (context) => {
      for (let n = 0; n < 3_000; n++) {
        expected.push(`${n} ${line}`);
        await context.log('info', `${n} ${line}`);
      }
      await context.log('error', line.repeat(2_000));
    }),
  ]);
  const runId = await bench.insert();
  await bench.settled(runId);
  const logs = await bench.sql`
    select l.level, l.text, octet_length(l.text) as bytes, e.kind from run_logs l
    left join run_events e using (workspace_id, run_id, seq) where run_id = ${runId} order by seq`;
  expect(Math.max(...logs.map((log) => log.bytes))).toBeLessThanOrEqual(64 * 1024);
  expect(new Set(logs.map((log) => log.kind))).toEqual(new Set(['log']));
  const text = (level: string) => logs.filter((log) => log.level === level).map((log) => log.text);
  expect(text('info').join('\n')).toBe(expected.join('\n'));
  expect(text('error').join('')).toBe(line.repeat(2_000));
  const [seqs] = await bench.sql`
    select count(*)::int as n, max(seq) as last from run_events where run_id = ${runId}`;
  expect(seqs?.n).toBe(seqs?.last);
});

test('rows of an operation commit with what was noted before, and only behind the fence', async () => {
  await bench.worker([
    operation(async (context) => {
      await context.items.declare([{ key: 'a', label: 'A' }]);
      await context.items.settle('a', 'succeeded');
      const total = await context.save(async (tx) => {
        const rows = await tx.query.execute<{ n: number }>(
          'select count(*)::int as n from run_items where outcome is not null',
        );
        return rows[0]?.n ?? 0;
      });
      context.setOutput({ total });
    }),
  ]);
  const runId = await bench.insert();
  await bench.sql`delete from run_items`;
  expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded', output: { total: 1 } });
});

test('what cannot be recorded ends the run as failed, with counts that are true', async () => {
  await bench.worker([
    operation(async (context) => {
      await context.items.declare([
        { key: 'a', label: 'A' },
        { key: 'b', label: 'B' },
      ]);
      await context.items.settle('a', 'succeeded');
      await context.save((tx) => tx.query.execute('select 1 / 0')).catch(() => undefined);
      await context.items.settle('b', 'succeeded').catch(() => undefined);
    }),
  ]);
  const runId = await bench.insert();
  expect(await bench.settled(runId)).toMatchObject({
    ...{ status: 'failed', safe_error: { code: 'internal' } },
    ...{ total: 2, succeeded: 0, failed: 0, skipped: 2 },
  });
});

test('a run whose write was refused does not succeed, even where its operation took no notice', async () => {
  await bench.worker([
    operation(async (context) => {
      await context.save((tx) => tx.query.execute('select 1 / 0')).catch(() => undefined);
    }),
  ]);
  const runId = await bench.insert();
  expect(await bench.settled(runId)).toMatchObject({ status: 'failed', safe_error: { code: 'internal' } });
});

test('a hundred wake-ups for one run execute it once', async () => {
  let executions = 0;
  const slow = operation(async (context) => {
    executions += 1;
    await context.step('wait', { idempotent: true }, () => delay(300, null));
  });
  const runId = await bench.insert();
  await Promise.all([bench.worker([slow]), bench.worker([slow])]);
  for (let n = 0; n < 100; n++) {
    // Without a key, so that each is a job of its own.
    await bench.sql`select graphile_worker.add_job('run', ${bench.sql.json({ workspaceId, runId })}::json)`;
  }
  await bench.settled(runId);
  await expect.poll(async () => (await bench.sql`select from graphile_worker.jobs`).length).toBe(0);
  expect(executions).toBe(1);
  expect(await bench.run(runId)).toMatchObject({ lease_epoch: 1, status: 'succeeded' });
});

test('runs end right while the backends of the worker are killed', async () => {
  await bench.worker(
    [
      operation(async (context) => {
        await context.items.declare([1, 2, 3, 4].map((n) => ({ key: `${n}`, label: `${n}` })));
        for (const { key } of context.items.open()) {
          await context.step(`item-${key}`, { idempotent: true }, async () => null);
          await context.items.settle(key, 'succeeded');
          await context.log('info', key);
        }
      }),
    ],
    { leaseMs: 5_000 },
  );
  let killing = true;
  const killer = (async () => {
    while (killing) {
      await bench.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name like 'signalbox worker%' and datname = current_database() order by random() limit 1`;
      await delay(30);
    }
  })();
  const ids: number[] = [];
  for (let n = 0; n < 60; n++) ids.push(await bench.insert());
  await delay(1_500);
  killing = false;
  await killer;
  for (const runId of ids) {
    const run = await bench.settled(runId);
    expect(run).toMatchObject({ status: 'succeeded', total: 4, succeeded: 4 });
    const events =
      await bench.sql`select seq, kind, data from run_events where run_id = ${runId} order by seq`;
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter((event) => event.kind === 'item').flatMap((event) => event.data.items)).toHaveLength(
      4,
    );
    const lines = await bench.sql`select text from run_logs where run_id = ${runId} order by seq`;
    expect(lines.flatMap((log) => log.text.split('\n'))).toEqual(['1', '2', '3', '4']);
  }
}, 60_000);

test('a run that goes back for a moment is taken up again, although its wake-up finds it still here', async () => {
  const runId = await bench.insert();
  let attempts = 0;
  // With such a lease no sweeper would come by in time.
  await bench.worker(
    [
      operation(async () => {
        attempts += 1;
        if (attempts <= 40) throw new Throttled(0);
      }),
    ],
    { leaseMs: 600_000 },
  );
  expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded', attempt: 1, lease_epoch: 41 });
});

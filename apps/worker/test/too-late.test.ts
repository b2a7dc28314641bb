import { openDatabase } from '@signalbox/db/client/database';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench, operation, untilStopped, workspaceId } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterEach(() => bench.stopWorkers());
afterAll(() => bench.close());

async function cancel(runId: number): Promise<void> {
  const db = await openDatabase({ url: bench.url, name: 'test', max: 1 });
  await db.inWorkspace(workspaceId, (tx) =>
    requestCancel(tx, { runId, actor: { kind: 'user', name: 'olga' } }),
  );
  await db.close();
}

/** Whether the audit says that the cancel came too late. */
async function toldTooLate(runId: number): Promise<boolean> {
  const entries =
    await bench.sql`select from audit_entries where run_id = ${runId} and action = 'run.cancel_too_late'`;
  return entries.length === 1;
}

test('a cancel that comes when all work is done ends the run as what it is, and is kept as too late', async () => {
  const runId = await bench.insert();
  await bench.worker([
    operation(async (context) => {
      await context.items.declare([{ key: 'a', label: 'A' }]);
      await context.items.settle('a', 'succeeded');
      const { signal } = context;
      const asked = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await cancel(runId);
      await asked;
      await context.log('info', 'All done.');
      await context.progress(1);
      await context.step('sum up', { idempotent: true }, async () => null);
      context.setOutput({ total: 1 });
    }),
  ]);
  expect(await bench.settled(runId)).toMatchObject({
    status: 'succeeded',
    succeeded: 1,
    output: { total: 1 },
  });
  expect(await toldTooLate(runId)).toBe(true);
});

test('a run that lost its worker with all work done and was then cancelled is ended by the next one as what it is', async () => {
  const runId = await bench.insert();
  const options = { leaseMs: 1_000 };
  const lost = await bench.worker(
    [
      operation(async (context) => {
        await context.items.declare([{ key: 'a', label: 'A' }]);
        await context.items.settle('a', 'succeeded');
        await untilStopped(context.signal);
      }),
    ],
    options,
  );
  await waitUntil('the result', async () => (await bench.run(runId)).succeeded === 1);
  lost.abandon();
  await cancel(runId);
  await lost.stop();
  await bench.worker([operation(async (context) => context.setOutput({ total: 1 }))], options);
  expect(await bench.settled(runId)).toMatchObject({
    status: 'succeeded',
    lease_epoch: 2,
    output: { total: 1 },
  });
  expect(await toldTooLate(runId)).toBe(true);
});

test('a run whose last words were refused while it ended does not succeed', async () => {
  await bench.sql.unsafe(`
    create function refuse_log() returns trigger language plpgsql as
      $$ begin perform pg_sleep(0.5); raise exception 'refused'; end $$;
    create trigger refuse_log before insert on run_logs for each row execute function refuse_log()`);
  const runId = await bench.insert();
  await bench.worker([
    operation(async (context) => {
      await context.log('info', 'This is refused in the background.');
      await waitUntil('the background write', async () => {
        const sleeping = await bench.sql`
          select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
        return sleeping.length > 0;
      });
    }),
  ]);
  expect(await bench.settled(runId)).toMatchObject({ status: 'failed', safe_error: { code: 'internal' } });
});

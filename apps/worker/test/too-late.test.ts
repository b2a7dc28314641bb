import { openDatabase } from '@signalbox/db/client/database';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench, operation, workspaceId } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterEach(() => bench.stopWorkers());
afterAll(() => bench.close());

test('a cancel that comes when all work is done ends the run as what it is, and is kept as too late', async () => {
  const runId = await bench.insert();
  await bench.worker([
    operation(async (context) => {
      await context.items.declare([{ key: 'a', label: 'A' }]);
      await context.items.settle('a', 'succeeded');
      const { signal } = context;
      const asked = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      const db = await openDatabase({ url: bench.url, name: 'test', max: 1 });
      await db.inWorkspace(workspaceId, (tx) =>
        requestCancel(tx, { runId, actor: { kind: 'user', name: 'olga' } }),
      );
      await db.close();
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
  const audit =
    await bench.sql`select from audit_entries where run_id = ${runId} and action = 'run.cancel_too_late'`;
  expect(audit).toHaveLength(1);
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

import { fileURLToPath } from 'node:url';
import postgres, { type Sql } from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../src/postgres/test-database.ts';
import { startProcess, type TestProcess } from '../../src/process/start-process.ts';
import { insertRun } from '../../src/run/insert-run.ts';
import { seedWorkspace } from '../../src/run/seed.ts';
import { waitUntil } from '../../src/wait-until.ts';
import { type Ledger, startLedger } from '../../src/worker/ledger.ts';

const script = fileURLToPath(new URL('../../src/worker/ledger-worker.ts', import.meta.url));
const leaseMs = 2_000;
/** How long a takeover may take: the lease, and the sweeps that find it. */
const takeoverMs = leaseMs + 15_000;

let database: TestDatabase;
let sql: Sql;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
  await seedWorkspace(database.url);
});
beforeEach(async () => {
  ledger = await startLedger();
});
afterEach(() => ledger.close());
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const start = (more: Record<string, string> = {}): Promise<TestProcess> => {
  const env = { DATABASE_URL: database.url, LEDGER_URL: ledger.url, LEASE_MS: String(leaseMs), ...more };
  return startProcess({ script, env, ready: /worker ready/ });
};
const insert = (idempotent: boolean, scope: string): Promise<number> =>
  insertRun(sql, 'acme', { operation: 'ledger', input: { idempotent }, scopes: [scope] });
const runOf = async (runId: number) => (await sql`select * from runs where id = ${runId}`)[0] ?? {};
const steps = () => ledger.entries.map((entry) => entry.step);
const ended = (runId: number) =>
  waitUntil(`run ${runId} to end`, () => runOf(runId), {
    until: (run) => run.finished_at !== null,
    timeoutMs: takeoverMs,
  });

/** Every row of a run, to compare before and after. */
const everything = async (runId: number): Promise<unknown> => ({
  runs: await sql`select * from runs where id = ${runId}`,
  steps: await sql`select * from run_steps where run_id = ${runId} order by name`,
  events: await sql`select * from run_events where run_id = ${runId} order by seq`,
  claims: await sql`select * from scope_claims where run_id = ${runId}`,
  audit: await sql`select * from audit_entries where run_id = ${runId} order by id`,
});

test('a run whose worker is killed mid-step is taken over in time, and no effect is applied under a second key', async () => {
  const first = await start();
  ledger.hold('two');
  const runId = await insert(true, 'killed');
  await waitUntil('the second step', () => steps().includes('two'));
  const second = await start();
  first.kill('SIGKILL');
  ledger.release('two');
  const run = await ended(runId);
  expect(run).toMatchObject({ status: 'succeeded', lease_epoch: 2 });
  expect(steps()).toEqual(['one', 'two', 'two', 'three']);
  expect(new Set(ledger.entries.map((entry) => entry.key)).size).toBe(3);
  expect(ledger.entries.map((entry) => entry.pid === second.pid)).toEqual([false, false, true, true]);
  expect(await sql`select from scope_claims where run_id = ${runId}`).toHaveLength(0);
});

test('a worker that was stopped past its lease and goes on writes nothing, while the new owner works', async () => {
  const zombie = await start();
  ledger.hold('two');
  const runId = await insert(true, 'stopped');
  await waitUntil('the second step', () => steps().includes('two'));
  zombie.kill('SIGSTOP');
  const owner = await start();
  await waitUntil('the takeover', () => steps().filter((step) => step === 'two').length === 2, {
    timeoutMs: takeoverMs,
  });
  // The new owner stands in the third step, so the run is `running` again when the old one wakes: only the
  // epoch tells them apart. The old one gets its answer and would now record its step.
  ledger.hold('three');
  ledger.release('two');
  await waitUntil('the third step', () => steps().includes('three'));
  await waitUntil(
    'the record',
    async () => (await sql`select from run_steps where run_id = ${runId}`).length === 3,
  );
  const before = await withoutLease(runId);
  zombie.kill('SIGCONT');
  await zombie.waitForLine(/let go of a run/);
  expect(await withoutLease(runId)).toEqual(before);
  ledger.release('three');
  expect(await ended(runId)).toMatchObject({ status: 'succeeded', lease_epoch: 2 });
  const results = await sql`select result from run_steps where run_id = ${runId} order by position`;
  expect(results.map((step) => step.result)).toEqual([zombie.pid, owner.pid, owner.pid]);
});

/** The new owner goes on with its heartbeats, so the expiry of the lease may change. */
async function withoutLease(runId: number): Promise<unknown> {
  const { runs, ...rest } = (await everything(runId)) as { runs: Record<string, unknown>[] };
  return { ...rest, runs: runs.map((run) => ({ ...run, lease_expires_at: null })) };
}

test('an effect that was asked for by a worker that then died is not asked for again where that is not safe', async () => {
  const dying = await start({ FAILPOINT: 'after_effect:two' });
  const runId = await insert(false, 'unknown');
  expect(await dying.exited).toMatchObject({ signal: 'SIGKILL' });
  await start();
  const run = await ended(runId);
  expect(run).toMatchObject({ status: 'failed', safe_error: { code: 'outcome_unknown' } });
  expect(steps()).toEqual(['one', 'two']);
  expect(await sql`select from scope_claims where run_id = ${runId}`).toHaveLength(0);
});

test.each([
  'after_claim',
  'after_intent:two',
  'after_effect:two',
  'after_record:two',
  'before_finish',
  'after_finish',
])('a worker that dies %s leaves a run that ends right, each effect under one key', async (failpoint) => {
  const dying = await start({ FAILPOINT: failpoint });
  const runId = await insert(true, `failpoint-${failpoint}`);
  expect(await dying.exited).toMatchObject({ signal: 'SIGKILL' });
  await start();
  expect(await ended(runId)).toMatchObject({ status: 'succeeded' });
  const keys = new Map(ledger.entries.map((entry) => [entry.step, entry.key]));
  expect(new Set(ledger.entries.map((entry) => entry.key))).toEqual(new Set(keys.values()));
  const repeated = failpoint === 'after_effect:two' ? 4 : 3;
  expect(ledger.entries).toHaveLength(repeated);
  const audit = await sql`select action from audit_entries where run_id = ${runId}`;
  expect(audit).toEqual([{ action: 'run.finished' }]);
});

test('a worker that is told to stop hands its run over, ends by itself, and another goes on at once', async () => {
  const first = await start();
  ledger.hold('two');
  const runId = await insert(true, 'deploy');
  await waitUntil('the second step', () => steps().includes('two'));
  await start();
  first.kill('SIGTERM');
  expect(await first.exited).toEqual({ code: 0, signal: null });
  ledger.release('two');
  expect(await ended(runId)).toMatchObject({ status: 'succeeded', attempt: 1, lease_epoch: 2 });
  // No lease had to expire for that.
  const states =
    await sql`select data from run_events where run_id = ${runId} and kind = 'state' order by seq`;
  expect(states.map(({ data }) => data.to)).toEqual(['queued', 'running', 'queued', 'running', 'succeeded']);
  expect(steps()).toEqual(['one', 'two', 'two', 'three']);
});

test('the worker program starts, says so, and stops cleanly', async () => {
  const main = fileURLToPath(import.meta.resolve('@signalbox/worker/main'));
  const worker = await startProcess({
    script: main,
    env: { DATABASE_URL: database.url, SIGNALBOX_KEYS: `test:${Buffer.alloc(32).toString('base64')}` },
    ready: /worker ready/,
  });
  worker.kill('SIGTERM');
  expect(await worker.exited).toEqual({ code: 0, signal: null });
  expect(worker.lines.some((line) => line.includes('"stopped"'))).toBe(true);
});

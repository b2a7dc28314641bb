import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';
import { type BatchBench, makeBatchBench, serverBatch } from './batch-bench.ts';

let gate: GateDatabase;
let bench: BatchBench;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makeBatchBench(gate);
});
afterAll(() => gate.close());

test('of batches that race for one infra one is admitted, and one Idempotency-Key makes one batch', async () => {
  const racing = await Promise.all(
    Array.from({ length: 8 }, (_, index) => bench.create([[`s${index}`]], { name: 'raced' })),
  );
  expect(racing.filter(({ kind }) => kind === 'made')).toHaveLength(1);
  expect(racing.filter(({ kind }) => kind === 'refused')).toHaveLength(7);
  const [winner] = racing.flatMap((each) => (each.kind === 'made' ? [each.made.uid] : []));
  await bench.cancel(String(winner));
  const keyed = await Promise.all(
    Array.from({ length: 20 }, () => bench.create([['k']], { name: 'keyed', key: 'one' })),
  );
  const uids = keyed.map((each) => (each.kind === 'made' ? each.made.uid : each.kind));
  expect(new Set(uids).size).toBe(1);
  const [first] = uids;
  // The first answer again, also after its state has changed.
  await bench.advance(String(first));
  const later = await bench.create([['k']], { name: 'keyed', key: 'one' });
  expect(later).toEqual(keyed[0]);
  expect(await bench.create([['k']], { name: 'keyed', key: 'one', body: 'other' })).toEqual({
    kind: 'key_reused',
  });
  const made =
    await gate.admin`select from plans where workspace_id = ${bench.workspace.id} and name = 'keyed'`;
  expect(made).toHaveLength(1);
});

test('any number of advances at once start each operation once and never more than the limit', async () => {
  const uid = await bench.admitted(
    Array.from({ length: 12 }, (_, index) => [`n${index}`] as const),
    { parallelLimit: 4 },
  );
  for (let round = 0; round < 3; round++) {
    await Promise.all(Array.from({ length: 5 }, () => bench.advance(uid)));
    const active = (await bench.batch(uid)).items.filter(({ status }) => status === 'admitted');
    expect(active).toHaveLength(4);
    // The ends race with each other and with the advances.
    await Promise.all(active.map(({ key }) => bench.end(uid, key)));
  }
  expect(await bench.batch(uid)).toMatchObject({ status: 'completed' });
  const [runs] =
    await gate.admin`select count(*)::int as runs from runs where workspace_id = ${bench.workspace.id}`;
  expect(runs).toEqual({ runs: 12 });
  // Measured from what was recorded: how many had begun and not ended at the moment each one began.
  const [most] =
    await gate.admin`select max((select count(*) from runs o where o.workspace_id = r.workspace_id
      and o.created_at <= r.created_at and o.finished_at > r.created_at))::int as most
    from runs r where r.workspace_id = ${bench.workspace.id}`;
  expect(most?.most).toBeLessThanOrEqual(4);
});

test('a cancel that races with advances leaves no run behind that it does not know of', async () => {
  for (let round = 0; round < 8; round++) {
    const uid = await bench.admitted([['a'], ['b'], ['c'], ['d']], { name: `raced-${round}` });
    await Promise.all([bench.advance(uid), bench.cancel(uid), bench.advance(uid)]);
    expect(await bench.batch(uid)).toMatchObject({ status: 'aborted', counts: { cancelled: 4 } });
    const left = await gate.admin`select status from runs
      where context ->> 'batchId' = ${uid} and status <> 'cancelled'`;
    expect([...left]).toEqual([]);
  }
});

test('the end of a run takes the lock of its plan before that of any job, so that two ends never wait for each other', async () => {
  // `a2` waits for the server of `a`: the end of `a` frees what the plan waits for and is waited for by it as well.
  const a2 = { ...serverBatch(['a']), id: 'a2' };
  const uid = await bench.admitted([['a'], a2]);
  await bench.advance(uid);
  const [plan] = await gate.admin`select id from plans where uid = ${uid}`;
  const job = `plan:${plan?.id}`;
  const held = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const holding = gate.admin.begin(async (tx) => {
    await tx`select from plans where uid = ${uid} for update`;
    held.resolve();
    await letGo.promise;
  });
  await held.promise;
  const ending = bench.end(uid, 'a');
  await expect
    .poll(async () => (await gate.admin`select from pg_locks where not granted`).length)
    .toBeGreaterThan(0);
  const free = await gate.admin`
    select key from graphile_worker._private_jobs where key = ${job} for update skip locked`;
  letGo.resolve();
  await Promise.all([holding, ending]);
  expect(free).toHaveLength(1);
  expect(await bench.stands(uid)).toEqual(['a done', 'a2 admitted']);
});

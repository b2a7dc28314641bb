import { type BulkWish, type CreatedBulk, createBulk } from '@signalbox/db/commands/plan/create-bulk';
import { listPlanItems } from '@signalbox/db/queries/plan/plan-items';
import { getPlan, listPlans } from '@signalbox/db/queries/plan/plans';
import type { Principal } from '@signalbox/domain/access/principal';
import { makeTenant } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';
import { makePlanBench, type PlanBench, planOf, wish } from './plan-bench.ts';

let gate: GateDatabase;
let bench: PlanBench;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makePlanBench(gate);
});
afterAll(() => gate.close());

test('a selection of none, of an unknown run or of more than a thousand makes nothing', async () => {
  const { workspace, operator, tenant, ended } = bench;
  const runs = await ended(tenant.tenantId, ['a']);
  const kinds = async (more: Partial<BulkWish>) =>
    (await createBulk(gate.db, operator, wish(runs, more))).kind;
  const filtered = (tag: string) => ({ selection: { kind: 'filter', filter: { tag } } as const });
  expect(await kinds(filtered('nobody'))).toBe('empty');
  expect(await kinds({ selection: { kind: 'ids', runIds: [...runs, 2_000_000_000] } })).toBe('unknown_run');
  await gate.admin`
    insert into runs (workspace_id, uid, operation, tenant_id, status, input, event_seq, initiator_kind, initiator_name,
      codename, tags, finished_at)
    select ${workspace.id}, gen_random_uuid(), 'snapshot_capture', ${tenant.tenantId}, 'failed', '{}', 0, 'user', 'x', 'x',
      array['many'], now()
    from generate_series(1, 1001)`;
  expect(await kinds(filtered('many'))).toBe('too_many');
  expect(await gate.admin`select 1 from plans where workspace_id = ${workspace.id}`).toHaveLength(0);
  await gate.admin`update runs set tags = '{}' where workspace_id = ${workspace.id} and id = (select max(id) from runs)`;
  expect(await kinds(filtered('many'))).toBe('created');
});

test('the same key and body make one bulk action with one answer; another body is refused', async () => {
  const { workspace, operator, tenant, ended, advance } = bench;
  const runs = await ended(tenant.tenantId, ['a', 'b']);
  const keyed = (bodyHash: string) => ({ idempotency: { route: 'createBulkAction', key: 'k', bodyHash } });
  const twins = await Promise.all(
    Array.from({ length: 5 }, () => createBulk(gate.db, operator, wish(runs, keyed('h')))),
  );
  expect(new Set(twins.map((twin) => planOf(twin).id)).size).toBe(1);
  const first = planOf(twins[0] as CreatedBulk);
  await advance(first.id);
  expect(await createBulk(gate.db, operator, wish(runs, keyed('h')))).toEqual({
    kind: 'created',
    plan: first,
  });
  expect(await createBulk(gate.db, operator, wish(runs, keyed('other')))).toEqual({ kind: 'key_reused' });
  expect(await gate.admin`select 1 from plans where workspace_id = ${workspace.id}`).toHaveLength(1);
});

test('a member sees only the items of their tenants, counts included, and no bulk action without any', async () => {
  const { workspace, operator, tenant, ended, make } = bench;
  const other = await makeTenant(gate.db, workspace.id);
  const [mine] = await ended(tenant.tenantId, ['a']);
  const [theirs] = await ended(other.tenantId, ['a']);
  const both = await make([mine ?? 0, theirs ?? 0]);
  const hidden = await make([theirs ?? 0]);
  const narrow: Principal = { ...operator, tenants: [tenant.tenantId] };
  await gate.db.inWorkspace(workspace.id, async (tx) => {
    expect(await getPlan(tx, narrow, hidden)).toBeNull();
    expect(await getPlan(tx, narrow, both)).toMatchObject({ counts: { waiting: 1 } });
    const listed = await listPlanItems(tx, narrow, { planId: both, filter: {}, after: 0, limit: 10 });
    expect(listed.map(({ source }) => source.id)).toEqual([mine]);
    expect((await listPlans(tx, narrow, { cursor: null, limit: 10 })).map(({ id }) => id)).toEqual([both]);
  });
});

test('which runs were chosen is told to a member of some tenants only as far as they may see them', async () => {
  const { workspace, operator, tenant, ended, make } = bench;
  const other = await makeTenant(gate.db, workspace.id);
  const [mine] = await ended(tenant.tenantId, ['a']);
  const [theirs] = await ended(other.tenantId, ['a']);
  const both = await make([mine ?? 0, theirs ?? 0]);
  const narrow: Principal = { ...operator, tenants: [tenant.tenantId] };
  await gate.db.inWorkspace(workspace.id, async (tx) => {
    expect((await getPlan(tx, operator, both))?.selection).toEqual({ runIds: [mine, theirs] });
    expect((await getPlan(tx, narrow, both))?.selection).toEqual({ runIds: [mine] });
    const [listed] = await listPlans(tx, narrow, { cursor: null, limit: 10 });
    expect(listed?.selection).toEqual({ runIds: [mine] });
  });
});

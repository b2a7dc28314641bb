import { createBulk } from '@signalbox/db/commands/plan/create-bulk';
import { keyAlone } from '@signalbox/domain/access/api-key';
import type { Principal } from '@signalbox/domain/access/principal';
import { makeApiKey, type TestApiKey } from '@signalbox/testing/fixtures/api-key';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';
import { makePlanBench, type PlanBench, planOf, wish } from './plan-bench.ts';

let gate: GateDatabase;
let bench: PlanBench;
let key: TestApiKey;
let alone: Principal;
let acting: Principal;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makePlanBench(gate);
  key = await makeApiKey(gate.db, bench.workspace.members.owner, {
    capabilities: ['run.read', 'run.replay', 'run.start.snapshot_capture', 'run.cancel'],
    mayActFor: true,
  });
  alone = keyAlone(bench.workspace.id, key.facts);
  acting = { ...bench.operator, key: key.facts };
});
afterAll(() => gate.close());

/** Asks for a replay of one ended run as this caller. */
async function ask(by: Principal, policy = 'a'): Promise<number> {
  const runs = await bench.ended(bench.tenant.tenantId, [policy]);
  return planOf(await createBulk(gate.db, by, wish(runs))).id;
}
async function outcome(planId: number): Promise<[string, string | null]> {
  await bench.advance(planId);
  const [item] = await bench.items(planId);
  if (item === undefined) throw new Error('The plan has no item.');
  return [item.status, item.reason ?? item.outcome];
}
const change = (set: ReturnType<GateDatabase['admin']>) =>
  gate.admin`update api_keys set ${set} where id = ${key.id}`;

describe('work that a key asked for', () => {
  it('is done in its name when its turn comes', async () => {
    expect(await outcome(await ask(alone))).toEqual(['done', 'accepted']);
    const [run] = await gate.admin`select initiator_kind, initiator_name, initiator_user_id, initiator_key_id
      from runs where workspace_id = ${bench.workspace.id} and link_kind = 'replay'`;
    expect(run).toEqual({
      initiator_kind: 'api_key',
      initiator_name: key.name,
      initiator_user_id: null,
      initiator_key_id: key.id,
    });
    const [entry] = await gate.admin`select actor_kind, actor_name, on_behalf_of from audit_entries
      where workspace_id = ${bench.workspace.id} and action = 'run.created' order by id desc limit 1`;
    expect(entry).toEqual({ actor_kind: 'api_key', actor_name: key.name, on_behalf_of: null });
  });

  it('fails with the reason once the key is revoked', async () => {
    const plan = await ask(alone);
    await change(gate.admin`revoked_at = now()`);
    expect(await outcome(plan)).toEqual(['failed', 'key_revoked']);
    const [item] = await bench.items(plan);
    expect(item?.message).toBe('The API key that asked for this has been revoked or has expired.');
  });

  it('fails with the reason once the key has expired, and not before', async () => {
    const plan = await ask(alone);
    await change(gate.admin`expires_at = now() + interval '1 hour'`);
    expect(await outcome(plan)).toEqual(['done', 'accepted']);
    const [run] = await bench.items(plan);
    await bench.end(run?.run?.id ?? 0);
    const late = await ask(alone, 'b');
    await change(gate.admin`expires_at = now()`);
    expect(await outcome(late)).toEqual(['failed', 'key_revoked']);
  });

  it('fails once the key lacks the capability, and for a key that is gone altogether', async () => {
    const [narrowed, gone] = [await ask(alone), await ask(alone, 'b')];
    await change(gate.admin`capabilities = array['run.read']`);
    expect(await outcome(narrowed)).toEqual(['failed', 'capability_missing']);
    await gate.admin`delete from api_keys where id = ${key.id}`;
    expect(await outcome(gone)).toEqual(['failed', 'key_revoked']);
  });

  it('is stopped by a cancel in its own name too', async () => {
    const run = await bench.start(bench.tenant.tenantId, 'c');
    const asked = wish([run], { action: 'cancel', reason: 'moving' });
    const plan = planOf(await createBulk(gate.db, alone, asked)).id;
    expect(await outcome(plan)).toEqual(['done', 'cancelled']);
    const [row] = await gate.admin`select cancel_by from runs where id = ${run}`;
    expect(row).toEqual({ cancel_by: key.name });
  });
});

describe('work that a key asked for in the name of a member', () => {
  const member = () =>
    gate.admin`workspace_id = ${bench.workspace.id} and user_id = ${bench.operator.userId}`;

  it('is the member’s, with the key beside them in the audit', async () => {
    expect(await outcome(await ask(acting))).toEqual(['done', 'accepted']);
    const [run] = await gate.admin`select initiator_kind, initiator_user_id, initiator_key_id
      from runs where workspace_id = ${bench.workspace.id} and link_kind = 'replay'`;
    expect(run).toMatchObject({ initiator_kind: 'user', initiator_key_id: key.id });
    const entries = await gate.admin`select action, actor_name, on_behalf_of from audit_entries
      where workspace_id = ${bench.workspace.id} and actor_kind = 'api_key' order by id`;
    expect([...entries]).toEqual([
      { action: 'bulk_action.created', actor_name: key.name, on_behalf_of: bench.operator.username },
      { action: 'run.created', actor_name: key.name, on_behalf_of: bench.operator.username },
    ]);
  });

  it('fails when the member is removed, may it no more, or no longer sees the tenant', async () => {
    const [removed, viewing, lost] = [await ask(acting), await ask(acting, 'b'), await ask(acting, 'c')];
    await gate.admin`update members set all_tenants = false where ${member()}`;
    expect(await outcome(lost)).toEqual(['failed', 'entitlement_missing']);
    await gate.admin`update members set all_tenants = true, role = 'viewer' where ${member()}`;
    expect(await outcome(viewing)).toEqual(['failed', 'capability_missing']);
    await gate.admin`update members set role = 'operator', removed_at = now() where ${member()}`;
    expect(await outcome(removed)).toEqual(['failed', 'member_removed']);
  });

  it('fails when the key is revoked, though the member could still do it', async () => {
    const plan = await ask(acting);
    await change(gate.admin`revoked_at = now()`);
    expect(await outcome(plan)).toEqual(['failed', 'key_revoked']);
  });
});

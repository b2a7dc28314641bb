import { createHash } from 'node:crypto';
import { type StartResult, startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { Principal } from '@signalbox/domain/access/principal';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeTenant, makeWorkspace, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, outcomeOf, runIdOf, traces } from './gate-database.ts';

let gate: GateDatabase;
let workspace: TestWorkspace;
let tenantId: number;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  workspace = await makeWorkspace(gate.db);
  tenantId = (await makeTenant(gate.db, workspace.id)).tenantId;
});
afterAll(() => gate.close());

interface Keyed {
  readonly key: string;
  readonly body?: string;
  readonly route?: string;
  readonly principal?: Principal;
  readonly input?: StartRequest['input'];
}

function keyed({ key, body = '{}', route = 'POST /v1/runs', principal, input = {} }: Keyed): StartRequest {
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const what = { operation: 'snapshot_capture', tenantId } as const;
  return startRequest(principal ?? workspace.members.operator, what, {
    input,
    idempotency: { route, key, bodyHash },
  });
}

async function start(request: StartRequest): Promise<StartResult> {
  const [result] = await startRuns(gate.db, request.principal.workspaceId, [request]);
  if (result === undefined) throw new Error('The gate gave no answer.');
  return result;
}

/** Ends a run by hand, so that a start like it would be accepted again. */
async function endRun(id: number): Promise<void> {
  await gate.admin`delete from scope_claims where run_id = ${id}`;
  await gate.admin`update runs set status = 'cancelled', finished_at = now() where id = ${id}`;
}

test('the same key and body answers the first answer again, also when the run has long moved on', async () => {
  const first = await start(keyed({ key: 'once' }));
  await endRun(runIdOf(first));
  const second = await start(keyed({ key: 'once' }));
  expect(JSON.stringify(second, sorted)).toBe(JSON.stringify(first, sorted));
  expect(second).toEqual(first);
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 1, answers: 1 });
});

test('the same key with another body is refused and starts nothing', async () => {
  await start(keyed({ key: 'once' }));
  const other = await start(keyed({ key: 'once', body: '{"itemIds":["a"]}', input: { policyIds: ['a'] } }));
  expect(other).toEqual({ kind: 'key_reused' });
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 1, answers: 1 });
});

test('twins that arrive together make one run and get one answer', async () => {
  const twins = await Promise.all(Array.from({ length: 10 }, () => start(keyed({ key: 'twin' }))));
  expect(new Set(twins.map(runIdOf)).size).toBe(1);
  expect(new Set(twins.map(outcomeOf))).toEqual(new Set(['accepted']));
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 1, answers: 1, jobs: 1 });
});

test('twins in one list make one run and get one answer', async () => {
  const results = await startRuns(gate.db, workspace.id, [
    keyed({ key: 'twin' }),
    keyed({ key: 'twin' }),
    keyed({ key: 'twin', body: 'other', input: { policyIds: ['a'] } }),
  ]);
  expect(results.map(outcomeOf)).toEqual(['accepted', 'accepted', 'key_reused']);
  expect(results[1]).toEqual(results[0]);
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 1, answers: 1, jobs: 1 });
});

test('rivals for one key with different bodies make one run, and the others are told that the key is taken', async () => {
  const rivals = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      start(keyed({ key: 'rival', body: `${index}`, input: { policyIds: [`${index}`] } })),
    ),
  );
  const outcomes = rivals.map(outcomeOf);
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'key_reused')).toHaveLength(5);
});

test('rivals for one key that exclude each other by nothing else still make one run', async () => {
  const tenants = await Promise.all(Array.from({ length: 6 }, () => makeTenant(gate.db, workspace.id)));
  const rivals = await Promise.all(
    tenants.map((tenant) =>
      start({ ...keyed({ key: 'rival', body: tenant.externalId }), tenantId: tenant.tenantId }),
    ),
  );
  const outcomes = rivals.map(outcomeOf);
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'key_reused')).toHaveLength(5);
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 1, claims: 1, answers: 1, jobs: 1 });
});

test('while the first request under a key is still in flight, the second is told so after a while and starts nothing', async () => {
  const { idempotency, principal } = keyed({ key: 'slow' });
  let second: StartResult | undefined;
  await gate.admin.begin(async (tx) => {
    await tx`
      insert into idempotency_keys (workspace_id, principal, route, key, body_hash, answer)
      values (${workspace.id}, ${`user:${principal.userId}`}, ${idempotency?.route ?? ''}, 'slow', 'h', '{}')`;
    second = await start(keyed({ key: 'slow' }));
  });
  expect(second).toEqual({ kind: 'key_in_flight' });
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 0, claims: 0, jobs: 0 });
});

test('a key whose time is over is free again', async () => {
  const first = await start(keyed({ key: 'daily' }));
  await endRun(runIdOf(first));
  await gate.admin`
    update idempotency_keys set expires_at = now() - interval '1 second' where workspace_id = ${workspace.id}`;
  const second = await start(keyed({ key: 'daily', body: 'another body' }));
  expect(outcomeOf(second)).toBe('accepted');
  expect(runIdOf(second)).not.toBe(runIdOf(first));
  const third = await start(keyed({ key: 'daily', body: 'another body' }));
  expect(third).toEqual(second);
});

test('a refusal is not kept, so the same key may succeed later', async () => {
  const holder = await start(keyed({ key: 'holder', input: { policyIds: ['a'] } }));
  expect(outcomeOf(await start(keyed({ key: 'patient' })))).toBe('scope_busy');
  await endRun(runIdOf(holder));
  expect(outcomeOf(await start(keyed({ key: 'patient' })))).toBe('accepted');
});

test('a key belongs to its principal, route and workspace', async () => {
  const first = await start(keyed({ key: 'shared' }));
  await endRun(runIdOf(first));
  const { manager } = workspace.members;
  const byAnother = await start(keyed({ key: 'shared', principal: manager, body: 'x' }));
  expect(outcomeOf(byAnother)).toBe('accepted');
  await endRun(runIdOf(byAnother));
  const elsewhere = await start(keyed({ key: 'shared', route: 'POST /admin', body: 'y' }));
  expect(outcomeOf(elsewhere)).toBe('accepted');

  const { operator } = workspace.members;
  const home = workspace.id;
  workspace = await makeWorkspace(gate.db);
  tenantId = (await makeTenant(gate.db, workspace.id)).tenantId;
  const abroad = await start(keyed({ key: 'shared', principal: { ...operator, workspaceId: workspace.id } }));
  expect(outcomeOf(abroad)).toBe('accepted');
  expect(runIdOf(abroad)).not.toBe(runIdOf(first));
  expect(await traces(gate.admin, home)).toMatchObject({ answers: 3 });
});

test('a kept answer is not given to somebody who may no longer see the tenant or start', async () => {
  await start(keyed({ key: 'mine' }));
  const { operator } = workspace.members;
  expect(outcomeOf(await start(keyed({ key: 'mine', principal: { ...operator, tenants: [] } })))).toBe(
    'not_found',
  );
  expect(outcomeOf(await start(keyed({ key: 'mine', principal: { ...operator, role: 'viewer' } })))).toBe(
    'forbidden',
  );
});

/** Objects with their keys in order: what is compared is the content as text, not the order of columns. */
function sorted(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

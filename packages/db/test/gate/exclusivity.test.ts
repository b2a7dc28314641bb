import { previewStart, type StartResult, startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { OperationName } from '@signalbox/domain/operation/registry';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import {
  makeTenant,
  makeWorkspace,
  type TestTenant,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, outcomeOf, runIdOf, traces } from './gate-database.ts';

let gate: GateDatabase;
let workspace: TestWorkspace;

beforeAll(async () => {
  gate = await openGateDatabase();
});
afterAll(() => gate.close());

async function start(tenant: TestTenant, operation: OperationName, input = {}): Promise<StartResult> {
  const request = startRequest(
    workspace.members.operator,
    { operation, tenantId: tenant.tenantId },
    { input },
  );
  const [result] = await startRuns(gate.db, workspace.id, [request]);
  if (result === undefined) throw new Error('The gate gave no answer.');
  return result;
}

test('a hundred identical starts at once make one run, and the ninety-nine others are told its id', async () => {
  workspace = await makeWorkspace(gate.db);
  const tenant = await makeTenant(gate.db, workspace.id);
  const results = await Promise.all(Array.from({ length: 100 }, () => start(tenant, 'snapshot_capture')));
  const outcomes = results.map(outcomeOf);
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'deduped')).toHaveLength(99);
  expect(new Set(results.map(runIdOf)).size).toBe(1);
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 1, claims: 1, events: 1, jobs: 1 });
});

test('the same policies and kinds in another order are the same work, and the run keeps the order it was given', async () => {
  workspace = await makeWorkspace(gate.db);
  const tenant = await makeTenant(gate.db, workspace.id);
  const input = { policyIds: ['b', 'a', 'c'], kinds: ['deviceConfiguration', 'configurationPolicy'] };
  const turned = { kinds: [...input.kinds].reverse(), policyIds: ['c', 'b', 'a'] };
  const first = await start(tenant, 'snapshot_capture', input);
  const second = await start(tenant, 'snapshot_capture', turned);
  expect(outcomeOf(second)).toBe('deduped');
  expect(runIdOf(second)).toBe(runIdOf(first));
  const [run] = await gate.admin`select input from runs where id = ${runIdOf(first)}`;
  expect(run?.input).toEqual(input);
  expect(outcomeOf(await start(tenant, 'snapshot_capture', { ...input, policyIds: ['a', 'b'] }))).toBe(
    'scope_busy',
  );
});

test('two hundred racing starts over ten scopes leave one holder per scope, and every refusal names it', async () => {
  workspace = await makeWorkspace(gate.db);
  const tenants: TestTenant[] = [];
  for (let index = 0; index < 10; index++) tenants.push(await makeTenant(gate.db, workspace.id));
  const asked = Array.from({ length: 200 }, (_, index) => ({
    tenant: tenants[index % 10] as TestTenant,
    operation: index % 3 === 0 ? ('provider.connection.check' as const) : ('snapshot_capture' as const),
    // Twenty starts per scope: some equal, most different work on the same scope.
    input: index % 3 === 0 ? {} : { policyIds: [`policy-${index % 7}`] },
  }));
  const results = await Promise.all(
    asked.map(({ tenant, operation, input }) => start(tenant, operation, input)),
  );

  const claims = await gate.admin<{ scope_key: string; run_id: string }[]>`
    select scope_key, run_id from scope_claims where workspace_id = ${workspace.id}`;
  const holderOf = new Map(claims.map((claim) => [claim.scope_key, Number(claim.run_id)]));
  expect([...holderOf.keys()].sort()).toEqual(
    tenants.map(({ tenantId, connectionId }) => `t:${tenantId}:c:${connectionId}`).sort(),
  );
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 10, claims: 10, jobs: 10 });
  for (const [index, result] of results.entries()) {
    const tenant = asked[index]?.tenant;
    const scopeKey = `t:${tenant?.tenantId}:c:${tenant?.connectionId}`;
    const holder = holderOf.get(scopeKey);
    if (result.kind !== 'decided') throw new Error(`Start ${index} was not decided: ${result.kind}`);
    const { verdict } = result;
    if (verdict.kind === 'scope_busy') {
      expect(verdict.holder).toMatchObject({ scopeKey, runId: holder });
      expect(verdict.holder.since).toBeInstanceOf(Date);
    } else {
      expect(['accepted', 'deduped']).toContain(verdict.kind);
      expect(runIdOf(result)).toBe(holder);
    }
  }
  expect(results.map(outcomeOf).filter((outcome) => outcome === 'accepted')).toHaveLength(10);
});

test('a start behind another one of its list is told the truth about that one', async () => {
  workspace = await makeWorkspace(gate.db);
  const { operator } = workspace.members;
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const capture = (input = {}) =>
    startRequest(operator, { operation: 'snapshot_capture', tenantId }, { input });
  const results = await startRuns(gate.db, workspace.id, [
    capture(),
    capture({ policyIds: ['a'] }),
    capture(),
    startRequest(operator, { operation: 'provider.connection.check', tenantId }),
  ]);
  expect(results.map(outcomeOf)).toEqual(['accepted', 'scope_busy', 'deduped', 'scope_busy']);
  const runId = runIdOf(results[0]);
  expect(runIdOf(results[2])).toBe(runId);
  for (const result of [results[1], results[3]]) {
    if (result?.kind !== 'decided' || result.verdict.kind !== 'scope_busy') throw new Error('not refused');
    expect(result.verdict.holder).toMatchObject({ runId, operation: 'snapshot_capture' });
  }
  // Asked one by one now, each gets the same answer as in the list.
  const again = await Promise.all(
    [capture({ policyIds: ['a'] }), capture()].map((ask) => previewStart(gate.db, ask)),
  );
  expect(again.map(outcomeOf)).toEqual(['scope_busy', 'deduped']);
  expect(runIdOf(again[1])).toBe(runId);
});

test('racing lists that overlap in every order leave one holder per scope and fail nobody', async () => {
  workspace = await makeWorkspace(gate.db);
  const { operator } = workspace.members;
  const tenants = await Promise.all(Array.from({ length: 5 }, () => makeTenant(gate.db, workspace.id)));
  const lists = Array.from({ length: 20 }, (_, list) => {
    const order = tenants.map((_, index) => tenants[(index * (1 + (list % 4)) + list) % 5] as TestTenant);
    return order.map(({ tenantId }) =>
      startRequest(
        operator,
        { operation: 'snapshot_capture', tenantId },
        { input: { policyIds: [`${list % 3}`] } },
      ),
    );
  });
  const results = await Promise.all(lists.map((list) => startRuns(gate.db, workspace.id, list)));
  expect(
    results
      .flat()
      .map(outcomeOf)
      .filter((outcome) => outcome === 'accepted'),
  ).toHaveLength(5);
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 5, claims: 5, events: 5, jobs: 5 });
});

test('the same work in two workspaces is two runs', async () => {
  const made = [];
  for (let index = 0; index < 2; index++) {
    workspace = await makeWorkspace(gate.db);
    const tenant = await makeTenant(gate.db, workspace.id, { externalId: 'contoso' });
    made.push(outcomeOf(await start(tenant, 'snapshot_capture')));
  }
  expect(made).toEqual(['accepted', 'accepted']);
});

import { previewStart, type StartResult, startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { OperationName } from '@signalbox/domain/operation/registry';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import {
  type ConnectionWishes,
  makeConnection,
  makeTenant,
  makeWorkspace,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, outcomeOf, traces } from './gate-database.ts';

let gate: GateDatabase;
let workspace: TestWorkspace;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  workspace = await makeWorkspace(gate.db);
});
afterAll(() => gate.close());

type Sql = GateDatabase['admin'];

interface Case {
  readonly reason: string;
  readonly operation?: OperationName;
  readonly wishes?: ConnectionWishes;
  /** Brings the connection into the state that is refused. */
  readonly arrange?: (sql: Sql, connectionId: number) => Promise<unknown>;
}

const cases: readonly Case[] = [
  {
    reason: 'provider_connection_missing',
    arrange: (sql, id) => sql`delete from connections where id = ${id}`,
  },
  {
    reason: 'connection_disabled',
    arrange: (sql, id) => sql`update connections set enabled = false where id = ${id}`,
  },
  {
    reason: 'credential_missing',
    arrange: (sql, id) => sql`update connections set credential = 'missing' where id = ${id}`,
  },
  {
    reason: 'credential_expired',
    arrange: (sql, id) => sql`update connections set credential_expires_at = now() where id = ${id}`,
  },
  { reason: 'credential_invalid', wishes: { check: { credential: 'refused', health: 'failing' } } },
  { reason: 'consent_missing', wishes: { check: { consent: 'missing' } } },
  { reason: 'consent_missing', wishes: { check: null } },
  { reason: 'permission_missing', wishes: { check: { granted: [] } } },
  {
    reason: 'throttled',
    arrange: (sql, id) =>
      sql`update connections set throttled_until = now() + interval '1 hour' where id = ${id}`,
  },
  { reason: 'target_missing', operation: 'backup_set_add_policies' },
  { reason: 'target_missing', operation: 'restore_preview' },
  { reason: 'restore_preview_missing', operation: 'restore_execute' },
];

test.each(cases)(
  '$reason is refused with that reason, leaves no run, and is told alike by what-if',
  async (given) => {
    const { operation = 'snapshot_capture', wishes, arrange } = given;
    const { tenantId, connectionId } = await makeTenant(gate.db, workspace.id, wishes);
    await arrange?.(gate.admin, connectionId);
    const request = startRequest(workspace.members.operator, { operation, tenantId });
    const asked = await previewStart(gate.db, request);
    expect(await traces(gate.admin, workspace.id)).toMatchObject({ audit: 0 });
    const [result] = await startRuns(gate.db, workspace.id, [request]);
    expect(result).toMatchObject({
      kind: 'decided',
      run: null,
      verdict: { kind: 'blocked', reason: given.reason },
    });
    expect(asked).toEqual(result);
    expect(await traces(gate.admin, workspace.id)).toEqual({
      runs: 0,
      claims: 0,
      events: 0,
      answers: 0,
      jobs: 0,
      audit: 1,
    });
    const [entry] = await gate.admin`
    select action, actor_name, details from audit_entries where workspace_id = ${workspace.id} and action like 'run.%'`;
    expect(entry).toMatchObject({
      action: 'run.start_refused',
      actor_name: workspace.members.operator.username,
      details: { operation, outcome: 'blocked', reason: given.reason },
    });
  },
);

test('several connections without a default are never guessed, and naming one settles it', async () => {
  const { tenantId } = await makeTenant(gate.db, workspace.id, { isDefault: false });
  const second = await makeConnection(gate.db, { workspaceId: workspace.id, tenantId }, { isDefault: false });
  const ask = (connectionId: number | null) =>
    startRequest(workspace.members.operator, { operation: 'snapshot_capture', tenantId }, { connectionId });
  const [guess, named] = await startRuns(gate.db, workspace.id, [ask(null), ask(second)]);
  expect(guess).toMatchObject({ verdict: { kind: 'blocked', reason: 'provider_connection_ambiguous' } });
  expect(named).toMatchObject({ verdict: { kind: 'accepted', connectionId: second } });
});

test('a connection of another tenant or workspace does not exist', async () => {
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const neighbour = await makeTenant(gate.db, workspace.id);
  const abroad = await makeWorkspace(gate.db);
  const foreign = await makeTenant(gate.db, abroad.id);
  const ids = [neighbour.connectionId, foreign.connectionId, 9_007_199_254_740_991];
  const results = await startRuns(
    gate.db,
    workspace.id,
    ids.map((connectionId) =>
      startRequest(workspace.members.operator, { operation: 'snapshot_capture', tenantId }, { connectionId }),
    ),
  );
  expect(results).toEqual(ids.map(() => ({ kind: 'not_found' })));
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 0, audit: 0 });
});

test('a bad start never fails its neighbours in the list', async () => {
  const { operator, viewer } = workspace.members;
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const blocked = await makeTenant(gate.db, workspace.id, { check: null });
  const hidden = await makeTenant(gate.db, workspace.id);
  const abroad = await makeTenant(gate.db, (await makeWorkspace(gate.db)).id);
  const operation = 'snapshot_capture';
  const results: StartResult[] = await startRuns(gate.db, workspace.id, [
    startRequest(operator, { operation, tenantId: abroad.tenantId }),
    startRequest({ ...operator, tenants: [tenantId] }, { operation, tenantId: hidden.tenantId }),
    startRequest(viewer, { operation, tenantId }),
    startRequest(operator, { operation, tenantId: blocked.tenantId }),
    startRequest(operator, { operation, tenantId }),
  ]);
  expect(results.map(outcomeOf)).toEqual(['not_found', 'not_found', 'forbidden', 'blocked', 'accepted']);
  expect(results[2]).toEqual({ kind: 'forbidden', capability: 'run.start.snapshot_capture' });
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 1, jobs: 1 });
});

test('a hidden tenant answers like one that does not exist, whatever the role', async () => {
  const hidden = await makeTenant(gate.db, workspace.id);
  const { viewer, owner } = workspace.members;
  const asks = [viewer, owner].flatMap((member) =>
    [hidden.tenantId, 9_007_199_254_740_991].map((tenantId) =>
      startRequest({ ...member, tenants: [] }, { operation: 'snapshot_capture', tenantId }),
    ),
  );
  expect(await startRuns(gate.db, workspace.id, asks)).toEqual(asks.map(() => ({ kind: 'not_found' })));
});

test('a connection check may start although the connection is unhealthy, but not without a credential', async () => {
  const { tenantId, connectionId } = await makeTenant(gate.db, workspace.id, {
    check: { consent: 'missing', credential: 'refused', granted: [], health: 'failing' },
  });
  const request = startRequest(workspace.members.operator, {
    operation: 'provider.connection.check',
    tenantId,
  });
  expect(outcomeOf(await previewStart(gate.db, request))).toBe('accepted');
  await gate.admin`update connections set credential = 'missing' where id = ${connectionId}`;
  expect(await previewStart(gate.db, request)).toMatchObject({ verdict: { reason: 'credential_missing' } });
});

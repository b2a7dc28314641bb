import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { activeStatuses, runStatuses, terminalStatuses } from '@signalbox/domain/run/lifecycle';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, runIdOf } from './gate-database.ts';

let gate: GateDatabase;
let runId: number;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  const workspace = await makeWorkspace(gate.db);
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const request = startRequest(workspace.members.operator, { operation: 'snapshot_capture', tenantId });
  const [result] = await startRuns(gate.db, workspace.id, [request]);
  runId = runIdOf(result);
});
afterAll(() => gate.close());

/** Writes the run a second time, past every command. */
async function insertTwin(): Promise<void> {
  await gate.admin`
    insert into runs (workspace_id, uid, operation, tenant_id, connection_id, status, dedupe_key, input,
      initiator_kind, initiator_name, codename)
    select workspace_id, gen_random_uuid(), operation, tenant_id, connection_id, 'queued', dedupe_key, input,
      initiator_kind, initiator_name, codename from runs where id = ${runId}`;
}

async function become(status: string): Promise<void> {
  const ended = terminalStatuses.some((terminal) => terminal === status);
  await gate.admin`
    update runs set status = ${status}, finished_at = case when ${ended} then now() end,
      lease_expires_at = case when ${status} = 'running' then now() end where id = ${runId}`;
}

test.each(activeStatuses)(
  'while a run is %s, the database itself refuses a second one for the same work',
  async (status) => {
    await become(status);
    await expect(insertTwin()).rejects.toThrow(/runs_dedupe/);
  },
);

test.each(terminalStatuses)('once a run is %s, the same work may be done again', async (status) => {
  await become(status);
  await expect(insertTwin()).resolves.toBeUndefined();
});

test('the database itself refuses a second holder of a scope', async () => {
  const again = gate.admin`
    insert into scope_claims (workspace_id, scope_key, run_id)
    select workspace_id, scope_key, run_id from scope_claims where run_id = ${runId}`;
  await expect(again).rejects.toThrow(/scope_claims/);
});

test('the database knows the same words for a status as the domain', async () => {
  for (const status of runStatuses) await expect(become(status), status).resolves.toBeUndefined();
  await expect(become('paused')).rejects.toThrow(/runs_status/);
});

const impossible = [
  ['ended without a time', "status = 'failed'", 'runs_finished_when_terminal'],
  ['a time without an end', 'finished_at = now()', 'runs_finished_when_terminal'],
  ['running without a lease', "status = 'running'", 'runs_lease'],
  ['a lease without running', 'lease_expires_at = now()', 'runs_lease'],
  ['more results than items', 'total = 2, succeeded = 2, failed = 1', 'runs_counts'],
  ['fewer than no items', 'total = 1, skipped = -1', 'runs_counts'],
] as const;

test.each(impossible)('a run cannot be %s', async (_, change, constraint) => {
  await expect(gate.admin.unsafe(`update runs set ${change} where id = ${runId}`)).rejects.toThrow(
    constraint,
  );
});

test('a run cannot point to a tenant, connection or parent of another workspace', async () => {
  const abroad = await makeWorkspace(gate.db);
  const foreign = await makeTenant(gate.db, abroad.id);
  const [other] = await startRuns(gate.db, abroad.id, [
    startRequest(abroad.members.operator, { operation: 'snapshot_capture', tenantId: foreign.tenantId }),
  ]);
  const changes = [
    `tenant_id = ${foreign.tenantId}`,
    `connection_id = ${foreign.connectionId}`,
    `parent_run_id = ${runIdOf(other)}`,
  ];
  for (const change of changes) {
    const written = gate.admin.unsafe(`update runs set ${change} where id = ${runId}`);
    await expect(written, change).rejects.toThrow(/foreign key/);
  }
});

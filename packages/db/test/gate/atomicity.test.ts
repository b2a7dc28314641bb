import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, outcomeOf, traces } from './gate-database.ts';

let gate: GateDatabase;

beforeAll(async () => {
  gate = await openGateDatabase();
  await gate.admin.unsafe(`
    create function fail_here() returns trigger language plpgsql as $$
    begin raise exception 'this write fails' using errcode = 'P0001'; end $$`);
});
afterAll(() => gate.close());

async function readyStart(): Promise<StartRequest> {
  const workspace = await makeWorkspace(gate.db);
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const idempotency = { route: 'r', key: 'k', bodyHash: 'h' };
  const { operator } = workspace.members;
  return startRequest(operator, { operation: 'snapshot_capture', tenantId }, { idempotency });
}

const nothing = { runs: 0, claims: 0, events: 0, answers: 0, audit: 0, jobs: 0 };
const everything = { runs: 1, claims: 1, events: 1, answers: 1, audit: 1, jobs: 1 };

const tables = [
  'runs',
  'scope_claims',
  'run_events',
  'audit_entries',
  'graphile_worker._private_jobs',
  'idempotency_keys',
];

test.each(tables)('when the write to %s fails, nothing of the admission stays', async (table) => {
  const request = await readyStart();
  const { workspaceId } = request.principal;
  await gate.admin.unsafe(
    `create trigger fail_here before insert on ${table} for each row execute function fail_here()`,
  );
  try {
    await expect(startRuns(gate.db, workspaceId, [request])).rejects.toThrow();
    expect(await traces(gate.admin, workspaceId)).toEqual(nothing);
  } finally {
    await gate.admin.unsafe(`drop trigger fail_here on ${table}`);
  }
  const [result] = await startRuns(gate.db, workspaceId, [request]);
  expect(outcomeOf(result)).toBe('accepted');
  expect(await traces(gate.admin, workspaceId)).toEqual(everything);
});

test('when the commit itself fails, nothing of the admission stays', async () => {
  const request = await readyStart();
  const { workspaceId } = request.principal;
  await gate.admin.unsafe(
    `create constraint trigger fail_late after insert on runs deferrable initially deferred
     for each row execute function fail_here()`,
  );
  try {
    await expect(startRuns(gate.db, workspaceId, [request])).rejects.toThrow();
  } finally {
    await gate.admin.unsafe('drop trigger fail_late on runs');
  }
  expect(await traces(gate.admin, workspaceId)).toEqual(nothing);
});

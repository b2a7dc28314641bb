import { addBackupItems } from '@signalbox/db/commands/backup/add-backup-items';
import { capturePolicies } from '@signalbox/db/commands/backup/capture-policies';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { listBackupSets } from '@signalbox/db/queries/backup/backup-sets';
import type { OperationName } from '@signalbox/domain/operation/registry';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeTenant, makeWorkspace, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, outcomeOf, runIdOf } from './gate-database.ts';

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

async function start(operation: OperationName, backupSetId: number | null) {
  const input = backupSetId === null ? {} : { backupSetId };
  const request = startRequest(workspace.members.operator, { operation, tenantId }, { input });
  const [result] = await startRuns(gate.db, workspace.id, [request]);
  return result;
}

/** Ends a run by hand, so that the next start is not in its way. */
async function endRun(id: number, status: string): Promise<void> {
  await gate.admin`delete from scope_claims where run_id = ${id}`;
  await gate.admin`update runs set status = ${status}, finished_at = now() where id = ${id}`;
}

async function makeSet(name: string): Promise<number> {
  const [row] = await gate.admin<{ id: string }[]>`
    insert into backup_sets (workspace_id, tenant_id, name) values (${workspace.id}, ${tenantId}, ${name}) returning id`;
  return Number(row?.id);
}

/** Adds one policy to a set by a run that ends as told. */
async function fill(setId: number, status: string): Promise<void> {
  const runId = runIdOf(await start('backup_set_add_policies', setId));
  await gate.db.inWorkspace(workspace.id, async (tx) => {
    const captured = await capturePolicies(tx, { tenantId, runId }, [
      {
        externalId: `policy-${runId}`,
        kind: 'deviceConfiguration',
        name: `policy ${runId}`,
        payload: {},
        assignments: [],
        scopeTags: [],
        hash: `hash-${runId}`,
      },
    ]);
    const versionIds = captured.map(({ versionId }) => versionId);
    await addBackupItems(tx, { setId, runId }, versionIds);
  });
  await endRun(runId, status);
}

/** The set that a started preview works on. */
async function previewed(named: number | null): Promise<number> {
  const runId = runIdOf(await start('restore_preview', named));
  const [run] = await gate.admin`select (input ->> 'backupSetId')::int as set from runs where id = ${runId}`;
  await endRun(runId, 'cancelled');
  return run?.set;
}

/** Sets that readers are told are complete. */
async function toldComplete(): Promise<number[]> {
  const sets = await gate.db.inWorkspace(workspace.id, (tx) =>
    listBackupSets(tx, workspace.members.operator, { before: null, limit: 10 }),
  );
  return sets.filter(({ complete }) => complete).map(({ id }) => id);
}

test('without a name a preview takes the newest set that readers are told is complete', async () => {
  const whole = await makeSet('whole');
  await fill(whole, 'succeeded');
  const partial = await makeSet('partial');
  await fill(partial, 'partial');
  const broken = await makeSet('broken');
  await fill(broken, 'failed');
  await makeSet('empty');
  expect(await toldComplete()).toEqual([whole]);
  expect(await previewed(null)).toBe(whole);
  expect(await previewed(partial)).toBe(partial);
  await fill(partial, 'succeeded');
  expect(await toldComplete()).toEqual([partial, whole]);
  expect(await previewed(null)).toBe(partial);
});

test('a set that is being added to is not taken without a name', async () => {
  const set = await makeSet('busy');
  await fill(set, 'succeeded');
  await start('backup_set_add_policies', set);
  expect(await toldComplete()).toEqual([]);
  const result = await start('restore_preview', null);
  expect(outcomeOf(result)).toBe('blocked');
});

import { previewStart, startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { OperationName } from '@signalbox/domain/operation/registry';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, outcomeOf, runIdOf, traces } from './gate-database.ts';

let gate: GateDatabase;

beforeAll(async () => {
  gate = await openGateDatabase();
});
afterAll(() => gate.close());

test('what-if agrees with the start right after it and commits nothing, whatever stands at the gate', async () => {
  const workspace = await makeWorkspace(gate.db);
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const expected: readonly (readonly [OperationName, object, string])[] = [
    ['backup_set_add_policies', {}, 'blocked'],
    ['snapshot_capture', {}, 'accepted'],
    ['snapshot_capture', {}, 'deduped'],
    ['snapshot_capture', { policyIds: ['a'] }, 'scope_busy'],
    ['restore_execute', {}, 'blocked'],
  ];
  for (const [operation, input, outcome] of expected) {
    const request = startRequest(
      workspace.members.operator,
      { operation, tenantId },
      { input: { ...input }, idempotency: { route: 'r', key: `${operation}${outcome}`, bodyHash: 'h' } },
    );
    const before = await traces(gate.admin, workspace.id);
    const asked = await previewStart(gate.db, request);
    expect(await traces(gate.admin, workspace.id)).toEqual(before);
    const [done] = await startRuns(gate.db, workspace.id, [request]);
    expect(outcomeOf(asked)).toBe(outcome);
    if (asked.kind !== 'decided' || done?.kind !== 'decided') throw new Error('The gate did not decide.');
    expect(asked.verdict).toEqual(done.verdict);
    if (outcome === 'deduped') expect(runIdOf(asked)).toBe(runIdOf(done));
    if (outcome === 'accepted') expect(asked.run).toBeNull();
  }
});

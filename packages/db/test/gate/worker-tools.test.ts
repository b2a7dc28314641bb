import { previewStart, startRuns } from '@signalbox/db/commands/gate/start-runs';
import { workerSeen, workerStopped } from '@signalbox/db/commands/observability/worker-registry';
import type { ServerProviderName } from '@signalbox/domain/connection/providers';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import {
  makeServerConnection,
  makeTenant,
  makeWorkspace,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, traces } from './gate-database.ts';

let gate: GateDatabase;
let workspace: TestWorkspace;

beforeAll(async () => {
  gate = await openGateDatabase();
  workspace = await makeWorkspace(gate.db);
  await makeServerConnection(gate.db, workspace.id, { provider: 'terraform' });
  await makeServerConnection(gate.db, workspace.id, { provider: 'local' });
});
afterAll(() => gate.close());

const worker = { name: 'one', host: 'box', pid: 7, version: '1.0.0', slots: 4 };

/** Work on the servers of an infra of its own. */
function servers(provider: ServerProviderName, infra: string) {
  const input = { infra, provider, settings: {}, servers: [{ name: 'web-1', plan: 'small', zone: 'z' }] };
  return startRequest(workspace.members.operator, { operation: 'create_servers', tenantId: null }, { input });
}

const refused = { run: null, verdict: { kind: 'blocked', reason: 'tool_missing' } };

test('work that needs a program is refused while no live worker has it, alike by what-if, and leaves no run', async () => {
  const asked = servers('terraform', 'demo');
  const start = async () => (await startRuns(gate.db, workspace.id, [asked]))[0];
  expect(await previewStart(gate.db, asked)).toMatchObject(refused);
  expect(await start()).toMatchObject(refused);

  // Neither one that lacks it, nor one that has stopped or fallen silent, is of any use.
  await workerSeen(gate.db, { ...worker, poolId: 'bare' });
  await workerSeen(gate.db, { ...worker, poolId: 'stopped', tools: ['terraform'] });
  await workerStopped(gate.db, 'stopped');
  await workerSeen(gate.db, { ...worker, poolId: 'able', tools: ['terraform'] });
  await gate.admin`update workers set last_seen_at = now() - interval '2 minutes' where pool_id = 'able'`;
  expect(await start()).toMatchObject(refused);
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 0, claims: 0, jobs: 0, audit: 2 });

  await workerSeen(gate.db, { ...worker, poolId: 'able', tools: ['terraform'] });
  expect(await start()).toMatchObject({ verdict: { kind: 'accepted' } });
});

test('in one list only the work that needs the program is refused, and a tenant hears nothing of it', async () => {
  await gate.admin`delete from workers`;
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const capture = startRequest(workspace.members.operator, { operation: 'snapshot_capture', tenantId });
  const list = [servers('local', 'here'), servers('terraform', 'there'), capture];
  const results = await startRuns(gate.db, workspace.id, list);
  expect(results).toMatchObject([
    { verdict: { kind: 'accepted' } },
    refused,
    { verdict: { kind: 'accepted' } },
  ]);
});

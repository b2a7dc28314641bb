import { openDatabase } from '@signalbox/db/client/database';
import { type StartResult, startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeTenant, makeWorkspace, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dropReply } from '../driver/drop-reply.ts';
import { type GateDatabase, openGateDatabase, outcomeOf, runIdOf, traces } from './gate-database.ts';

let gate: GateDatabase;
let workspace: TestWorkspace;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  workspace = await makeWorkspace(gate.db);
});
afterAll(() => gate.close());

async function capture(key: string | null): Promise<StartRequest> {
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const idempotency = key === null ? null : { route: 'r', key, bodyHash: 'h' };
  const what = { operation: 'snapshot_capture', tenantId } as const;
  return startRequest(workspace.members.operator, what, { idempotency });
}

/** Starts over a connection that fails at the first COMMIT; `unheard` when the server is not told of it. */
async function startOverLoss(requests: StartRequest[], unheard: boolean): Promise<StartResult[]> {
  const proxy = await dropReply(gate.url, { to: 'commit\0', unheard });
  const db = await openDatabase({ url: proxy.url, name: 'lossy gate test', max: 1 });
  try {
    return await startRuns(db, workspace.id, requests);
  } finally {
    await db.close();
    await proxy.close();
  }
}

const once = { runs: 1, claims: 1, events: 1, audit: 1, jobs: 1 };

describe.for([
  { fate: 'after the server has committed', unheard: false },
  { fate: 'before the server could commit', unheard: true },
])('a connection that fails at COMMIT, $fate,', ({ unheard }) => {
  test.for([{ key: null }, { key: 'lost' }])(
    'makes one run and answers it as accepted, key $key',
    async ({ key }) => {
      const request = await capture(key);
      const [result] = await startOverLoss([request], unheard);
      expect(outcomeOf(result)).toBe('accepted');
      const [run] = await gate.admin`select id from runs where workspace_id = ${workspace.id}`;
      expect(runIdOf(result)).toBe(Number(run?.id));
      expect(await traces(gate.admin, workspace.id)).toEqual({ ...once, answers: key === null ? 0 : 1 });
      const [again] = await startRuns(gate.db, workspace.id, [request]);
      if (key === null) expect(outcomeOf(again)).toBe('deduped');
      else expect(again).toEqual(result);
      expect(runIdOf(again)).toBe(runIdOf(result));
    },
  );

  test('leaves every start of a list the answer it was decided to have', async () => {
    const [first, second] = [await capture(null), await capture('lost')];
    const results = await startOverLoss(
      [first, first, { ...first, input: { policyIds: ['a'] } }, second],
      unheard,
    );
    expect(results.map(outcomeOf)).toEqual(['accepted', 'deduped', 'scope_busy', 'accepted']);
    expect(runIdOf(results[1])).toBe(runIdOf(results[0]));
    expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 2, claims: 2, audit: 4, jobs: 2 });
  });
});

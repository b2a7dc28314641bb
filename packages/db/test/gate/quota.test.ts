import { openDatabase } from '@signalbox/db/client/database';
import { previewStart, startRuns } from '@signalbox/db/commands/gate/start-runs';
import { changeTier } from '@signalbox/db/commands/workspace/change-workspace';
import { usageReport } from '@signalbox/db/queries/workspace/usage-report';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type { Tier } from '@signalbox/domain/workspace/tiers';
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

function deployment(wishes: Partial<StartRequest> = {}): StartRequest {
  return {
    principal: workspace.members.operator,
    operation: 'deployment',
    tenantId: null,
    connectionId: null,
    input: { userIntent: { description: 'a', target: 'production' }, requireApproval: false },
    payloadHash: null,
    link: null,
    idempotency: null,
    context: {},
    tags: [],
    requestId: null,
    ...wishes,
  };
}
const several = (count: number) => Array.from({ length: count }, () => deployment());
const start = (requests: readonly StartRequest[]) => startRuns(gate.db, workspace.id, requests);
const tier = (wanted: Tier) =>
  changeTier(gate.db, wanted, {
    workspaceId: workspace.id,
    actor: { kind: 'system', name: 'test' },
    requestId: null,
  });

/** What was counted in this month, and the runs it stands for. */
async function counted() {
  const [row] = await gate.admin<{ counter: number; runs: number }[]>`
    select coalesce((select runs from usage_periods where workspace_id = ${workspace.id}
        and period = date_trunc('month', now() at time zone 'UTC')::date), 0) as counter,
      (select count(*)::int from runs where workspace_id = ${workspace.id} and operation = 'deployment') as runs`;
  return row;
}

test('a list is counted as one after the other: what fits is made, the rest is refused', async () => {
  await start(several(7));
  const results = await start(several(5));
  expect(results.map(outcomeOf)).toEqual(['accepted', 'accepted', 'accepted', 'blocked', 'blocked']);
  expect(await counted()).toEqual({ counter: 10, runs: 10 });
  const [refused] = results.slice(3);
  expect(refused).toMatchObject({ verdict: { reason: 'quota_exceeded', quota: { current: 10, limit: 10 } } });
});

test('no two are doubles, none holds a scope, and none waits in the queue', async () => {
  const results = await start(several(3));
  expect(new Set(results.map(runIdOf)).size).toBe(3);
  const { runs, claims, jobs, audit, events } = await traces(gate.admin, workspace.id);
  expect({ runs, claims, jobs, audit, events }).toEqual({ runs: 3, claims: 0, jobs: 0, audit: 3, events: 3 });
});

test('other work is admitted at the limit and counts nothing, also in one list with what is refused', async () => {
  await start(several(10));
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const capture = deployment({ operation: 'snapshot_capture', tenantId, input: {} });
  const results = await start([deployment(), capture, deployment()]);
  expect(results.map(outcomeOf)).toEqual(['blocked', 'accepted', 'blocked']);
  expect(await counted()).toEqual({ counter: 10, runs: 10 });
});

test('a what-if says what would be answered, and counts nothing', async () => {
  expect(outcomeOf(await previewStart(gate.db, deployment()))).toBe('accepted');
  await start(several(10));
  expect(outcomeOf(await previewStart(gate.db, deployment()))).toBe('blocked');
  expect(await counted()).toEqual({ counter: 10, runs: 10 });
});

test('a start of a kept answer is not counted again, also after the limit was reached', async () => {
  const keyed = deployment({ idempotency: { route: 'r', key: 'k', bodyHash: 'h' } });
  const [first] = await start([keyed]);
  await start(several(9));
  const [again] = await start([keyed]);
  expect(runIdOf(again)).toBe(runIdOf(first));
  expect(await counted()).toEqual({ counter: 10, runs: 10 });
});

test('a tier that is lowered while starts are on their way never lets more in than one of the two limits', async () => {
  await tier('pro');
  await start(several(8));
  const [results] = await Promise.all([
    Promise.all(Array.from({ length: 20 }, () => start([deployment()]))),
    tier('free'),
  ]);
  const made = results.flat().filter((result) => outcomeOf(result) === 'accepted').length;
  expect(await counted()).toEqual({ counter: 8 + made, runs: 8 + made });
  expect(outcomeOf((await start([deployment()]))[0])).toBe('blocked');
});

describe.for([
  { fate: 'after the server has committed', unheard: false },
  { fate: 'before the server could commit', unheard: true },
])('a connection that fails at COMMIT, $fate,', ({ unheard }) => {
  test('counts each run once', async () => {
    const proxy = await dropReply(gate.url, { to: 'commit\0', unheard });
    const db = await openDatabase({ url: proxy.url, name: 'lossy quota test', max: 1 });
    try {
      const results = await startRuns(db, workspace.id, several(4));
      expect(results.map(outcomeOf)).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    } finally {
      await db.close();
      await proxy.close();
    }
    expect(await counted()).toEqual({ counter: 4, runs: 4 });
  });
});

test('the month is that of UTC, wherever the database believes to be', async () => {
  const name = new URL(gate.url).pathname.slice(1);
  await gate.admin`alter database ${gate.admin(name)} set timezone to 'Pacific/Kiritimati'`;
  const db = await openDatabase({ url: gate.url, name: 'far away', max: 1 });
  try {
    await startRuns(db, workspace.id, several(2));
    expect(await counted()).toEqual({ counter: 2, runs: 2 });
    // The first and the last second around the turn of the month, in UTC.
    const ids = await gate.admin<{ id: string }[]>`
      select id from runs where workspace_id = ${workspace.id} order by id`;
    const turn = gate.admin`date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'`;
    await gate.admin`update runs set created_at = ${turn} where id = ${ids[0]?.id ?? 0}`;
    await gate.admin`update runs set created_at = ${turn} - interval '1 second' where id = ${ids[1]?.id ?? 0}`;
    const report = await db.inWorkspace(workspace.id, (tx) => usageReport(tx, workspace.members.viewer));
    const month = new Date().toISOString().slice(0, 7);
    expect(report?.quota.period).toBe(`${month}-01`);
    expect(report?.byDay).toEqual([{ day: `${month}-01`, runs: 1 }]);
  } finally {
    await db.close();
    await gate.admin`alter database ${gate.admin(name)} reset timezone`;
  }
});

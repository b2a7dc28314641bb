import { openDatabase } from '@signalbox/db/client/database';
import { coalesceStarts, type StartOne } from '@signalbox/db/commands/gate/start-coalescer';
import { type StartResult, startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { makeWorkspace, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
/** A workspace that has used nothing yet. */
let fresh: TestWorkspace;

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  fresh = await makeWorkspace(api.db);
});
afterAll(() => api.close());

const intent = { user_intent: { description: 'Deploy a Next.js app' } };
const admin = <T>(work: Parameters<typeof withAdmin<T>>[1]) => withAdmin(api.databaseUrl, work);
const create = (call: Call = {}) =>
  api.call('/runs', { method: 'POST', as: fresh.members.operator, body: intent, ...call });
const usage = async () => (await api.call('/usage', { as: fresh.members.viewer })).body;
const setTier = (tier: string) =>
  api.call(`/workspaces/${fresh.id}/tier`, { method: 'PATCH', as: fresh.members.owner, body: { tier } });

/** The counter and what it counts: they must always agree. */
const counted = () =>
  admin(async (sql) => {
    const [row] = await sql<{ runs: number; counter: number }[]>`
      select (select count(*)::int from runs where workspace_id = ${fresh.id} and operation = 'deployment'
          and created_at >= date_trunc('month', now() at time zone 'UTC') at time zone 'UTC') as runs,
        coalesce((select sum(runs)::int from usage_periods where workspace_id = ${fresh.id}), 0) as counter`;
    return row;
  });
const thisMonth = () => new Date().toISOString().slice(0, 7);

describe('the limit', () => {
  const refusal = (answer: Answer) => [
    answer.status,
    answer.body.current,
    answer.body.limit,
    answer.body.period,
  ];

  it('is 10 on the free tier: the eleventh is 402 with how far, since when and what helps', async () => {
    for (let made = 0; made < 10; made++) expect((await create()).status).toBe(201);
    const eleventh = await create({ as: fresh.members.owner });
    expect(refusal(eleventh)).toEqual([402, 10, 10, `${thisMonth()}-01`]);
    expect(eleventh.body).toMatchObject({
      error: expect.stringContaining('10 of 10 runs are used'),
      code: 'quota_exceeded',
      nextSteps: [
        { code: 'upgrade_tier', href: `/w/${fresh.id}/usage` },
        { code: 'view_usage', href: `/w/${fresh.id}/usage` },
      ],
    });
    expect(await usage()).toEqual({
      workspace_id: fresh.id,
      period: `${thisMonth()}-01`,
      runs: 10,
      limit: 10,
      tier: 'free',
    });
    // The refusal left no run, only an entry, which the report counts and the list shows.
    expect(await counted()).toEqual({ runs: 10, counter: 10 });
    const report = (await api.call('/v1/usage', { as: fresh.members.viewer })).body;
    expect(report).toMatchObject({ level: 'reached', refused: 1, runs: 10, limit: 10 });
    const refused = await api.call(`/v1/refusals?reason=quota_exceeded&since=${report.period}T00:00:00Z`, {
      as: fresh.members.viewer,
    });
    expect(refused.body.items).toHaveLength(report.refused);
    // A viewer is not told to do what only an owner may.
    const asOperator = await create();
    expect(asOperator.body.nextSteps.map(({ code }: { code: string }) => code)).toEqual(['view_usage']);
    // Other work goes on.
    const { tenantId } = api.tenant;
    const capture = { operation: 'snapshot_capture', tenantId };
    expect(
      (await api.call('/v1/runs', { method: 'POST', as: api.workspace.members.operator, body: capture }))
        .status,
    ).toBe(201);
  });

  it('follows the tier at once: raised it admits, lowered below what is used it refuses', async () => {
    for (let made = 0; made < 10; made++) await create();
    expect((await create()).status).toBe(402);
    await setTier('pro');
    expect((await create()).status).toBe(201);
    expect(await usage()).toMatchObject({ runs: 11, limit: 1_000, tier: 'pro' });
    await setTier('free');
    expect(refusal(await create()).slice(0, 3)).toEqual([402, 11, 10]);
  });

  it('begins anew with the month of UTC; months before stay as they were', async () => {
    const [{ previous } = { previous: '' }] = await admin(
      (sql) => sql<{ previous: string }[]>`
        insert into usage_periods (workspace_id, period, runs)
        values (${fresh.id}, (date_trunc('month', now() at time zone 'UTC') - interval '1 month')::date, 10)
        returning period::text as previous`,
    );
    expect((await create()).status).toBe(201);
    expect(await usage()).toMatchObject({ runs: 1, period: `${thisMonth()}-01` });
    const rows = await admin(
      (sql) => sql`select period::text, runs from usage_periods where workspace_id = ${fresh.id} order by 1`,
    );
    expect(rows).toEqual([
      { period: previous, runs: 10 },
      { period: `${thisMonth()}-01`, runs: 1 },
    ]);
  });

  it('holds in a crowd: of 200 at once exactly 10 are made', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => create()));
    const by = (status: number) => answers.filter((answer) => answer.status === status);
    expect([by(201).length, by(402).length]).toEqual([10, 190]);
    expect(new Set(by(201).map(({ body }) => body.run_id)).size).toBe(10);
    for (const answer of by(402)) expect(refusal(answer).slice(1, 3)).toEqual([10, 10]);
    expect(await counted()).toEqual({ runs: 10, counter: 10 });
  });

  it('holds over several processes, of which some let starts share a commit and others do not', async () => {
    const processes = await Promise.all(
      [1, 2, 3, 4].map((n) => openDatabase({ url: api.databaseUrl, name: `process ${n}`, max: 6 })),
    );
    try {
      // Every connection is open before, so that they really arrive together.
      const idle = processes.flatMap((db) => Array.from({ length: 6 }, () => db));
      await Promise.all(idle.map((db) => db.inWorkspace(fresh.id, (tx) => tx.query.execute('select 1'))));
      const gates = processes.map((db, at): StartOne => {
        if (at % 2 === 0)
          return coalesceStarts((workspaceId, requests) => startRuns(db, workspaceId, requests));
        return async (request) => (await startRuns(db, fresh.id, [request]))[0] as StartResult;
      });
      const request: StartRequest = {
        principal: fresh.members.operator,
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
      };
      const results = await Promise.all(
        Array.from({ length: 200 }, (_, at) => (gates[at % gates.length] as StartOne)(request)),
      );
      const kinds = results.map((result) => (result.kind === 'decided' ? result.verdict.kind : result.kind));
      expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(10);
      expect(kinds.filter((kind) => kind === 'blocked')).toHaveLength(190);
      expect(await counted()).toEqual({ runs: 10, counter: 10 });
    } finally {
      await Promise.all(processes.map((db) => db.close()));
    }
  });
});

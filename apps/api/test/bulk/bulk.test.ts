import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import { members, memberTenants } from '@signalbox/db/schema/access';
import type { Person } from '@signalbox/domain/access/principal';
import { makeTenant, makeUser, makeWorkspace, type TestTenant } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let other: TestTenant;
let operator: Person;
/** Sees only the other tenant. */
let partly: Person;
/** Two cancelled runs and one that is queued on the tenant, and a cancelled one on the other. */
let runs: { ended: [number, number]; queued: number; theirs: number };

const post = (path: string, body: unknown, as: Person = operator) =>
  api.call(`/v1/bulk-actions${path}`, { method: 'POST', as, body });
const read = (path = '', as: Person = operator) => api.call(`/v1/bulk-actions${path}`, { as });
const advance = (planId: number) => advancePlan(api.db, { workspaceId: api.workspace.id, planId });

async function start(tenantId: number, policy: string): Promise<number> {
  const body = { operation: 'snapshot_capture', tenantId, input: { policyIds: [policy] } };
  return (await api.call('/v1/runs', { method: 'POST', as: operator, body })).body.run.id;
}

async function cancelled(tenantId: number, policy: string): Promise<number> {
  const id = await start(tenantId, policy);
  const answer = await api.call(`/v1/runs/${id}/cancel`, {
    method: 'POST',
    as: operator,
    body: { reason: 'x' },
  });
  expect(answer.status).toBe(200);
  return id;
}

beforeAll(async () => {
  api = await startTestApi();
  operator = api.workspace.members.operator;
  other = await makeTenant(api.db, api.workspace.id);
  const { tenantId } = api.tenant;
  const ended: [number, number] = [await cancelled(tenantId, 'a'), await cancelled(tenantId, 'b')];
  runs = { ended, theirs: await cancelled(other.tenantId, 'a'), queued: await start(tenantId, 'c') };
  const user = await makeUser(api.db, 'partly');
  await api.db.inWorkspace(api.workspace.id, async ({ query }) => {
    const place = { workspaceId: api.workspace.id, userId: user.userId };
    await query.insert(members).values({ ...place, role: 'operator', allTenants: false });
    await query.insert(memberTenants).values({ ...place, tenantId: other.tenantId });
  });
  partly = { ...user, workspaceId: api.workspace.id, role: 'operator', tenants: [other.tenantId] };
});
afterAll(() => api.close());

it('estimates by status what would be done and what would be skipped, and makes nothing', async () => {
  const { body } = await post('/estimate', {
    action: 'replay',
    selection: { runIds: [...runs.ended, runs.queued, runs.queued] },
  });
  expect(body).toMatchObject({
    total: 3,
    applies: 2,
    byStatus: [
      { status: 'queued', total: 1, applies: 0 },
      { status: 'cancelled', total: 2, applies: 2 },
    ],
    skipped: [{ reason: 'The run has not ended yet.', count: 1 }],
    reasonRequired: false,
    confirm: false,
  });
  expect(body).not.toHaveProperty('createdBefore');
  expect((await read()).body.items).toEqual([]);
});

it('estimates a filter at a moment, which leaves out what is made later', async () => {
  const filter = { status: 'cancelled,failed', tenantId: api.tenant.tenantId };
  const estimate = (more = {}) =>
    post('/estimate', { action: 'cancel', selection: { filter: { ...filter, ...more } } });
  const { body } = await estimate();
  expect(body).toMatchObject({ total: 2, applies: 0, reasonRequired: true, createdBefore: body.at });
  const early = '2020-01-01T00:00:00.000Z';
  expect((await estimate({ createdBefore: early })).body).toMatchObject({ total: 0, createdBefore: early });
});

it('makes a bulk action whose runs are settled, and tells run by run what the gate answered', async () => {
  const made = await post('', {
    action: 'replay',
    selection: { filter: { status: 'cancelled', initiatedBy: 'me' } },
    reason: 'a drill',
  });
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe(`/v1/bulk-actions/${made.body.id}`);
  expect(made.body).toMatchObject({
    action: 'replay',
    status: 'working',
    reason: 'a drill',
    requestedBy: operator.username,
    selection: { filter: { status: 'cancelled', initiatedBy: operator.username } },
    counts: { total: 3, waiting: 3, done: 0 },
  });
  await advance(made.body.id);
  const { body } = await read(`/${made.body.id}`);
  expect(body).toMatchObject({
    status: 'working',
    counts: { total: 3, waiting: 2, done: 1, failed: 0 },
    outcomes: { accepted: 1, scope_busy: 2, deduped: 0, blocked: 0 },
  });
  const items = (await read(`/${made.body.id}/items`)).body.items;
  expect(items).toHaveLength(3);
  expect(items[0]).toMatchObject({
    position: 1,
    source: { id: runs.ended[0], status: 'cancelled' },
    status: 'waiting',
    outcome: 'scope_busy',
    reason: { code: 'scope_busy' },
    holder: { runId: runs.queued, operation: 'snapshot_capture' },
    waitingSince: expect.any(String),
    nextSteps: [
      { code: 'open_holder', href: `/w/ws-default/runs/${runs.queued}` },
      { code: 'cancel_holder' },
      { code: 'try_again_later' },
    ],
  });
  expect(items[2]).toMatchObject({ source: { id: runs.theirs }, status: 'done', outcome: 'accepted' });
  expect(items[2].run.id).not.toBe(runs.theirs);

  const page = await read(`/${made.body.id}/items?outcome=scope_busy&limit=1`);
  expect(page.body.items).toHaveLength(1);
  const next = await read(`/${made.body.id}/items?outcome=scope_busy&limit=1&cursor=${page.body.nextCursor}`);
  expect(next.body).toMatchObject({ items: [{ position: 2 }], nextCursor: null });
  expect((await read(`/${made.body.id}/items?status=done,failed`)).body.items).toHaveLength(1);

  expect((await read(`/${made.body.id}/items`, partly)).body.items).toHaveLength(1);
  expect((await read(`/${made.body.id}`, partly)).body.counts).toMatchObject({ total: 1 });

  const { viewer } = api.workspace.members;
  expect((await read(`/${made.body.id}`, viewer)).body.abortRefused).toBe(
    'You lack the capability run.replay.',
  );
  expect((await post(`/${made.body.id}/abort`, {}, viewer)).status).toBe(403);
  const aborted = await post(`/${made.body.id}/abort`, { reason: 'enough' });
  expect(aborted.body).toMatchObject({
    status: 'aborted',
    abortedBy: operator.username,
    abortReason: 'enough',
    counts: { aborted: 2, done: 1, waiting: 0 },
    statusText: expect.stringMatching(/^Aborted by /),
  });
  expect((await post(`/${made.body.id}/abort`, {})).status).toBe(409);
});

it('lists bulk actions newest first, page by page, and those of other tenants not at all', async () => {
  const one = (await post('', { action: 'replay', selection: { runIds: [runs.ended[0]] } })).body.id;
  const two = (await post('', { action: 'retry_failed_items', selection: { runIds: [runs.ended[0]] } })).body
    .id;
  const first = (await read('?limit=1')).body;
  expect(first.items).toMatchObject([{ id: two, action: 'retry_failed_items' }]);
  expect((await read(`?limit=1&cursor=${first.nextCursor}`)).body.items).toMatchObject([{ id: one }]);
  const seen = (await read('', partly)).body.items.map(({ id }: { id: number }) => id);
  expect(seen).not.toContain(one);
  expect((await read(`/${one}`, partly)).status).toBe(404);
  expect((await read(`/${one}/items`, partly)).status).toBe(404);
  expect((await post(`/${one}/abort`, {}, partly)).status).toBe(404);
});

it('answers the same key and body the same, and another body not at all', async () => {
  const body = { action: 'replay', selection: { runIds: [runs.ended[0]] } };
  const headers = { 'idempotency-key': 'once' };
  const keyed = (given: object) =>
    api.call('/v1/bulk-actions', { method: 'POST', as: operator, body: given, headers });
  const first = await keyed(body);
  expect(first.status).toBe(201);
  await advance(first.body.id);
  const again = await keyed(body);
  expect(again.status).toBe(201);
  expect(again.text).toBe(first.text);
  const mismatch = await keyed({ ...body, reason: 'other' });
  expect([mismatch.status, mismatch.body.code]).toEqual([422, 'idempotency_mismatch']);
});

describe('refuses', () => {
  const some = () => ({ runIds: [runs.ended[0]] });
  const cases: readonly [string, () => unknown, number][] = [
    ['an unknown key', () => ({ action: 'replay', selection: some(), force: true }), 400],
    ['an unknown action', () => ({ action: 'delete', selection: some() }), 400],
    ['no action', () => ({ selection: some() }), 400],
    ['no selection', () => ({ action: 'replay' }), 400],
    ['an empty selection', () => ({ action: 'replay', selection: {} }), 400],
    ['a selection of both kinds', () => ({ action: 'replay', selection: { ...some(), filter: {} } }), 400],
    [
      'an unknown key in the selection',
      () => ({ action: 'replay', selection: { ...some(), all: true } }),
      400,
    ],
    ['an empty list of runs', () => ({ action: 'replay', selection: { runIds: [] } }), 400],
    ['runs that are no ids', () => ({ action: 'replay', selection: { runIds: ['1'] } }), 400],
    ['a run id beyond every id', () => ({ action: 'replay', selection: { runIds: [2 ** 31] } }), 400],
    ['a run id with a fraction', () => ({ action: 'replay', selection: { runIds: [1.5] } }), 400],
    ['a list that is none', () => ({ action: 'replay', selection: { runIds: 1 } }), 400],
    [
      'more than a thousand runs by name',
      () => ({ action: 'replay', selection: { runIds: Array.from({ length: 1_001 }, (_, id) => id + 1) } }),
      400,
    ],
    ['an unknown key in the filter', () => ({ action: 'replay', selection: { filter: { limit: 5 } } }), 400],
    ['an unknown status', () => ({ action: 'replay', selection: { filter: { status: 'done' } } }), 400],
    [
      'a moment that is none',
      () => ({ action: 'replay', selection: { filter: { createdAfter: '1d' } } }),
      400,
    ],
    ['a tenant that is no id', () => ({ action: 'replay', selection: { filter: { tenantId: '1' } } }), 400],
    ['a filter that is none', () => ({ action: 'replay', selection: { filter: [] } }), 400],
    ['a prototype', () => '{"action":"replay","selection":{"filter":{},"__proto__":{}}}', 400],
    ['nothing', () => 'null', 400],
    ['a run that does not exist', () => ({ action: 'replay', selection: { runIds: [2_000_000_000] } }), 404],
    [
      'a run that does not exist among others, before what else is wrong',
      () => ({ action: 'replay', selection: { runIds: [runs.ended[0], 2_000_000_000] }, force: true }),
      404,
    ],
  ];
  it.each(cases)('%s', async (_, body, status) => {
    for (const path of ['', '/estimate']) {
      const answer = await post(path, body());
      expect([path, answer.status]).toEqual([path, status]);
    }
  });

  it('a cancel without a reason, and a reason without words', async () => {
    const cancel = { action: 'cancel', selection: some() };
    const missing = await post('', cancel);
    expect(missing.status).toBe(400);
    expect(missing.body.errors).toEqual([{ pointer: '/reason', detail: expect.stringMatching(/required/) }]);
    expect((await post('', { ...cancel, reason: '  ' })).status).toBe(400);
    expect((await post('', { ...cancel, reason: 'x'.repeat(501) })).status).toBe(400);
  });

  it('runs outside the entitlement like runs that do not exist, and leaves them out of a filter', async () => {
    const foreign = await post('', { action: 'replay', selection: some() }, partly);
    const unknown = await post('', { action: 'replay', selection: { runIds: [2_000_000_000] } }, partly);
    const told = (text: string) => text.replace(/"requestId":"[^"]+"/, '');
    expect(foreign.status).toBe(404);
    expect(told(foreign.text)).toBe(told(unknown.text));
    const all = await post(
      '/estimate',
      { action: 'replay', selection: { filter: { status: 'cancelled' } } },
      partly,
    );
    expect(all.body.total).toBe(1);
    const outsider = (await makeWorkspace(api.db)).members.owner;
    expect((await post('', { action: 'replay', selection: some() }, outsider)).status).toBe(404);
  });

  it('a member without the capability of the action, before what is wrong with the body', async () => {
    const { viewer } = api.workspace.members;
    for (const [action, capability] of [
      ['cancel', 'run.cancel'],
      ['replay', 'run.replay'],
      ['retry_failed_items', 'run.retry'],
    ]) {
      const answer = await post('', { action, selection: some(), force: true }, viewer);
      expect([answer.status, answer.body.capability]).toEqual([403, capability]);
    }
  });

  it('a selection that holds no run, or more than a thousand', async () => {
    const tagged = (tag: string) => ({ action: 'replay', selection: { filter: { tag } } });
    const empty = await post('', tagged('nobody'));
    expect([empty.status, empty.body.code]).toEqual([422, 'selection_empty']);
    await withAdmin(
      api.databaseUrl,
      (sql) =>
        sql`insert into runs (workspace_id, uid, operation, tenant_id, status, input, event_seq, initiator_kind,
          initiator_name, codename, tags, finished_at)
        select ${api.workspace.id}, gen_random_uuid(), 'snapshot_capture', ${other.tenantId}, 'failed', '{}', 0, 'user', 'x',
          'x', array['many'], now() from generate_series(1, 1001)`,
    );
    for (const path of ['', '/estimate']) {
      const many = await post(path, tagged('many'));
      expect([many.status, many.body.code]).toEqual([422, 'selection_too_large']);
    }
  });
});

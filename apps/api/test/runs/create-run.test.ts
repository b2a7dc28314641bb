import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import { makeWorkspace, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

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
const keyed = (key: string): Call => ({ headers: { 'idempotency-key': key } });
/** The counter and what it counts: they must always agree. */
const counted = () =>
  admin(async (sql) => {
    const [row] = await sql<{ runs: number; counter: number }[]>`
      select (select count(*)::int from runs where workspace_id = ${fresh.id} and operation = 'deployment'
          and created_at >= date_trunc('month', now() at time zone 'UTC') at time zone 'UTC') as runs,
        coalesce((select sum(runs)::int from usage_periods where workspace_id = ${fresh.id}), 0) as counter`;
    return row;
  });

describe('a deployment', () => {
  it('is created pending, with what was asked for, and holds and queues nothing', async () => {
    const made = await create({
      body: {
        user_intent: {
          description: ' Deploy a Next.js app ',
          target: 'staging',
          constraints: 'free tier only',
        },
        codename: 'blue-harbour',
        tags: ['web', 'nightly', 'web'],
        require_approval: true,
        unknown: 'keys are ignored',
      },
    });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ run_id: expect.stringMatching(/^req-[0-9a-f]{12}-[0-9a-f]{20}$/) });
    const path = made.headers.get('location') ?? '';
    const { body: run } = await api.call(path, { as: fresh.members.viewer });
    expect(run).toMatchObject({
      operation: 'deployment',
      status: 'pending',
      codename: 'blue-harbour',
      tags: ['web', 'nightly'],
      statusText: 'Created; not started yet.',
      waiting: { gate: 'start' },
      initiator: { kind: 'user', username: fresh.members.operator.username },
    });
    expect(run.tenant).toBeUndefined();
    expect(run.uid.replaceAll('-', '')).toBe(made.body.run_id.slice(4).replace('-', ''));
    const [left] = await admin(
      (sql) => sql`
        select input, wait_cause, dedupe_key,
          (select count(*)::int from scope_claims where workspace_id = ${fresh.id}) as claims,
          (select count(*)::int from graphile_worker._private_jobs where payload ->> 'workspaceId' = ${fresh.id}) as jobs,
          (select array_agg(action order by id) from audit_entries where run_id = runs.id) as audit,
          (select count(*)::int from run_events where run_id = runs.id) as events
        from runs where id = ${run.id}`,
    );
    expect(left).toEqual({
      input: {
        userIntent: { description: 'Deploy a Next.js app', target: 'staging', constraints: 'free tier only' },
        requireApproval: true,
      },
      wait_cause: null,
      dedupe_key: null,
      claims: 0,
      jobs: 0,
      audit: ['run.created'],
      events: 1,
    });
  });

  it('needs a description only; the target is production and nobody has to approve', async () => {
    const made = await create();
    const { body } = await api.call(`${made.headers.get('location')}`, { as: fresh.members.viewer });
    expect(body.input).toEqual({
      userIntent: { description: 'Deploy a Next.js app', target: 'production' },
      requireApproval: false,
    });
    expect(body.codename).toMatch(/^[a-z]+-[a-z]+$/);
    expect(body.tags).toEqual([]);
  });

  it('is listed, and is cancelled at once; what was counted stays counted', async () => {
    const made = await create();
    const path = `${made.headers.get('location')}`;
    const list = await api.call('/v1/runs?operation=deployment', { as: fresh.members.viewer });
    expect(list.body.items).toHaveLength(1);
    const cancelled = await api.call(`${path}/cancel`, { method: 'POST', as: fresh.members.operator });
    expect(cancelled.status).toBe(200);
    expect((await api.call(path, { as: fresh.members.viewer })).body.status).toBe('cancelled');
    expect(await counted()).toEqual({ runs: 1, counter: 1 });
  });

  it('is work of its own each time, unless it comes with the same Idempotency-Key', async () => {
    const [first, second] = [await create(), await create()];
    expect(second.body.run_id).not.toBe(first.body.run_id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(keyed('once'))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.run_id)).size).toBe(1);
    expect(await counted()).toEqual({ runs: 3, counter: 3 });
    const other = await create({ ...keyed('once'), body: { user_intent: { description: 'Another' } } });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
  });

  it('of a replay counts, a what-if does not, and no other door offers it', async () => {
    const path = `${(await create()).headers.get('location')}`;
    await api.call(`${path}/cancel`, { method: 'POST', as: fresh.members.operator });
    const again = await api.call(`${path}/replay`, { method: 'POST', as: fresh.members.operator, body: {} });
    expect(again.status).toBe(201);
    expect(again.body.run).toMatchObject({ status: 'pending', operation: 'deployment' });
    expect(await counted()).toEqual({ runs: 2, counter: 2 });
    for (const door of ['/v1/runs', '/v1/runs/what-if']) {
      const body = { operation: 'deployment', input: { userIntent: intent.user_intent } };
      const refused = await api.call(door, { method: 'POST', as: fresh.members.operator, body });
      expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([400, '/operation']);
    }
    const offered = await api.call('/v1/operations', { as: fresh.members.operator });
    expect(offered.body.items.map(({ name }: { name: string }) => name)).not.toContain('deployment');
    expect(await counted()).toEqual({ runs: 2, counter: 2 });
  });

  it('is 401 for nobody, 403 for a viewer and a narrow key, 404 in another workspace', async () => {
    expect((await api.call('/runs', { method: 'POST', body: {} })).status).toBe(401);
    const viewer = await create({ as: fresh.members.viewer, body: {} });
    expect([viewer.status, viewer.body.capability]).toEqual([403, 'run.start.deployment']);
    const narrow = await makeApiKey(api.db, fresh.members.owner, { capabilities: ['run.read'] });
    expect((await api.call('/runs', { method: 'POST', key: narrow.text, body: intent })).status).toBe(403);
    const elsewhere = { 'x-workspace-id': api.workspace.id };
    expect((await create({ headers: elsewhere, body: {} })).status).toBe(404);
    const both = { 'x-workspace-id': fresh.id, 'x-org-id': api.workspace.id };
    expect((await create({ headers: both })).status).toBe(400);
    expect((await create({ headers: { 'x-org-id': fresh.id } })).status).toBe(201);
    expect(await counted()).toEqual({ runs: 1, counter: 1 });
  });

  it('is made by a key as well, for itself or for a member, and the usage says by whom', async () => {
    const key = await makeApiKey(api.db, fresh.members.owner, {
      name: 'release pipeline',
      mayActFor: true,
      capabilities: ['run.start.deployment', 'run.read', 'workspace.read'],
    });
    const { operator } = fresh.members;
    const post = (headers = {}) =>
      api.call('/runs', { method: 'POST', key: key.text, body: intent, headers });
    expect((await post()).status).toBe(201);
    expect((await post({ 'x-actor': operator.username })).status).toBe(201);
    expect((await post({ 'x-user-id': fresh.members.viewer.username })).status).toBe(403);
    const report = (await api.call('/v1/usage', { key: key.text })).body;
    expect(report.byMember).toEqual(
      expect.arrayContaining([
        { name: 'release pipeline', kind: 'api_key', runs: 1 },
        { name: operator.username, kind: 'user', runs: 1 },
      ]),
    );
  });
});

describe('a bad body is 400 and counts nothing', () => {
  const described = (description: unknown) => ({ user_intent: { description } });
  const rows: readonly [string, unknown][] = [
    ['no intent', {}],
    ['null', { user_intent: null }],
    ['text', { user_intent: 'Deploy' }],
    ['a list', { user_intent: [] }],
    ['no description', { user_intent: { target: 'production' } }],
    ['an empty description', described('')],
    ['blanks', described(' \n\t ')],
    ['2,001 characters', described('x'.repeat(2_001))],
    ['2,001 signs of two units each', described('🚂'.repeat(2_001))],
    ['a number', described(7)],
    ['NUL', described('a\u0000b')],
    ['a lone surrogate', described('a\ud800b')],
    ['a control character', described('a\u0007b')],
    ['an empty target', { user_intent: { description: 'a', target: '' } }],
    ['a target that hides its order', { user_intent: { description: 'a', target: 'pro\u202eduction' } }],
    ['a target of two lines', { user_intent: { description: 'a', target: 'a\nb' } }],
    ['constraints that are no text', { user_intent: { description: 'a', constraints: {} } }],
    ['a codename of 61 characters', { ...intent, codename: 'c'.repeat(61) }],
    ['an empty codename', { ...intent, codename: '' }],
    ['a codename that is null', { ...intent, codename: null }],
    ['a tag for a list', { ...intent, tags: 'web' }],
    ['an empty tag', { ...intent, tags: ['web', ''] }],
    ['21 tags', { ...intent, tags: Array.from({ length: 21 }, (_, at) => `t${at}`) }],
    ['a tag with NUL', { ...intent, tags: ['\u0000'] }],
    ['a tag that is a number', { ...intent, tags: [7] }],
    ['an approval in words', { ...intent, require_approval: 'false' }],
    ['an approval by number', { ...intent, require_approval: 0 }],
    ['a prototype', '{"user_intent":{"description":"a"},"__proto__":{"x":1}}'],
    ['a trailing comma', '{"user_intent":{"description":"a"},}'],
    ['a list as body', '[]'],
    ['text as body', '"x"'],
  ];
  it.each(rows)('%s', async (_, body) => {
    const answer = await create({ body });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(answer.body.detail);
    expect(await counted()).toEqual({ runs: 0, counter: 0 });
  });

  it('nothing at all', async () => {
    const answer = await api.call('/runs', { method: 'POST', as: fresh.members.operator });
    expect(answer.status).toBe(400);
  });

  it('10 MB is 413', async () => {
    expect((await create({ body: described('x'.repeat(10_000_000)) })).status).toBe(413);
    expect(await counted()).toEqual({ runs: 0, counter: 0 });
  });

  it('but 2,000 characters of any script, lines and right-to-left text are text', async () => {
    for (const description of ['🚂'.repeat(2_000), 'إنشاء صفحة\nثانية', 'e\u0301clair'])
      expect((await create({ body: described(description) })).status).toBe(201);
  });
});

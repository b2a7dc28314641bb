import type { Overview } from '@signalbox/contracts/overview/get-overview';
import { recordCheck } from '@signalbox/db/commands/connection/record-check';
import { workerSeen } from '@signalbox/db/commands/observability/worker-registry';
import { members, memberTenants } from '@signalbox/db/schema/access';
import type { Person } from '@signalbox/domain/access/principal';
import { makeTenant, makeUser, makeWorkspace, type TestTenant } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playRun, playToEnd } from '../support/play-worker.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let own: TestTenant;
let partly: Person;
let restored: number;

const overview = async (as: Person = api.workspace.members.viewer, parts = ''): Promise<Overview> => {
  const answer = await api.call(`/v1/overview${parts === '' ? '' : `?parts=${parts}`}`, { as });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body;
};

async function start(tenant: TestTenant, operation = 'snapshot_capture'): Promise<number> {
  const body = { operation, tenantId: tenant.tenantId };
  const made = await api.call('/v1/runs', { method: 'POST', as: api.workspace.members.operator, body });
  return made.body.run?.id ?? 0;
}

/** How many rows the list behind a link of the console has, asked page by page the way its page asks. */
async function rowsBehind(href: string, as: Person): Promise<number> {
  const url = new URL(href, 'http://console');
  const at = url.pathname.replace(/^\/w\/[^/]+/, '/v1').replace(/\/bulk\/(\d+)$/, '/bulk-actions/$1/items');
  const hoursAgo = (text: string) =>
    new Date(Date.now() - Number.parseInt(text, 10) * 3_600_000).toISOString();
  const query = new URLSearchParams();
  for (const [name, value] of url.searchParams) {
    if (name === 'ended') query.set('endedAfter', hoursAgo(value));
    else if (name === 'last') query.set(at === '/v1/refusals' ? 'since' : 'createdAfter', hoursAgo(value));
    else query.set(name === 'tenant' ? 'tenantId' : name, value);
  }
  if (at === '/v1/fleet') {
    const { body } = await api.call(at, { as });
    return body.workers.filter(({ state }: { state: string }) => state === 'alive').length;
  }
  query.set('limit', '2');
  let rows = 0;
  for (let cursor: string | null = ''; cursor !== null; ) {
    if (cursor !== '') query.set('cursor', cursor);
    const { body, status, text } = await api.call(`${at}?${query}`, { as });
    if (status !== 200) throw new Error(`${href}: ${text}`);
    rows += body.items.length;
    cursor = body.nextCursor;
  }
  return rows;
}

/** Every number of an overview with its link. */
function numbersOf({ now, attention }: Overview): [string, { count: number; href: string }][] {
  if (now === undefined || attention === undefined) throw new Error('A part is missing.');
  const { running, queued, ended, workers } = now;
  const found = attention.items.flatMap(
    ({ kind, count, href }): [string, { count: number; href: string }][] =>
      count === undefined ? [] : [[kind, { count, href }]],
  );
  return [...Object.entries({ running, queued, ended, workers }), ...found];
}

beforeAll(async () => {
  api = await startTestApi();
  const { id: workspaceId } = api.workspace;
  own = api.tenant;
  for (const poolId of ['one', 'one again']) {
    await workerSeen(api.db, { poolId, name: 'one', host: 'box', pid: 7, version: '1.0.0', slots: 4 });
  }
  const tenants = await Promise.all(Array.from({ length: 6 }, () => makeTenant(api.db, workspaceId)));
  const unconsented = await makeTenant(api.db, workspaceId, { check: { consent: 'missing' } });
  const failing = await makeTenant(api.db, workspaceId);
  // A check is how a failing connection becomes known; an unconsented one refuses starts.
  await api.db.inWorkspace(workspaceId, (tx) =>
    recordCheck(tx, failing.connectionId, {
      consent: 'granted',
      health: 'failing',
      healthReason: 'provider_unavailable',
      credential: 'present',
      granted: [],
    }),
  );
  for (const tenant of [unconsented, unconsented, unconsented]) await start(tenant);
  const play = (runId: number, counts: { total: number; failed: number }) =>
    playToEnd(api.db, { workspaceId, runId }, counts);
  restored = await start(own);
  await play(restored, { total: 4, failed: 2 });
  for (const tenant of tenants.slice(0, 2)) await play(await start(tenant), { total: 3, failed: 3 });
  await play(await start(tenants[2] as TestTenant), { total: 3, failed: 0 });
  await playRun(api.db, workspaceId, await start(tenants[3] as TestTenant));
  for (const tenant of tenants.slice(4)) await start(tenant);
  const user = await makeUser(api.db, 'partly');
  await api.db.inWorkspace(workspaceId, async ({ query }) => {
    await query
      .insert(members)
      .values({ workspaceId, userId: user.userId, role: 'viewer', allTenants: false });
    await query.insert(memberTenants).values({ workspaceId, userId: user.userId, tenantId: own.tenantId });
  });
  partly = { ...user, workspaceId, role: 'viewer', tenants: [own.tenantId] };
});
afterAll(() => api.close());

describe('a number of the overview', () => {
  it('is what the list behind its link shows', async () => {
    const as = api.workspace.members.viewer;
    const numbers = numbersOf(await overview());
    expect(Object.fromEntries(numbers.map(([name, { count }]) => [name, count]))).toEqual({
      running: 1,
      queued: 2,
      ended: 4,
      workers: 1,
      connection_unhealthy: 2,
      runs_failed: 3,
      starts_refused: 3,
    });
    for (const [name, { count, href }] of numbers) {
      expect([name, await rowsBehind(href, as)]).toEqual([name, count]);
    }
  });

  it('counts only the tenants a member is entitled to, and so does its list', async () => {
    const seen = await overview(partly);
    const numbers = numbersOf(seen);
    expect(Object.fromEntries(numbers.map(([name, { count }]) => [name, count]))).toEqual({
      running: 0,
      queued: 0,
      ended: 1,
      workers: 1,
      runs_failed: 1,
    });
    for (const [name, { count, href }] of numbers) {
      expect([name, await rowsBehind(href, partly)]).toEqual([name, count]);
    }
    expect(JSON.stringify(seen.changes?.items)).not.toContain('was refused');
    expect(seen.now?.oldestQueued).toBeUndefined();
  });

  it('is nothing in another workspace', async () => {
    const other = await makeWorkspace(api.db);
    const seen = await overview(other.members.owner);
    expect(numbersOf(seen).map(([name, { count }]) => [name, count])).toEqual([
      ['running', 0],
      ['queued', 0],
      ['ended', 0],
      ['workers', 1],
    ]);
    expect(seen.attention?.items).toEqual([]);
  });
});

it('what needs attention comes most urgent first, each with one action and named examples', async () => {
  const { attention } = await overview();
  expect(attention?.items.map(({ kind, severity }) => [kind, severity])).toEqual([
    ['connection_unhealthy', 'stop'],
    ['runs_failed', 'stop'],
    ['starts_refused', 'caution'],
  ]);
  expect(attention?.items[1]).toMatchObject({
    sentence: '3 runs failed or ended in part in the last 24 hours.',
    href: '/w/ws-default/runs?status=failed,partial&ended=24h',
    action: { label: 'See the runs' },
  });
  const example = attention?.items[1]?.examples.find(({ href }) => href.endsWith(`/${restored}`));
  expect(example?.note).toBe('2 of 4 failed');
  expect(attention?.items[2]?.examples).toHaveLength(1);
  expect(attention?.items[2]?.examples[0]).toMatchObject({ note: 'Consent missing, 3 times' });
  expect(await rowsBehind(attention?.items[2]?.examples[0]?.href ?? '', api.workspace.members.viewer)).toBe(
    3,
  );
});

it('runs that should move and do not are named, and so is a missing worker', async () => {
  const workspace = await makeWorkspace(api.db);
  const as = workspace.members.operator;
  const ids: Record<string, number> = {};
  for (const name of ['silent', 'still', 'overdue', 'fine']) {
    const { tenantId } = await makeTenant(api.db, workspace.id);
    const body = { operation: 'snapshot_capture', tenantId };
    ids[name] = (await api.call('/v1/runs', { method: 'POST', as, body })).body.run.id;
    if (name !== 'overdue') await playRun(api.db, workspace.id, ids[name] ?? 0);
  }
  await withAdmin(api.databaseUrl, async (sql) => {
    await sql`update runs set lease_expires_at = now() - interval '31 seconds' where id = ${ids.silent ?? 0}`;
    await sql`update runs set started_at = now() - interval '5 minutes', progress_at = now() - interval '5 minutes'
      where id = ${ids.still ?? 0}`;
    await sql`update runs set wait_cause = 'waiting_to_retry', wake_at = now() - interval '3 minutes'
      where id = ${ids.overdue ?? 0}`;
    await sql`update scope_claims set since = now() - interval '31 minutes' where run_id = ${ids.fine ?? 0}`;
  });
  const kinds = async () =>
    (await overview(as, 'attention')).attention?.items.map(({ kind, href }) => [
      kind,
      href.split('/').at(-1),
    ]);
  const named = [
    ['no_progress', String(ids.still)],
    ['retry_overdue', String(ids.overdue)],
    ['scope_held', String(ids.fine)],
  ];
  expect(await kinds()).toEqual([['lease_expired', String(ids.silent)], ...named]);
  await withAdmin(api.databaseUrl, async (sql) => {
    await sql`update workers set last_seen_at = now() - interval '2 minutes'`;
  });
  expect((await kinds())?.[0]).toEqual(['no_worker', 'fleet']);
  await withAdmin(api.databaseUrl, (sql) => sql`update workers set last_seen_at = now()`);
});

it('a bulk action that waits for long is named with what waits there, of what the caller may see', async () => {
  const other = await makeTenant(api.db, api.workspace.id);
  const elsewhere = await start(other);
  await playToEnd(api.db, { workspaceId: api.workspace.id, runId: elsewhere }, { total: 1, failed: 0 });
  const as = api.workspace.members.operator;
  const body = { action: 'replay', selection: { runIds: [restored, elsewhere] } };
  const made = await api.call('/v1/bulk-actions', { method: 'POST', as, body });
  expect(made.status).toBe(201);
  const waiting = async (who: Person) =>
    (await overview(who, 'attention')).attention?.items.find(({ kind }) => kind === 'bulk_waiting');
  expect(await waiting(as)).toBeUndefined();
  await withAdmin(api.databaseUrl, (sql) => sql`update plans set created_at = now() - interval '6 minutes'`);
  for (const [who, count] of [
    [as, 2],
    [partly, 1],
  ] as const) {
    const item = await waiting(who);
    expect(item).toMatchObject({ count, href: `/w/ws-default/bulk/${made.body.id}?status=waiting` });
    expect(await rowsBehind(item?.href ?? '', who)).toBe(count);
  }
  expect(await waiting((await makeWorkspace(api.db)).members.owner)).toBeUndefined();
});

it('the tail of the audit is for those who may read it; others are told of runs and what they lack', async () => {
  const { manager, operator } = api.workspace.members;
  const runId = await start(await makeTenant(api.db, api.workspace.id));
  await playToEnd(api.db, { workspaceId: api.workspace.id, runId }, { total: 1, failed: 1 });
  const { changes } = await overview(manager, 'changes');
  expect(changes?.limitedTo).toBeUndefined();
  // Who signed in to ask stands in the tail too.
  const deeds = (changes?.items ?? []).filter(({ action }) => !action.startsWith('account.'));
  const [ended, started, , , asked] = deeds;
  expect(ended).toMatchObject({ runStatus: 'failed', runId, href: `/w/ws-default/runs/${runId}` });
  expect(ended?.sentence).toMatch(/^Capture policies on tenant-\w+ failed: Items failed\.$/);
  expect(started?.sentence).toMatch(new RegExp(`^${operator.username} started Capture policies on tenant-`));
  expect(asked?.sentence).toMatch(new RegExp(`^${operator.username} asked for bulk action #\\d+\\.$`));
  const { changes: told } = await overview(operator, 'changes');
  expect(told?.limitedTo).toBe('runs');
  expect(told?.items.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['run.created', 'run.finished']),
  );
  expect(told?.items.filter(({ runId: id }) => id === undefined)).toEqual([]);
});

it('who may read the audit of some tenants is told of these, and of the workspace', async () => {
  const user = await makeUser(api.db, 'lead');
  const place = { workspaceId: api.workspace.id, userId: user.userId };
  await api.db.inWorkspace(api.workspace.id, async ({ query }) => {
    await query.insert(members).values({ ...place, role: 'manager', allTenants: false });
    await query.insert(memberTenants).values({ ...place, tenantId: own.tenantId });
  });
  const lead: Person = { ...place, username: user.username, role: 'manager', tenants: [own.tenantId] };
  const { changes } = await overview(lead, 'changes');
  const actions = changes?.items.map(({ action }) => action) ?? [];
  expect(actions).toEqual(
    expect.arrayContaining(['run.finished', 'bulk_action.created', 'workspace.created']),
  );
  expect(actions).not.toContain('run.start_refused');
  for (const { sentence } of changes?.items ?? []) expect(sentence).not.toContain('tenant-');
});

it('the first steps tell the truth of an empty workspace and of one that has begun', async () => {
  const empty = await makeWorkspace(api.db);
  const { firstSteps } = await overview(empty.members.viewer, 'firstSteps');
  expect(firstSteps?.done).toBe(false);
  expect(firstSteps?.items.map(({ key, done, allowed }) => [key, done, allowed])).toEqual(
    ['connection', 'check', 'capture', 'backup_set', 'preview'].map((key) => [key, false, false]),
  );
  // A capture of which nothing came is none.
  const { tenantId } = await makeTenant(api.db, empty.id);
  const body = { operation: 'snapshot_capture', tenantId };
  const made = await api.call('/v1/runs', { method: 'POST', as: empty.members.operator, body });
  await playToEnd(api.db, { workspaceId: empty.id, runId: made.body.run.id }, { total: 2, failed: 2 });
  const tried = await overview(empty.members.operator, 'firstSteps');
  expect(tried.firstSteps?.items.map(({ done }) => done)).toEqual([true, true, false, false, false]);
  const begun = await overview(api.workspace.members.operator, 'firstSteps');
  expect(begun.firstSteps?.items.map(({ key, done }) => [key, done])).toEqual([
    ['connection', true],
    ['check', true],
    ['capture', true],
    ['backup_set', false],
    ['preview', false],
  ]);
});

it('answers only the parts that were asked for', async () => {
  expect(Object.keys(await overview(undefined, 'now')).sort()).toEqual(['now', 'serverTime']);
  expect(Object.keys(await overview()).sort()).toEqual([
    'attention',
    'changes',
    'firstSteps',
    'now',
    'serverTime',
  ]);
});

it.each([
  'parts=',
  'parts=nonsense',
  'parts=now,nonsense',
  'parts=now&parts=now',
  'since=1',
  'parts=__proto__',
])('refuses %s', async (query) => {
  expect((await api.call(`/v1/overview?${query}`, { as: api.workspace.members.viewer })).status).toBe(400);
});

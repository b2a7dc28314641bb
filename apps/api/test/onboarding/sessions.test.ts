import { bootstrapTasks } from '@signalbox/domain/onboarding/tasks';
import { makeVerified } from '@signalbox/testing/fixtures/verified';
import { makeConnection, makeTenant, type TestTenant } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
let tenant: TestTenant;
let at: string;

beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
}, 60_000);
beforeEach(async () => {
  tenant = await makeTenant(api.db, api.workspace.id);
  const made = await call('POST', `/v1/tenants/${tenant.tenantId}/onboarding-session`);
  at = made.headers.get('location') ?? '';
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const call = (method: NonNullable<Call['method']>, path: string, more: Call = {}) =>
  api.call(path, { method, as: api.workspace.members.operator, ...more });
const get = (more: Call = {}) => call('GET', at, more);
const patch = (body: object, more: Call = {}) => call('PATCH', at, { body, ...more });
const post = (deed: string, body?: object, more: Call = {}) =>
  call('POST', `${at}/${deed}`, { ...(body !== undefined && { body }), ...more });
const refusalOf = (body: { actions: { action: string; refused?: string }[] }, action: string) =>
  body.actions.find((each) => each.action === action)?.refused ?? null;

it('tells all that the wizard needs in one answer, for whoever asks', async () => {
  const fresh = (await get()).body;
  expect(fresh).toMatchObject({
    tenant: { id: tenant.tenantId, externalId: tenant.externalId },
    ...{ status: 'draft', step: 1, stalled: false, draft: {}, lock: { mine: false, version: 0 } },
  });
  expect(fresh.lock).not.toHaveProperty('holder');
  expect(fresh.steps.map(({ state }: { state: string }) => state)).toEqual([
    ...['current', 'later', 'later', 'later', 'later'],
  ]);
  expect(fresh.steps[2].obstacle).toContain('onboarding.consent.verify');
  expect(fresh.tasks).toHaveLength(8);
  expect(fresh.tasks[0]).toMatchObject({ status: 'unknown', reason: { code: 'not_verified' } });
  expect(refusalOf(fresh, 'edit')).toBeNull();
  expect(refusalOf(fresh, 'take_over')).toContain('onboarding.takeover');
  expect(refusalOf(fresh, 'bootstrap')).not.toBeNull();

  const { operator, manager, viewer } = api.workspace.members;
  const typed = await patch({ lockVersion: 0, draft: { notes: 'Sundays ' } });
  expect(typed.body).toMatchObject({
    status: 'in_progress',
    draft: { notes: 'Sundays ' },
    lock: { mine: true },
  });
  const other = (await get({ as: manager })).body;
  expect(other.lock).toMatchObject({ holder: operator.username, mine: false, version: 1 });
  expect(refusalOf(other, 'edit')).toBe(`${operator.username} is editing the onboarding of this tenant.`);
  expect(refusalOf(other, 'take_over')).toBeNull();
  expect(refusalOf((await get({ as: viewer })).body, 'abandon')).toContain('onboarding.edit');

  const run = await post('tasks/onboarding.consent.verify/runs');
  expect(run.status).toBe(201);
  const [consent] = (await get()).body.tasks;
  expect(consent.activeRun).toMatchObject({ id: run.body.run.id, status: 'queued' });
  expect((await post('tasks/bogus/runs')).status).toBe(404);
});

it('resumes the session of a tenant, and lists those of the tenants one sees', async () => {
  const { operator, owner } = api.workspace.members;
  const again = await call('POST', `/v1/tenants/${tenant.tenantId}/onboarding-session`);
  expect([again.status, `/v1/onboarding-sessions/${again.body.id}`]).toEqual([200, at]);
  await patch({ lockVersion: 0, assigneeUserId: operator.userId });
  await admin`update onboarding_sessions set updated_at = now() - interval '25 hours' where id = ${again.body.id}`;
  const list = async (query: string, more: Call = {}) =>
    (await call('GET', `/v1/onboarding-sessions${query}`, more)).body;
  const mine = await list(
    `?tenantId=${tenant.tenantId}&status=in_progress&assigneeUserId=${operator.userId}`,
  );
  expect(mine.items).toMatchObject([
    { id: again.body.id, stalled: true, assignee: { username: operator.username }, lock: { mine: true } },
  ]);
  expect(mine.items[0].tasks).toContainEqual({ task: 'onboarding.consent.verify', status: 'unknown' });
  const page = await list('?limit=1');
  expect(page.items[0].id).toBe(again.body.id);
  expect((await list(`?limit=1&cursor=${page.nextCursor}`)).items[0].id).toBeLessThan(again.body.id);
  const elsewhere = await makeTenant(api.db, api.workspace.id);
  const narrow = await joinAs(api, owner, { role: 'operator', tenants: [elsewhere.tenantId] });
  expect((await list('', { as: narrow })).items).toEqual([]);
  expect((await get({ as: narrow })).status).toBe(404);
});

it('lets nobody write under a lock that was theirs, and offers them what they had typed', async () => {
  const { manager } = api.workspace.members;
  await patch({ lockVersion: 0, draft: { notes: 'mine', clientId: 'abc' } });
  const noReason = await post('lock', { takeover: true }, { as: manager });
  expect([noReason.status, noReason.body.errors?.[0].pointer]).toEqual([400, '/reason']);
  expect((await post('lock', {}, { as: manager })).body.code).toBe('session_locked');
  expect((await post('lock', { takeover: true, reason: 'x' })).body.capability).toBe('onboarding.takeover');
  const taken = await post('lock', { takeover: true, reason: 'The night shift' }, { as: manager });
  expect(taken.body.lock).toMatchObject({ mine: true, version: 2 });
  // Nothing is offered that the draft holds anyway.
  expect((await get()).body).not.toHaveProperty('keptDraft');

  const late = await patch({ lockVersion: 1, draft: { notes: 'late', clientId: 'abc' } });
  expect([late.status, late.body.code]).toEqual([409, 'session_locked']);
  expect(late.body.detail).toContain('What you typed is kept for you.');
  expect((await get()).body.keptDraft).toEqual({ notes: 'late' });
  expect((await get({ as: manager })).body).not.toHaveProperty('keptDraft');
  expect((await get({ as: manager })).body.draft.notes).toBe('mine');
  expect((await post('restore-draft', { lockVersion: 2 })).status).toBe(409);
  expect((await post('release', undefined, { as: manager })).body.lock).toEqual({ mine: false, version: 3 });
  expect((await post('restore-draft', { lockVersion: 2 })).body.code).toBe('conflict');
  const back = await post('restore-draft', { lockVersion: 3 });
  expect(back.body).toMatchObject({ draft: { notes: 'late', clientId: 'abc' }, lock: { mine: true } });
  expect((await post('dismiss-draft', undefined, { as: manager })).status).toBe(200);
});

it('keeps what is typed to the letter, and nothing that is no field of the wizard: a secret least of all', async () => {
  // The largest there can be stays below 16 kB.
  const draft = {
    ...{ name: 'n'.repeat(200), externalId: '€'.repeat(200), connectionLabel: '"'.repeat(200) },
    ...{ clientId: '€'.repeat(200), notes: '€'.repeat(4_000), operations: [...bootstrapTasks] },
  };
  expect(new TextEncoder().encode(JSON.stringify(draft)).length).toBeLessThan(16_384);
  expect((await patch({ lockVersion: 0, draft })).body.draft).toEqual(draft);
  for (const bad of [
    ...['clientSecret', 'client_secret', 'password', 'token', 'apiKey', '__proto__'].map((name) =>
      JSON.parse(`{"${name}":"x"}`),
    ),
    ...[{ notes: 'n'.repeat(4_001) }, { notes: 'a\u0000b' }, { notes: '\ud800' }, { notes: 7 }],
    ...[{ operations: ['bogus'] }, { operations: 'inventory.sync' }, [], 'x'],
  ]) {
    const refused = await call('PATCH', at, { body: JSON.stringify({ lockVersion: 1, draft: bad }) });
    expect([bad, refused.status]).toEqual([bad, 400]);
  }
  expect((await get()).body.draft).toEqual(draft);
});

it('refuses what cannot be asked, and a connection that is not of the tenant', async () => {
  for (const body of [
    ...[0, 6, 1.5, '2'].map((step) => ({ lockVersion: 0, step })),
    ...[{}, { lockVersion: -1 }, { lockVersion: 1.5 }, { lockVersion: null }, { lockVersion: 0, bogus: 1 }],
  ])
    expect([body, (await patch(body)).status]).toEqual([body, 400]);
  expect((await patch({ lockVersion: 7 })).body.code).toBe('conflict');
  const foreign = (await makeTenant(api.db, api.workspace.id)).connectionId;
  expect((await patch({ lockVersion: 0, connectionId: foreign })).status).toBe(404);
  expect((await patch({ lockVersion: 0, assigneeUserId: 2_000_000_000 })).status).toBe(404);
  const { viewer } = api.workspace.members;
  const idle = await patch({ lockVersion: 0, assigneeUserId: viewer.userId });
  expect([idle.status, idle.body.errors[0].pointer]).toEqual([400, '/assigneeUserId']);
  const place = { workspaceId: api.workspace.id, tenantId: tenant.tenantId };
  const second = await makeConnection(api.db, place, { isDefault: false, label: 'second' });
  const chosen = await patch({ lockVersion: 0, connectionId: second, step: 2 });
  expect(chosen.body).toMatchObject({ step: 2, connection: { id: second, label: 'second' } });
  for (const query of ['?status=bogus', '?tenantId=x', '?limit=0'])
    expect((await call('GET', `/v1/onboarding-sessions${query}`)).status).toBe(400);
});

it('is abandoned with a reason, not under a bootstrap, and then admits nothing but a new one', async () => {
  for (const body of [{}, { reason: '' }, { reason: 'x'.repeat(501) }])
    expect((await post('abandon', body)).status).toBe(400);
  await makeVerified(api.db, { workspaceId: api.workspace.id, ...tenant });
  await admin`update onboarding_sessions set step = 5, status = 'in_progress' where tenant_id = ${tenant.tenantId}`;
  expect((await post('bootstrap', { operations: ['inventory.sync', 'compliance.snapshot'] })).status).toBe(
    201,
  );
  const busy = await post('abandon', { reason: 'Called off' });
  expect([busy.status, busy.body.code, busy.body.detail]).toEqual([
    ...[409, 'bootstrap_under_way'],
    'The bootstrap of this onboarding is under way; stop it first.',
  ]);
  // Its step and its connection stay, in both words for it; what is typed is saved.
  const place = { workspaceId: api.workspace.id, tenantId: tenant.tenantId };
  const second = await makeConnection(api.db, place, { isDefault: false, label: 'second' });
  const { id, lock } = (await get()).body;
  for (const change of [{ step: 4 }, { connectionId: second }]) {
    const refused = await patch({ lockVersion: lock.version, ...change });
    expect([refused.status, refused.body.code]).toEqual([409, 'bootstrap_under_way']);
    expect(refused.body.nextSteps[0].href).toBe(`/w/ws-default/onboarding/${tenant.tenantId}`);
  }
  const inContract = `/tenants/${tenant.tenantId}/onboarding/session/${id}`;
  const back = await call('PATCH', inContract, { body: { current_step: 4 } });
  expect([back.status, back.body.code]).toEqual([409, 'bootstrap_under_way']);
  expect(back.body.error).toBe(
    'The bootstrap of this onboarding is under way, so its step and its connection stay until that has ended or was stopped.',
  );
  const typed = await patch({ lockVersion: lock.version, draft: { notes: 'meanwhile' } });
  expect(typed.body).toMatchObject({ step: 5, draft: { notes: 'meanwhile' } });
  expect(refusalOf((await get()).body, 'abandon')).toBe(busy.body.detail);
  await admin`update plans set status = 'failed', finished_at = now() where status = 'working'`;
  const ended = await post('abandon', { reason: 'Called off' });
  expect(ended.body).toMatchObject({ status: 'abandoned', endReason: 'Called off', lock: { mine: false } });
  const deeds = [
    patch({ lockVersion: 1 }),
    post('lock', {}),
    post('release'),
    post('abandon', { reason: 'x' }),
  ];
  for (const { status, body } of await Promise.all(deeds))
    expect([status, body.code]).toEqual([409, 'session_closed']);
  expect((await post('tasks/onboarding.consent.verify/runs')).body.code).toBe('session_closed');
  const next = await call('POST', `/v1/tenants/${tenant.tenantId}/onboarding-session`);
  expect([next.status, next.body.status]).toEqual([201, 'draft']);
});

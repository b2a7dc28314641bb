import { onboardingTasks } from '@signalbox/domain/onboarding/tasks';
import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import { makeTenant, type TestTenant } from '@signalbox/testing/fixtures/workspace';
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
  at = `/tenants/${tenant.tenantId}/onboarding`;
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const call = (method: NonNullable<Call['method']>, path: string, more: Call = {}) =>
  api.call(path, { method, as: api.workspace.members.operator, ...more });
const open = (more: Call = {}) => call('POST', `${at}/session`, more);
const patch = (session: number | string, body: unknown, more: Call = {}) =>
  call('PATCH', `${at}/session/${session}`, { body, ...more });
const startTask = (task: string, more: Call = {}) => call('POST', `${at}/tasks/${task}/runs`, more);
/** Evidence as a run of the operation leaves it. */
const seen = async (task: string, status: string, age = '0 hours') => {
  const [row] = await admin`
    insert into evidence (workspace_id, tenant_id, connection_id, task_type, status, reason, message, payload, recorded_at)
    values (${api.workspace.id}, ${tenant.tenantId}, ${tenant.connectionId}, ${task}, ${status},
      ${status === 'fail' ? 'consent_missing' : null}, 'Seen.', '{"n":1}', now() - ${age}::interval) returning id::int`;
  return Number(row?.id);
};
const tasks = async () => (await call('GET', `${at}/tasks`)).body;

it('opens a session, resumes it, and tells it in the words of the contract with its nulls', async () => {
  expect((await call('GET', `${at}/session`)).body).toEqual({ session: null });
  const { operator } = api.workspace.members;
  const made = await open();
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: made.body.id,
    tenant_id: tenant.tenantId,
    provider_connection_id: null,
    status: 'draft',
    current_step: 1,
    assigned_to_user_id: null,
    locked_by_user_id: operator.userId,
    locked_until: expect.stringMatching(/Z$/),
  });
  const left = Date.parse(made.body.locked_until) - Date.now();
  expect(left).toBeGreaterThan(590_000);
  expect(left).toBeLessThanOrEqual(601_000);
  const again = await open({ as: api.workspace.members.manager });
  // Somebody else edits, so it is told as it is.
  expect([again.status, again.body]).toEqual([201, made.body]);
  expect((await call('GET', `${at}/session`)).body).toEqual({ session: made.body });
  // Run out, it is no lock, and the next who asks has it.
  await admin`update onboarding_sessions set locked_until = now() - interval '1 second' where id = ${made.body.id}`;
  expect((await call('GET', `${at}/session`)).body.session).toMatchObject({
    locked_by_user_id: null,
    locked_until: null,
  });
  const next = await open({ as: api.workspace.members.manager });
  expect(next.body.locked_by_user_id).toBe(api.workspace.members.manager.userId);
});

it('goes on one step at a time, is handed over, and names who may not', async () => {
  const { operator, manager, viewer } = api.workspace.members;
  const { id } = (await open()).body;
  const moved = await patch(id, { current_step: 2, unknown: true });
  expect([moved.status, moved.body]).toMatchObject([200, { status: 'in_progress', current_step: 2 }]);
  const skipped = await patch(id, { current_step: 4 });
  expect([skipped.status, skipped.body]).toMatchObject([
    409,
    { error: 'Step 3 comes before step 4.', code: 'step_not_ready' },
  ]);
  expect((await patch(id, { current_step: 3 })).body).toMatchObject({
    current_step: 3,
    provider_connection_id: tenant.connectionId,
  });
  const notReady = await patch(id, { current_step: 4 });
  expect(notReady.body.error).toContain('onboarding.consent.verify');
  const assigned = await patch(id, { assigned_to_user_id: manager.userId });
  expect(assigned.body.assigned_to_user_id).toBe(manager.userId);
  // Nobody is given what they could not go on with; who may not edit at all hears of that alone.
  const idle = await patch(id, { assigned_to_user_id: viewer.userId });
  expect([idle.status, idle.body.errors]).toMatchObject([400, [{ pointer: '/assigned_to_user_id' }]]);
  const byViewer = await patch(id, { assigned_to_user_id: viewer.userId }, { as: viewer });
  expect([byViewer.status, byViewer.body.capability]).toEqual([403, 'onboarding.edit']);
  expect((await patch(id, { assigned_to_user_id: null })).body.assigned_to_user_id).toBeNull();

  const other = await patch(id, { current_step: 1 }, { as: manager });
  expect([other.status, other.body]).toMatchObject([
    409,
    { error: `${operator.username} is editing the onboarding of this tenant.`, code: 'session_locked' },
  ]);
  const taken = await patch(id, { current_step: 1, takeover: true }, { as: manager });
  expect(taken.body).toMatchObject({ current_step: 1, locked_by_user_id: manager.userId });
  const may = await patch(id, { takeover: true });
  expect([may.status, may.body.capability]).toEqual([403, 'onboarding.takeover']);
  const [entry] = await admin`select actor_name, details from audit_entries
    where action = 'onboarding.taken_over' and object_id = ${String(id)}`;
  expect(entry).toMatchObject({ actor_name: manager.username, details: { from: operator.username } });
});

it('refuses what cannot be, in the order of every operation, and changes nothing', async () => {
  const { owner } = api.workspace.members;
  const { id } = (await open()).body;
  for (const body of [
    ...[0, 6, 1.5, -1, '2', null, true].map((current_step) => ({ current_step })),
    ...[0, 1.5, 'x', 2 ** 31].map((assigned_to_user_id) => ({ assigned_to_user_id })),
    ...[{ takeover: 'yes' }, { takeover: 1 }, [], 'x', null],
  ]) {
    const refused = await patch(id, body);
    expect([body, refused.status]).toEqual([body, 400]);
    expect(typeof refused.body.error).toBe('string');
  }
  expect((await call('PATCH', `${at}/session/${id}`)).status).toBe(400);
  const unchanged = (await call('GET', `${at}/session`)).body.session;
  expect(unchanged).toMatchObject({ status: 'draft', current_step: 1, assigned_to_user_id: null });

  const elsewhere = await makeTenant(api.db, api.workspace.id);
  const foreign = `/tenants/${elsewhere.tenantId}/onboarding/session/${id}`;
  expect((await call('PATCH', foreign, { body: {} })).status).toBe(404);
  expect((await patch(2_000_000_000, { current_step: 9 })).status).toBe(404);
  for (const path of ['/tenants/x/onboarding/session', `${at}/session/1.5`, `${at}/session/%00`])
    expect((await call('PATCH', path, { body: {} })).status).toBeGreaterThanOrEqual(400);
  // Who does not see the tenant cannot be given it, and neither can who does not exist.
  const narrow = await joinAs(api, owner, { role: 'operator', tenants: [elsewhere.tenantId] });
  for (const user of [narrow.userId, 2_000_000_000])
    expect((await patch(id, { assigned_to_user_id: user })).status).toBe(404);
  expect((await patch(id, { takeover: true }, { as: narrow })).status).toBe(404);
  const viewer = await patch(id, { current_step: 9 }, { as: api.workspace.members.viewer });
  expect([viewer.status, viewer.body.capability]).toEqual([403, 'onboarding.edit']);

  const key = await makeApiKey(api.db, owner, { mayActFor: true });
  const bare = await api.call(`${at}/session`, { method: 'POST', key: key.text });
  expect([bare.status, bare.body.code]).toEqual([403, 'person_required']);
  const headers = { 'x-user-id': api.workspace.members.operator.username };
  const acting = await api.call(`${at}/session`, { method: 'POST', key: key.text, headers });
  expect(acting.body.locked_by_user_id).toBe(api.workspace.members.operator.userId);
});

it('tells each task by its newest evidence of the last 24 hours, and its last run', async () => {
  const first = await tasks();
  expect(first.map(({ task_type }: { task_type: string }) => task_type)).toEqual([...onboardingTasks]);
  const nothing = { status: 'unknown', reason_code: 'not_verified', message: null, last_run_id: null };
  expect(first[0]).toEqual({ task_type: 'onboarding.consent.verify', ...nothing });
  await seen('onboarding.consent.verify', 'ok', '2 hours');
  await seen('onboarding.consent.verify', 'fail', '1 hour');
  await seen('onboarding.rbac.verify', 'ok', '24 hours');
  const made = await startTask('onboarding.connectivity.check');
  const now = await tasks();
  expect(now[0]).toMatchObject({ status: 'fail', reason_code: 'consent_missing', message: 'Seen.' });
  expect(now[1]).toMatchObject({ status: 'unknown', last_run_id: made.body.run_id });
  expect(now[3]).toMatchObject({ status: 'unknown', reason_code: 'evidence_stale' });
});

it('starts a task through the gate: new, the same again, and refused by what stands in its way', async () => {
  const { manager } = api.workspace.members;
  const { id } = (await open()).body;
  const made = await startTask('onboarding.consent.verify');
  expect(made.status).toBe(201);
  expect(made.body).toEqual({ run_id: made.body.run_id, url: `/admin/operations/${made.body.run_id}` });
  const again = await startTask('onboarding.consent.verify');
  expect([again.status, again.body]).toEqual([201, made.body]);
  const locked = await startTask('onboarding.consent.verify', { as: manager });
  expect([locked.status, locked.body.code]).toEqual([409, 'session_locked']);
  expect(locked.body.error).toBe(locked.body.detail);
  const busy = await startTask('onboarding.rbac.verify');
  expect([busy.status, busy.body.code]).toEqual([409, 'scope_busy']);
  expect((await call('GET', made.body.url)).status).toBe(200);

  for (const task of ['bogus', 'snapshot_capture', 'constructor', '%00'])
    expect([task, (await startTask(task)).status]).toEqual([task, 404]);
  const viewer = await startTask('onboarding.rbac.verify', { as: api.workspace.members.viewer });
  expect([viewer.status, viewer.body.capability]).toEqual([403, 'run.start.onboarding.rbac.verify']);
  const keyed = { headers: { 'idempotency-key': 'once' } };
  expect((await startTask('onboarding.consent.verify', keyed)).body).toEqual(made.body);

  // The run and the audit say where it came from; what was refused left no run.
  const runs = await admin`select context from runs where tenant_id = ${tenant.tenantId}`;
  expect(runs.map(({ context }) => context)).toEqual([{ surface: 'onboarding', sessionId: id }]);

  const blocked = await makeTenant(api.db, api.workspace.id);
  await admin`update connections set enabled = false, disabled_at = now() where id = ${blocked.connectionId}`;
  at = `/tenants/${blocked.tenantId}/onboarding`;
  expect((await startTask('onboarding.consent.verify')).body.code).toBe('connection_disabled');
});

it('lists evidence, the newest first, by task and page by page', async () => {
  expect((await call('GET', `${at}/evidence`)).body).toEqual([]);
  const oldest = await seen('onboarding.rbac.verify', 'ok', '3 hours');
  const middle = await seen('onboarding.consent.verify', 'fail', '2 hours');
  const newest = await seen('onboarding.rbac.verify', 'warn', '1 hour');
  const list = async (query: string) => {
    const { body, headers } = await call('GET', `${at}/evidence${query}`);
    return { ids: body.map((row: { id: number }) => row.id), next: headers.get('x-next-cursor') };
  };
  expect(await list('')).toEqual({ ids: [newest, middle, oldest], next: null });
  expect((await list('?taskType=onboarding.rbac.verify')).ids).toEqual([newest, oldest]);
  const first = await list('?limit=2');
  expect(first.ids).toEqual([newest, middle]);
  expect(await list(`?limit=2&cursor=${first.next}`)).toEqual({ ids: [oldest], next: null });
  const [row] = (await call('GET', `${at}/evidence?limit=1&taskType=onboarding.consent.verify`)).body;
  expect(row).toEqual({
    id: middle,
    tenant_id: tenant.tenantId,
    onboarding_session_id: null,
    provider_connection_id: tenant.connectionId,
    task_type: 'onboarding.consent.verify',
    status: 'fail',
    reason_code: 'consent_missing',
    message: 'Seen.',
    payload: { n: 1 },
    operation_run_id: null,
    recorded_at: expect.stringMatching(/Z$/),
  });
  for (const query of ['?taskType=bogus', '?taskType=', '?limit=0', '?limit=1001', '?cursor=x', '?page=2'])
    expect([query, (await call('GET', `${at}/evidence${query}`)).status]).toEqual([query, 400]);
});

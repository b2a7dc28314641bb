import { offerSetup } from '@signalbox/db/commands/access/setup-link';
import { changeResource } from '@signalbox/db/commands/provisioning/change-resource';
import { auditLabel, isKnownAction } from '@signalbox/domain/observability/audit-actions';
import { codeOf } from '@signalbox/testing/fixtures/authenticator';
import { makeVerified } from '@signalbox/testing/fixtures/verified';
import {
  makeConnection,
  makeServerConnection,
  makeTenant,
  makeUser,
  testPassword,
  uniqueName,
} from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Things } from '../support/grid/kinds.ts';
import { operations } from '../support/grid/positions.ts';
import { requestOf } from '../support/grid/request.ts';
import { makeThings } from '../support/grid/things.ts';
import { joinAs } from '../support/join-as.ts';
import { playRun } from '../support/play-worker.ts';
import { type Answer, type Call, startTestApi, type TestApi } from '../support/test-api.ts';

// Every operation that is not a GET is carried out as somebody who may, and must have left an entry with the id of its
// request. The operations are read off the router, so a new one is here by itself.
let api: TestApi;
let admin: ReturnType<typeof openAdmin>;

beforeAll(async () => {
  api = await startTestApi({ rollbackWaitMs: 100 });
  admin = openAdmin(api.databaseUrl);
}, 60_000);
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

/** Operations that change nothing that anybody would ask about, with why. */
const unaudited: Readonly<Record<string, string>> = {
  whatIfRun: 'asks the gate and changes nothing',
  previewBatch: 'judges a batch and changes nothing',
  previewRollback: 'says what would be undone and changes nothing',
  estimateBulkAction: 'asks what would happen and changes nothing',
  lookAtInvitation: 'shows an invitation to who holds its link',
  readNotification: 'what somebody has looked at is their own matter',
  readAllNotifications: 'what somebody has looked at is their own matter',
  createWsTicket: 'stands for its maker for half a minute and opens what they may read anyway',
  refreshToken: 'goes on with a session; a token shown twice is audited',
};

const post = (path: string, call: Omit<Call, 'method'> = {}): Promise<Answer> =>
  api.call(path, { method: 'POST', ...call });

/** Somebody new in the workspace, with a token of a sign-in of their own. */
async function somebody(role = 'operator') {
  const person = await joinAs(api, api.workspace.members.owner, { role });
  const { username } = person;
  const login = await post('/auth/login', { body: { username, password: testPassword } });
  return { person, username, headers: { authorization: `Bearer ${login.body.data.token}` } };
}

async function enrolled() {
  const { username, headers } = await somebody();
  const offered = await post('/v1/account/mfa/enrol', { headers, body: { password: testPassword } });
  const code = codeOf(offered.body.secret, -1);
  const confirmed = await post('/v1/account/mfa/confirm', { headers, body: { code } });
  return { username, headers, secret: String(offered.body.secret), confirmed };
}

async function invitation(): Promise<string> {
  const body = { email: 'guest@example.org', role: 'viewer' };
  const made = await post('/v1/invitations', { as: api.workspace.members.owner, body });
  return String(made.body.link).split('#')[1] ?? '';
}

/** A task of provisioning that has changed something. */
async function changing({ task, infra }: Things): Promise<string> {
  const [run] = await admin`select r.id, c.id as connection from runs r, connections c
    where r.uid = ${task} and c.workspace_id = r.workspace_id and c.provider = 'local'`;
  await api.db.inWorkspace(api.workspace.id, (tx) =>
    changeResource(tx, Number(run?.id), {
      ...{ infra: String(infra), kind: 'server', name: uniqueName('web'), provider: 'local' },
      ...{ connectionId: Number(run?.connection), externalId: null, state: { plan: 'small', zone: 'local' } },
    }),
  );
  return String(task);
}

/** Starts a rollback and takes it back: it would hold the infra. */
async function rolledBack(path: string, body: object): Promise<Answer> {
  const as = api.workspace.members.owner;
  const made = await post(path, { as, body });
  const [run] =
    await admin`select id from runs where operation = 'provisioning_rollback' order by id desc limit 1`;
  await post(`/v1/runs/${run?.id}/cancel`, { as, body: {} });
  return made;
}

async function freshRun(): Promise<number> {
  const { tenantId } = await makeTenant(api.db, api.workspace.id);
  const body = { operation: 'snapshot_capture', tenantId };
  const made = await post('/v1/runs', { as: api.workspace.members.owner, body });
  return made.body.run.id;
}

/** A batch on an infra of its own. */
const newBatch = () => ({
  name: uniqueName('infra'),
  operations: [
    {
      ...{ id: 'servers', type: 'server_batch', provider: 'local', dependencies: [] },
      config: { server_configs: [{ name: 'web-01', plan: 'small', zone: 'local' }] },
    },
  ],
});

/** Makes a batch, and stops it again: the next one uses the same connection. */
async function batched(path: string, body: object): Promise<Answer> {
  const { owner } = api.workspace.members;
  const [known] = await admin`select from connections where provider = 'local'`;
  if (known === undefined) await makeServerConnection(api.db, api.workspace.id, { provider: 'local' });
  const made = await post(path, { as: owner, body });
  await post(`/v1/batches/${made.body.id ?? made.body.data.batch_id}/cancel`, { as: owner, body: {} });
  return made;
}

/** A session in which the owner has typed something, lost the lock over it and taken it back. */
async function lostDraft({ onboarding }: Things): Promise<{ path: string; lockVersion: number }> {
  const path = `/v1/onboarding-sessions/${onboarding}`;
  const { owner, manager } = api.workspace.members;
  const body = { lockVersion: 0, draft: { notes: 'typed' } };
  const typed = await api.call(path, { method: 'PATCH', as: owner, body });
  const takeover = { takeover: true, reason: 'a test' };
  await post(`${path}/lock`, { as: manager, body: takeover });
  const rewritten = { lockVersion: typed.body.lock.version + 1, draft: {} };
  await api.call(path, { method: 'PATCH', as: manager, body: rewritten });
  const back = await post(`${path}/lock`, { as: owner, body: takeover });
  return { path, lockVersion: back.body.lock.version };
}

/** Brings the onboarding of a tenant to its last step and starts its bootstrap. */
async function bootstrapped(tenant: Things['tenant']): Promise<Answer> {
  const [session] = await admin<{ id: string; connection: string }[]>`
    update onboarding_sessions set step = 5 where tenant_id = ${tenant} and workspace_id = ${api.workspace.id}
    returning id, connection_id as connection`;
  const verified = { tenantId: Number(tenant), connectionId: Number(session?.connection) };
  await makeVerified(api.db, { workspaceId: api.workspace.id, ...verified });
  return post(`/v1/onboarding-sessions/${session?.id}/bootstrap`, {
    ...{ as: api.workspace.members.owner, body: { operations: ['inventory.sync', 'compliance.snapshot'] } },
  });
}

/** Operations whose recipe in the grid is not enough to carry them out: they need a state or a secret. */
const carriedOut: Readonly<Record<string, (things: Things) => Promise<Answer>>> = {
  createRun: async () => {
    const { tenantId } = await makeTenant(api.db, api.workspace.id);
    return post('/v1/runs', {
      as: api.workspace.members.owner,
      body: { operation: 'snapshot_capture', tenantId },
    });
  },
  cancelRun: async () =>
    post(`/v1/runs/${await freshRun()}/cancel`, { as: api.workspace.members.owner, body: {} }),
  forceCancelRun: async () => {
    const id = await freshRun();
    await playRun(api.db, api.workspace.id, id);
    await post(`/v1/runs/${id}/cancel`, { as: api.workspace.members.owner, body: {} });
    await admin`update runs set cancel_requested_at = now() - interval '1 hour' where id = ${id}`;
    return post(`/v1/runs/${id}/force-cancel`, {
      as: api.workspace.members.owner,
      body: { reason: 'its worker is gone' },
    });
  },
  startRollback: async (things) =>
    rolledBack('/v1/rollbacks', { operations: [await changing(things)], reason: 'because' }),
  executeRollback: async (things) =>
    rolledBack('/rollback/execute', { operation_ids: [await changing(things)] }),
  createBatch: () => batched('/v1/batches', newBatch()),
  executeBatch: () => batched('/batch/execute', newBatch()),
  retryBatch: async () => {
    const { body } = await batched('/v1/batches', newBatch());
    return batched(`/v1/batches/${body.id}/retry`, {});
  },
  acceptInvitation: async () => {
    const secret = await invitation();
    const username = uniqueName('guest');
    return post('/v1/invitations/accept', {
      body: { secret, username, password: 'a phrase nobody else has' },
    });
  },
  joinWorkspace: async () => {
    const user = await makeUser(api.db, 'guest');
    const person = { ...user, workspaceId: api.workspace.id, role: 'viewer', tenants: 'all' } as const;
    return post('/v1/invitations/join', { as: person, body: { secret: await invitation() } });
  },
  signIn: async () => {
    const { username } = await somebody();
    return post('/v1/auth/sign-in', { body: { username, password: testPassword } });
  },
  login: async () => {
    const { username } = await somebody();
    return post('/auth/login', { body: { username, password: testPassword } });
  },
  signOut: async () => post('/v1/auth/sign-out', { headers: (await somebody()).headers }),
  revokeSession: async () => {
    const { username, headers } = await somebody();
    await post('/auth/login', { body: { username, password: testPassword } });
    const { body } = await api.call('/v1/account/sessions', { headers });
    const other = body.items.find(({ current }: { current: boolean }) => !current);
    return api.call(`/v1/account/sessions/${other.id}`, { method: 'DELETE', headers });
  },
  revokeOtherSessions: async () => {
    const { username, headers } = await somebody();
    await post('/auth/login', { body: { username, password: testPassword } });
    return post('/v1/account/sessions/revoke-others', { headers });
  },
  changePassword: async () => {
    const { headers } = await somebody();
    const body = { current: testPassword, next: 'a phrase nobody else has' };
    return post('/v1/account/password', { headers, body });
  },
  enrolSecondFactor: async () => {
    const { headers } = await somebody();
    return post('/v1/account/mfa/enrol', { headers, body: { password: testPassword } });
  },
  confirmSecondFactor: async () => (await enrolled()).confirmed,
  stepUp: async () => {
    const { headers, secret } = await enrolled();
    return post('/v1/auth/step-up', { headers, body: { mfa_code: codeOf(secret) } });
  },
  disableSecondFactor: async () => {
    const { headers, secret } = await enrolled();
    const body = { password: testPassword, code: codeOf(secret) };
    return post('/v1/account/mfa/disable', { headers, body });
  },
  replaceRecoveryCodes: async () => {
    const { headers } = await enrolled();
    return post('/v1/account/mfa/recovery-codes', { headers });
  },
  updateMember: async ({ member }) =>
    api.call(`/v1/members/${member}`, {
      ...{ method: 'PATCH', as: api.workspace.members.owner, body: { role: 'operator' } },
    }),
  makeDefaultConnection: async () => {
    const { tenantId } = await makeTenant(api.db, api.workspace.id);
    const place = { workspaceId: api.workspace.id, tenantId };
    const second = await makeConnection(api.db, place, { label: 'second', isDefault: false });
    return post(`/v1/connections/${second}/default`, { as: api.workspace.members.owner });
  },
  enableConnection: async ({ connection }) => {
    const path = `/v1/connections/${connection}`;
    await post(`${path}/disable`, { as: api.workspace.members.owner, body: { reason: 'a test' } });
    return post(`${path}/enable`, { as: api.workspace.members.owner });
  },
  openOnboardingSession: async () => {
    const { tenantId } = await makeTenant(api.db, api.workspace.id);
    return post(`/v1/tenants/${tenantId}/onboarding-session`, { as: api.workspace.members.owner });
  },
  releaseOnboardingLock: async ({ onboarding }) => {
    const path = `/v1/onboarding-sessions/${onboarding}`;
    await post(`${path}/lock`, { as: api.workspace.members.owner, body: {} });
    return post(`${path}/release`, { as: api.workspace.members.owner });
  },
  restoreOnboardingDraft: async (things) => {
    const { path, lockVersion } = await lostDraft(things);
    return post(`${path}/restore-draft`, { as: api.workspace.members.owner, body: { lockVersion } });
  },
  dismissOnboardingDraft: async (things) =>
    post(`${(await lostDraft(things)).path}/dismiss-draft`, { as: api.workspace.members.owner }),
  requestConsent: async () => {
    const settings = { clientId: '00000000-0000-4000-8000-000000000001' };
    const { connectionId } = await makeTenant(api.db, api.workspace.id, { settings });
    return post(`/v1/connections/${connectionId}/consent`, { as: api.workspace.members.owner });
  },
  startBootstrap: ({ tenant }) => bootstrapped(tenant),
  abortBootstrap: async ({ tenant, onboarding }) => {
    await bootstrapped(tenant);
    return post(`/v1/onboarding-sessions/${onboarding}/bootstrap/abort`, {
      ...{ as: api.workspace.members.owner, body: { reason: 'a test' } },
    });
  },
  updateWorkspaceTier: async ({ workspace }) =>
    api.call(`/workspaces/${workspace}/tier`, {
      ...{ method: 'PATCH', as: api.workspace.members.owner, body: { tier: 'free' } },
    }),
  createWorkspace: async () =>
    post('/workspaces', { as: api.workspace.members.owner, body: { name: uniqueName('another') } }),
};

const mutations = operations.filter(({ facts }) => facts.method !== 'GET');
const audited = mutations.filter(({ facts }) => unaudited[facts.operationId] === undefined);

async function entriesOf(answer: Answer): Promise<string[]> {
  const rows = await admin<{ action: string }[]>`
    select action from audit_entries where request_id = ${answer.headers.get('x-request-id')} order by id`;
  return rows.map(({ action }) => action);
}

async function carryOut(operationId: string): Promise<Answer> {
  const operation = operations.find(({ facts }) => facts.operationId === operationId);
  if (operation === undefined) throw new Error(`There is no ${operationId}.`);
  const { owner } = api.workspace.members;
  const mark = uniqueName('m');
  // More runs are made here than a free workspace has; what a tier allows is not what is asked.
  await admin`update workspaces set tier = 'pro'`;
  // And more views than one person keeps.
  await admin`delete from saved_views`;
  const tenant = await makeTenant(api.db, api.workspace.id, { externalId: mark });
  const things = await makeThings(api, { workspaceId: api.workspace.id, tenant, owner, mark });
  const special = carriedOut[operationId];
  if (special !== undefined) return special(things);
  const { path, call } = requestOf(operation, { things });
  return api.call(path, { ...call, as: owner });
}

test.each(audited.map(({ facts }) => facts.operationId).filter((id) => id !== 'setUp'))(
  '%s leaves an audit entry with the id of its request',
  async (operationId) => {
    const answer = await carryOut(operationId);
    expect(
      answer.status,
      `${operationId} was not carried out: ${answer.text.slice(0, 300)}. Give its recipe in test/support/grid/recipes.ts a body that works or, when it needs a state or a secret, add a way to carriedOut in this file.`,
    ).toBeLessThan(300);
    const actions = await entriesOf(answer);
    expect(
      actions.length,
      `${operationId} changed something and wrote no audit entry. Call writeAudit with the requestId in the transaction of the deed; if it changes nothing anybody would ask about, add it to unaudited in this file with the reason.`,
    ).toBeGreaterThan(0);
    for (const action of actions) {
      expect(
        isKnownAction(action),
        `${action} has no words: add it to audit-actions.ts in packages/domain.`,
      ).toBe(true);
      expect(auditLabel(action)).not.toBe('');
    }
  },
  20_000,
);

test('the first owner is audited', async () => {
  const empty = await startTestApi();
  const sql = openAdmin(empty.databaseUrl);
  // As on the first day: nobody can sign in.
  await sql`truncate users, workspaces, members cascade`;
  const secret = await offerSetup(empty.db);
  const body = {
    ...{ secret, username: 'ada', password: 'a phrase nobody else has', email: 'ada@example.org' },
    workspaceName: 'Analytical',
  };
  const answer = await empty.call('/v1/setup', { method: 'POST', body });
  const rows =
    await sql`select action from audit_entries where request_id = ${answer.headers.get('x-request-id')}`;
  await sql.end({ timeout: 5 });
  await empty.close();
  expect(answer.status, answer.text).toBeLessThan(300);
  expect(rows.length).toBeGreaterThan(0);
}, 30_000);

test('nothing is excepted or carried out here that the API does not have', () => {
  const served = new Set(mutations.map(({ facts }) => facts.operationId));
  expect(Object.keys({ ...unaudited, ...carriedOut }).filter((name) => !served.has(name))).toEqual([]);
});

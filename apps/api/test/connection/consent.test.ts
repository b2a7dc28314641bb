import { createHash } from 'node:crypto';
import type { Person } from '@signalbox/domain/access/principal';
import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import { makeTenant, makeWorkspace, type TestTenant } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const callback = '/v1/connections/consent/callback';
const clientId = 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b01';
const here = '5c1b0d7e-7a51-4e0f-9c50-0b1f6e2d4a01';
const elsewhere = '5c1b0d7e-7a51-4e0f-9c50-0b1f6e2d4a99';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
beforeAll(async () => {
  api = await startTestApi({ graphLoginUrl: 'https://login.example' });
  admin = openAdmin(api.databaseUrl);
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const hashOf = (state: string) => createHash('sha256').update(state).digest('hex');
const place = (wishes: Parameters<typeof makeTenant>[2] = {}) =>
  makeTenant(api.db, api.workspace.id, { settings: { clientId }, check: null, ...wishes });

async function ask(
  { connectionId }: Pick<TestTenant, 'connectionId'>,
  as: Person = api.workspace.members.manager,
) {
  const answer = await api.call(`/v1/connections/${connectionId}/consent`, { method: 'POST', as });
  expect(answer.status, answer.text).toBe(200);
  const url = new URL(answer.body.url);
  return { url, state: url.searchParams.get('state') ?? '', expiresAt: answer.body.expiresAt };
}

/** Comes back without a token, as a browser does that was signed in nowhere. */
const back = (query: Record<string, string> | string) =>
  api.call(`${callback}?${typeof query === 'string' ? query : new URLSearchParams(query)}`);
const granted = (state: string, tenant = here) => back({ admin_consent: 'True', tenant, state });
const runsOf = ({ connectionId }: Pick<TestTenant, 'connectionId'>) =>
  admin`select operation, initiator_name, context from runs where connection_id = ${connectionId}`;
const rowOf = async ({ connectionId }: Pick<TestTenant, 'connectionId'>) =>
  (await admin`select * from connections where id = ${connectionId}`)[0];

describe('the way to the page of consent', () => {
  it('leads to the provider with a state that is nowhere kept as it is', async () => {
    const tenant = await place({ externalId: 'fabrikam' });
    const { url, state, expiresAt } = await ask(tenant);
    expect(`${url.origin}${url.pathname}`).toBe('https://login.example/fabrikam/adminconsent');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: clientId,
      redirect_uri: `${api.url}${callback}`,
      state,
    });
    expect(state).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThan(16);
    const rows = await admin`select * from consent_requests where connection_id = ${tenant.connectionId}`;
    expect(rows).toHaveLength(1);
    expect(rows[0]?.state_hash).toBe(hashOf(state));
    const told = await admin`select * from audit_entries where action = 'consent.requested'`;
    expect(JSON.stringify([...rows, ...told])).not.toContain(state);
    expect(told[0]).toMatchObject({ object_kind: 'connection', object_id: String(tenant.connectionId) });
  });

  it('takes away what is long past its time, and nothing else', async () => {
    const tenant = await place();
    const [old, past, open] = [await ask(tenant), await ask(tenant), await ask(tenant)];
    const age = (state: string, by: string) =>
      admin`update consent_requests set expires_at = now() - ${by}::interval where state_hash = ${hashOf(state)}`;
    await age(old.state, '25 hours');
    await age(past.state, '23 hours');
    const last = await ask(tenant);
    const left =
      await admin`select state_hash from consent_requests where connection_id = ${tenant.connectionId}`;
    expect(new Set(left.map(({ state_hash }) => state_hash))).toEqual(
      new Set([past, open, last].map(({ state }) => hashOf(state))),
    );
  });

  it('is not begun for a connection that is disabled or names no application', async () => {
    const tenant = await place();
    const path = `/v1/connections/${tenant.connectionId}/consent`;
    const call = { method: 'POST', as: api.workspace.members.manager } as const;
    await admin`update connections set enabled = false where id = ${tenant.connectionId}`;
    expect(await api.call(path, call)).toMatchObject({
      status: 409,
      body: { nextSteps: [{ code: 'enable_connection' }] },
    });
    await admin`update connections set enabled = true, settings = '{}' where id = ${tenant.connectionId}`;
    expect(await api.call(path, call)).toMatchObject({
      status: 409,
      body: { nextSteps: [{ code: 'renew_credential' }] },
    });
    expect(
      await admin`select from consent_requests where connection_id = ${tenant.connectionId}`,
    ).toHaveLength(0);
  });
});

describe('the way back', () => {
  it('starts a check as whoever asked, with the rights they have, and claims nothing by itself', async () => {
    const tenant = await place();
    const { state } = await ask(tenant);
    const answer = await granted(state);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(
      `/w/ws-default/connections/${tenant.connectionId}?consent=granted`,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { manager } = api.workspace.members;
    expect([...(await runsOf(tenant))]).toEqual([
      {
        ...{ operation: 'provider.connection.check', initiator_name: manager.username },
        context: { surface: 'consent' },
      },
    ]);
    expect(await rowOf(tenant)).toMatchObject({ consent: 'unknown', consented_tenant_id: here });
    const told = await admin`
      select actor_kind, on_behalf_of, details from audit_entries
      where action = 'consent.returned' and object_id = ${String(tenant.connectionId)}`;
    expect([...told]).toEqual([
      {
        ...{ actor_kind: 'system', on_behalf_of: manager.username },
        details: { outcome: 'granted', tenant: here },
      },
    ]);
  });

  it('is taken once: of many at the same time one is, and a used state changes nothing more', async () => {
    const tenant = await place();
    const { state } = await ask(tenant);
    const answers = await Promise.all(Array.from({ length: 8 }, () => granted(state)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, ...Array(7).fill(400)]);
    expect(await runsOf(tenant)).toHaveLength(1);
    expect((await back({ error: 'access_denied', state })).status).toBe(400);
    const told = await admin`
      select from audit_entries where action = 'consent.returned' and object_id = ${String(tenant.connectionId)}`;
    expect(told).toHaveLength(1);
  });

  it('of an administrator who declined, or of a provider that failed, says so and starts nothing', async () => {
    const tenant = await place();
    for (const [error, outcome] of [
      ['access_denied', 'refused'],
      ['server_error', 'failed'],
    ] as const) {
      const { state } = await ask(tenant);
      const answer = await back({ error, error_description: '<b>AADSTS65004</b> declined', state });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toMatch(new RegExp(`consent=${outcome}$`));
      expect(answer.text).not.toContain('AADSTS');
    }
    expect(await runsOf(tenant)).toHaveLength(0);
    expect(await rowOf(tenant)).toMatchObject({ consent: 'unknown', consented_tenant_id: null });
  });

  it.each([
    ['the tenant that a check reached', {}, { provider_tenant_id: here }],
    ['the tenant whose id is the external id', { externalId: here }, {}],
  ])('must come from %s', async (_, wishes, known) => {
    const tenant = await place(wishes);
    const id = 'provider_tenant_id' in known ? known.provider_tenant_id : null;
    await admin`update connections set provider_tenant_id = ${id} where id = ${tenant.connectionId}`;
    const wrong = await granted((await ask(tenant)).state, elsewhere);
    expect(wrong.headers.get('location')).toMatch(/consent=tenant_mismatch$/);
    expect(await rowOf(tenant)).toMatchObject({ consented_tenant_id: null });
    expect(await runsOf(tenant)).toHaveLength(0);
    const right = await granted((await ask(tenant)).state, here.toUpperCase());
    expect(right.headers.get('location')).toMatch(/consent=granted$/);
    expect(await rowOf(tenant)).toMatchObject({ consented_tenant_id: here });
    if (id === null)
      await admin`update tenants set external_id = ${tenant.connectionId} where id = ${tenant.tenantId}`;
  });

  it('after its time is over, to a page that says what to do, and changes nothing', async () => {
    const tenant = await place();
    const { state } = await ask(tenant);
    await admin`update consent_requests set expires_at = now() where connection_id = ${tenant.connectionId}`;
    const answer = await granted(state);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.text).toContain('Nothing was changed');
    expect(answer.text).toContain('ask for consent again');
    expect(await rowOf(tenant)).toMatchObject({ consented_tenant_id: null });
    const [row] =
      await admin`select used_at from consent_requests where connection_id = ${tenant.connectionId}`;
    expect(row?.used_at).toBeNull();
  });

  const good = `admin_consent=True&tenant=${here}&state=`;
  const script = encodeURIComponent('"><script>alert(1)</script>');
  it.each([
    ['nothing', () => ''],
    ['no state', () => `admin_consent=True&tenant=${here}`],
    ['an empty state', () => good],
    ['a state nobody was given', () => `${good}${'a'.repeat(43)}`],
    ['a state with one letter more', (state: string) => `${good}${state}a`],
    ['a changed state', (state: string) => `${good}${state.slice(0, -2)}__`],
    ['two states', (state: string) => `${good}${state}&state=${state}`],
    ['a state of 10 kB', () => `${good}${'a'.repeat(10_000)}`],
    ['markup as state', () => `${good}${script}`],
    ['a broken escape', (state: string) => `${good}${state}&x=%E0%A4%A`],
    ['a NUL', (state: string) => `${good}${state}%00`],
    ['no tenant', (state: string) => `admin_consent=True&state=${state}`],
    ['a tenant that is no id', (state: string) => `admin_consent=True&tenant=${script}&state=${state}`],
    ['two tenants', (state: string) => `${good}${state}&tenant=${here}`],
    ['no answer', (state: string) => `tenant=${here}&state=${state}`],
    ['another answer', (state: string) => `admin_consent=Yes&tenant=${here}&state=${state}`],
    ['markup as error', (state: string) => `error=${script}&state=${state}`],
    ['two errors', (state: string) => `error=access_denied&error=access_denied&state=${state}`],
  ])('with %s gets one and the same page, and leaves the state as it was', async (_, query) => {
    const tenant = await place();
    const { state } = await ask(tenant);
    const answer = await back(query(state));
    expect(answer.status).toBe(400);
    expect(answer.text).toBe((await back('')).text);
    expect(answer.text).not.toContain('alert');
    expect(answer.headers.get('location')).toBeNull();
    expect(await rowOf(tenant)).toMatchObject({ consented_tenant_id: null });
    // It is still good for the real way back.
    expect((await granted(state)).status).toBe(303);
  });

  it('leads to the workspace of its state, whoever takes it', async () => {
    const other = await makeWorkspace(api.db);
    const theirs = await makeTenant(api.db, other.id, { settings: { clientId }, check: null });
    const { state } = await ask(theirs, other.members.manager);
    const { manager } = api.workspace.members;
    const headers = { 'x-workspace-id': api.workspace.id };
    const answer = await api.call(`${callback}?${good}${state}`, { as: manager, headers });
    expect(answer.headers.get('location')).toBe(
      `/w/${other.id}/connections/${theirs.connectionId}?consent=granted`,
    );
    expect([...(await runsOf(theirs))]).toMatchObject([{ initiator_name: other.members.manager.username }]);
  });

  it('does nothing for somebody who may no longer do it: removed, lowered, without the tenant, a key that is gone', async () => {
    const { owner } = api.workspace.members;
    const leave: [string, (person: Person, tenant: TestTenant) => Promise<unknown>][] = [
      ['removed', (person) => api.call(`/v1/members/${person.userId}`, { method: 'DELETE', as: owner })],
      [
        'lowered',
        (person) =>
          api.call(`/v1/members/${person.userId}`, {
            method: 'PATCH',
            as: owner,
            body: { role: 'operator' },
          }),
      ],
      [
        'narrowed',
        (person) =>
          api.call(`/v1/members/${person.userId}`, {
            ...{ method: 'PATCH', as: owner, body: { tenants: [api.tenant.tenantId] } },
          }),
      ],
    ];
    for (const [name, change] of leave) {
      const person = await joinAs(api, owner, { role: 'manager' });
      const tenant = await place();
      const { state } = await ask(tenant, person);
      await change(person, tenant);
      const answer = await granted(state);
      expect(answer.headers.get('location'), name).toMatch(/consent=not_allowed$/);
      expect(await runsOf(tenant)).toHaveLength(0);
      expect(await rowOf(tenant)).toMatchObject({ consented_tenant_id: null });
    }
    const key = await makeApiKey(api.db, owner);
    const tenant = await place();
    const asked = await api.call(`/v1/connections/${tenant.connectionId}/consent`, {
      ...{ method: 'POST', key: key.text },
    });
    await api.call(`/v1/api-keys/${key.id}/revoke`, { method: 'POST', as: owner, body: {} });
    const state = new URL(asked.body.url).searchParams.get('state') ?? '';
    expect((await granted(state)).headers.get('location')).toMatch(/consent=not_allowed$/);
  });

  it('says when nothing could be started to find out, as for a connection that was disabled meanwhile', async () => {
    const tenant = await place();
    const { state } = await ask(tenant);
    await admin`update connections set enabled = false where id = ${tenant.connectionId}`;
    expect((await granted(state)).headers.get('location')).toMatch(/consent=not_checked$/);
    expect(await runsOf(tenant)).toHaveLength(0);
    expect(await rowOf(tenant)).toMatchObject({ consented_tenant_id: here, consent: 'unknown' });
  });

  it('is a GET and nothing else', async () => {
    const answer = await api.call(callback, { method: 'POST', as: api.workspace.members.manager, body: {} });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET');
  });
});

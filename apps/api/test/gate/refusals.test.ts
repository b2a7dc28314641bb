import { members, memberTenants } from '@signalbox/db/schema/access';
import type { Person } from '@signalbox/domain/access/principal';
import { makeTenant, makeUser, makeWorkspace, type TestTenant } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let unconsented: TestTenant;
let busy: TestTenant;
let partly: Person;

/** Asks for the list as somebody, and answers what it shows. */
const read = async (query = '', as: Person = api.workspace.members.viewer) =>
  api.call(`/v1/refusals${query}`, { as });
const start = (tenant: TestTenant, operation = 'snapshot_capture', as = api.workspace.members.operator) =>
  api.call('/v1/runs', { method: 'POST', as, body: { operation, tenantId: tenant.tenantId } });

beforeAll(async () => {
  api = await startTestApi();
  unconsented = await makeTenant(api.db, api.workspace.id, { check: { consent: 'missing' } });
  busy = await makeTenant(api.db, api.workspace.id);
  expect((await start(unconsented)).status).toBe(409);
  expect((await start(unconsented)).status).toBe(409);
  expect((await start(busy)).status).toBe(201);
  // The same work is no refusal, other work on the same scope is.
  expect((await start(busy)).status).toBe(200);
  expect((await start(busy, 'provider.connection.check')).status).toBe(409);
  const user = await makeUser(api.db, 'partly');
  await api.db.inWorkspace(api.workspace.id, async ({ query }) => {
    const place = { workspaceId: api.workspace.id, userId: user.userId };
    await query.insert(members).values({ ...place, role: 'viewer', allTenants: false });
    await query.insert(memberTenants).values({ ...place, tenantId: busy.tenantId });
  });
  partly = { ...user, workspaceId: api.workspace.id, role: 'viewer', tenants: [busy.tenantId] };
});
afterAll(() => api.close());

it('tells who was refused what, where, why, and what helps the one who reads it', async () => {
  const { body } = await read('', api.workspace.members.operator);
  expect(body.items).toHaveLength(3);
  expect(body.items[0]).toMatchObject({
    by: api.workspace.members.operator.username,
    operation: 'provider.connection.check',
    tenant: { id: busy.tenantId },
    outcome: 'scope_busy',
    reason: { code: 'scope_busy' },
    nextSteps: [
      { code: 'open_holder', href: expect.stringMatching(/^\/w\/ws-default\/runs\/\d+$/) },
      { code: 'try_again_later' },
    ],
  });
  expect(body.items[1]).toMatchObject({
    tenant: { id: unconsented.tenantId },
    outcome: 'blocked',
    reason: { code: 'consent_missing' },
    nextSteps: [{ code: 'check_connection' }, { code: 'ask_manager' }],
  });
  // A viewer can neither grant nor check.
  expect((await read()).body.items[1].nextSteps).toMatchObject([{ code: 'ask_manager' }]);
  const manager = (await read('', api.workspace.members.manager)).body.items[1];
  expect(manager.nextSteps[0]).toMatchObject({
    code: 'grant_consent',
    href: `/w/ws-default/connections/${unconsented.connectionId}#consent`,
  });
});

it('is narrowed by time, operation, tenant, outcome and reason', async () => {
  const count = async (query: string) => (await read(`?${query}`)).body.items.length;
  expect(await count('outcome=blocked')).toBe(2);
  expect(await count('outcome=scope_busy')).toBe(1);
  expect(await count('reason=consent_missing')).toBe(2);
  expect(await count('reason=throttled')).toBe(0);
  expect(await count(`tenantId=${busy.tenantId}`)).toBe(1);
  expect(await count('operation=snapshot_capture')).toBe(2);
  expect(await count('operation=snapshot_capture,provider.connection.check')).toBe(3);
  expect(await count('since=2020-01-01T00:00:00Z')).toBe(3);
  expect(await count('since=2999-01-01T00:00:00Z')).toBe(0);
});

it('gives every refusal once, newest first, however small the page', async () => {
  const seen: number[] = [];
  let cursor: string | null = null;
  do {
    const { body }: { body: { items: { id: number }[]; nextCursor: string | null } } = await read(
      `?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`,
    );
    seen.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual((await read()).body.items.map(({ id }: { id: number }) => id));
  expect(new Set(seen).size).toBe(3);
});

it('shows a member only refusals of the tenants they are entitled to', async () => {
  const shown = (await read('', partly)).body.items;
  expect(shown.map(({ tenant }: { tenant: { id: number } }) => tenant.id)).toEqual([busy.tenantId]);
  expect((await read(`?tenantId=${unconsented.tenantId}`, partly)).body.items).toEqual([]);
  const other = await makeWorkspace(api.db);
  expect((await read('', other.members.owner)).body.items).toEqual([]);
});

it.each([
  'limit=0',
  'limit=201',
  'outcome=accepted',
  'outcome=',
  'reason=nonsense',
  'reason=__proto__',
  'tenantId=x',
  'tenantId=1e3',
  'since=yesterday',
  'since=9999-12-31T23:59:59-23:59',
  'operation=',
  'operation=typo',
  'nonsense=1',
  'cursor=abc.def',
  'limit=1&limit=2',
])('refuses %s', async (query) => {
  expect((await read(`?${query}`)).status).toBe(400);
});

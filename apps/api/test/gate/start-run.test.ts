import { makeTenant, type TestTenant } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const freshTenant = () => makeTenant(api.db, api.workspace.id);
const start = (body: unknown, call: Call = {}) =>
  api.call('/v1/runs', { method: 'POST', as: api.workspace.members.operator, body, ...call });
const capture = ({ tenantId }: TestTenant, input?: object) => ({
  operation: 'snapshot_capture',
  tenantId,
  ...(input !== undefined && { input }),
});
const runsOf = async ({ tenantId }: TestTenant) =>
  (await api.call(`/v1/runs?tenantId=${tenantId}&limit=200`, { as: api.workspace.members.viewer })).body
    .items;
const keyed = (key: string): Call => ({ headers: { 'idempotency-key': key } });

describe('what the gate answers', () => {
  it('accepted: 201, where the run is, and the run itself', async () => {
    const tenant = await freshTenant();
    const made = await start(capture(tenant));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      outcome: 'accepted',
      nextSteps: [],
      connectionId: tenant.connectionId,
      run: { status: 'queued', initiator: { kind: 'user' }, tenant: { externalId: tenant.externalId } },
    });
    expect(made.headers.get('location')).toBe(`/v1/runs/${made.body.run.id}`);
  });

  it('deduped: 200 with the active run and the way there', async () => {
    const tenant = await freshTenant();
    const made = await start(capture(tenant));
    const again = await start(capture(tenant, {}));
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ outcome: 'deduped', reason: { code: 'already_active' } });
    expect(again.body.run.id).toBe(made.body.run.id);
    expect(again.body.nextSteps[0].href).toBe(`/w/ws-default/runs/${made.body.run.id}`);
  });

  it('scope busy: 409 with the holder; another operation is held up as well', async () => {
    const tenant = await freshTenant();
    const made = await start(capture(tenant));
    const check = { operation: 'provider.connection.check', connectionId: tenant.connectionId };
    const busy = await start(check);
    expect(busy.status).toBe(409);
    expect(busy.body).toMatchObject({ code: 'scope_busy', holder: { runId: made.body.run.id } });
    expect(await runsOf(tenant)).toHaveLength(1);
  });

  it('blocked: 409 with the reason, the missing permissions and only steps this caller can take', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id, { check: { granted: [] } });
    const blocked = await start(capture(tenant));
    expect(blocked.body).toMatchObject({
      status: 409,
      code: 'permission_missing',
      missingPermissions: ['DeviceManagementConfiguration.Read.All'],
    });
    const codes = (answer: Answer) => answer.body.nextSteps.map((step: { code: string }) => step.code);
    expect(codes(blocked)).toEqual(['check_connection', 'ask_manager']);
    const asManager = await start(capture(tenant), { as: api.workspace.members.manager });
    expect(codes(asManager)).toEqual(['grant_permissions', 'check_connection', 'ask_manager']);
  });
});

describe('what-if', () => {
  const whatIf = (body: unknown, call: Call = {}) =>
    api.call('/v1/runs/what-if', { method: 'POST', as: api.workspace.members.operator, body, ...call });

  it('answers what the start then answers, for every outcome, and makes nothing', async () => {
    const tenant = await freshTenant();
    const blocked = await makeTenant(api.db, api.workspace.id, { check: { consent: 'missing' } });
    const asked = await whatIf(capture(tenant));
    expect(asked.status).toBe(200);
    expect(asked.body.outcome).toBe('accepted');
    expect(await runsOf(tenant)).toEqual([]);
    expect((await start(capture(tenant))).body.outcome).toBe('accepted');
    expect((await whatIf(capture(tenant))).body.outcome).toBe('deduped');
    const busy = await whatIf(capture(tenant, { policyIds: ['a'] }));
    expect([busy.status, busy.body.outcome]).toEqual([200, 'scope_busy']);
    const refused = await whatIf(capture(blocked));
    expect([refused.status, refused.body.outcome]).toEqual([200, 'blocked']);
    const real = await start(capture(blocked));
    expect(refused.body.nextSteps).toEqual(real.body.nextSteps);
  });
});

describe('a crowd', () => {
  it('of 100 identical starts makes one run, and everybody is told its id', async () => {
    const tenant = await freshTenant();
    const answers = await Promise.all(Array.from({ length: 100 }, () => start(capture(tenant))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(99);
    expect(new Set(answers.map(({ body }) => body.run.id)).size).toBe(1);
    expect(await runsOf(tenant)).toHaveLength(1);
  });

  it('of 200 mixed starts leaves one holder per scope, and every refusal names it', async () => {
    const tenants = await Promise.all(Array.from({ length: 5 }, freshTenant));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => {
        const tenant = tenants[index % tenants.length] as TestTenant;
        if (index % 3 === 0) {
          return api.call(`/v1/connections/${tenant.connectionId}/check`, {
            method: 'POST',
            as: api.workspace.members.operator,
          });
        }
        return start(capture(tenant, index % 2 === 0 ? {} : { policyIds: [`p-${index % 7}`] }));
      }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(tenants.length);
    for (const tenant of tenants) {
      const [run, ...more] = await runsOf(tenant);
      expect(more).toEqual([]);
      const connection = await api.call(`/v1/connections/${tenant.connectionId}`, {
        as: api.workspace.members.viewer,
      });
      expect(connection.body.holder.runId).toBe(run.id);
    }
    const holders = new Set((await Promise.all(tenants.map(runsOf))).map(([run]) => run.id));
    for (const { status, body } of answers) {
      expect([200, 201, 409]).toContain(status);
      expect(holders).toContain(status === 409 ? body.holder.runId : body.run.id);
    }
  });
});

describe('an Idempotency-Key', () => {
  it('with the same body gets the first answer again, however the body is written', async () => {
    const tenant = await freshTenant();
    const first = await start(capture(tenant, { policyIds: ['a'] }), keyed('k-same'));
    expect(first.status).toBe(201);
    expect(first.body.idempotencyKey).toBe('k-same');
    const text = `{ "input": {"policyIds":["a"]}, "tenantId": ${tenant.tenantId}, "operation":"snapshot_capture" }`;
    const again = await start(text, keyed('k-same'));
    expect(again.status).toBe(201);
    expect(again.body.run.id).toBe(first.body.run.id);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
  });

  it('with another body is 422 and does nothing', async () => {
    const tenant = await freshTenant();
    await start(capture(tenant), keyed('k-other'));
    const other = await start(capture(tenant, { policyIds: ['a'] }), keyed('k-other'));
    expect(other.status).toBe(422);
    expect(other.body.code).toBe('idempotency_mismatch');
  });

  it('sent twenty times at once makes one run and one answer', async () => {
    const tenant = await freshTenant();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => start(capture(tenant), keyed('k-parallel'))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.run.id)).size).toBe(1);
    expect(await runsOf(tenant)).toHaveLength(1);
  });

  it('keeps no refusal: the same key is decided afresh once the way is free', async () => {
    const tenant = await freshTenant();
    const holder = await start(capture(tenant));
    const body = capture(tenant, { policyIds: ['a'] });
    expect((await start(body, keyed('k-busy'))).status).toBe(409);
    await api.call(`/v1/runs/${holder.body.run.id}/cancel`, {
      method: 'POST',
      as: api.workspace.members.operator,
    });
    expect((await start(body, keyed('k-busy'))).status).toBe(201);
  });

  it('is one’s own: neither another person nor another operation shares it', async () => {
    const [a, b, c] = [await freshTenant(), await freshTenant(), await freshTenant()];
    await start(capture(a), keyed('k-own'));
    expect((await start(capture(b), { ...keyed('k-own'), as: api.workspace.members.manager })).status).toBe(
      201,
    );
    const admin = await api.call(`/admin/t/${c.externalId}/runs/snapshot_capture`, {
      method: 'POST',
      as: api.workspace.members.operator,
      ...keyed('k-own'),
    });
    expect(admin.status).toBe(201);
  });

  it.each(['', 'a'.repeat(256), 'with space', 'tab\tinside', 'ümlaut'.normalize('NFC')])(
    'that is not 1 to 255 visible ASCII characters is 400: %j',
    async (key) => {
      const tenant = await freshTenant();
      expect((await start(capture(tenant), keyed(key))).status).toBe(400);
      expect(await runsOf(tenant)).toEqual([]);
    },
  );
});

describe('a bad body changes nothing', () => {
  it.each([
    [{ operation: 'snapshot_capture', tenantId: 1, extra: true }, '/extra'],
    [{ operation: 'nonsense', tenantId: 1 }, '/operation'],
    [{ operation: 'snapshot_capture' }, '/tenantId'],
    [{ operation: 'snapshot_capture', tenantId: '1' }, '/tenantId'],
    [{ operation: 'snapshot_capture', tenantId: 1.5 }, '/tenantId'],
    [{ operation: 'snapshot_capture', tenantId: 2_147_483_648 }, '/tenantId'],
    [{ operation: 'snapshot_capture', tenantId: 1, input: { policyIds: [] } }, '/input/policyIds'],
    [{ operation: 'snapshot_capture', tenantId: 1, input: { policyIds: ['a', 'a'] } }, '/input/policyIds'],
    [{ operation: 'snapshot_capture', tenantId: 1, input: { nonsense: 1 } }, '/input/nonsense'],
    [{ operation: 'snapshot_capture', tenantId: 1, input: [] }, '/input'],
    [{ operation: 'restore_execute', tenantId: 1, input: { itemIds: [0] } }, '/input/itemIds/0'],
  ])('%j is 400 at %s', async (body, pointer) => {
    const given = {
      ...body,
      ...('tenantId' in body && body.tenantId === 1 && { tenantId: api.tenant.tenantId }),
    };
    const refused = await start(given);
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
  });

  it.each([
    ['{"operation":', 400, {}],
    ['null', 400, {}],
    ['[1]', 400, {}],
    ['"x"', 400, {}],
    ['{"operation":"snapshot_capture","__proto__":{}}', 400, {}],
    ['{"operation":"snapshot_capture","tenantId":1e400}', 400, {}],
    [`{"input":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 400, {}],
    ['{}', 415, { 'content-type': 'text/plain' }],
    ['{}', 415, { 'content-type': 'application/json; charset=utf-16' }],
    ['{}', 415, { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
    [`{"operation":"${'a'.repeat(1_048_576)}"}`, 413, {}],
  ] as const)('%.40s is %d', async (body, status, headers) => {
    expect((await start(body, { headers })).status).toBe(status);
  });

  it('no body where one is required is 400, but 401 first', async () => {
    const path = '/v1/runs';
    expect((await api.call(path, { method: 'POST' })).status).toBe(401);
    expect((await api.call(path, { method: 'POST', as: api.workspace.members.operator })).status).toBe(400);
  });

  it('after all of this not a single run was made by a bad body', async () => {
    expect(await runsOf(api.tenant)).toEqual([]);
  });
});

import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawHead, rawRequest } from '../support/raw-request.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

const secret = 'billing-secret-0123456789';
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ tierSecret: secret });
});
afterAll(() => api.close());

const setTier = (call: Call, id = api.workspace.id) =>
  api.call(`/workspaces/${id}/tier`, { method: 'PATCH', body: { tier: 'pro' }, ...call });
const tier = async () =>
  (await api.call(`/workspaces/${api.workspace.id}`, { as: api.workspace.members.viewer })).body.tier;

describe('where the tier secret is set', () => {
  it('it suffices alone, and the audit names it instead of a person', async () => {
    const raised = await setTier({ headers: { 'x-webhook-secret': secret } });
    expect([raised.status, raised.body.tier]).toEqual([200, 'pro']);
    const lowered = await setTier({ headers: { 'x-webhook-secret': secret }, body: { tier: 'free' } });
    expect([lowered.status, lowered.body.tier]).toEqual([200, 'free']);
    const told = await withAdmin(
      api.databaseUrl,
      (sql) => sql`
        select actor_kind as kind, actor_name as by, details from audit_entries
        where workspace_id = ${api.workspace.id} and action = 'workspace.tier_changed' order by id`,
    );
    expect(told).toEqual([
      { kind: 'system', by: 'tier secret', details: { from: 'free', to: 'pro' } },
      { kind: 'system', by: 'tier secret', details: { from: 'pro', to: 'free' } },
    ]);
    expect(JSON.stringify(told)).not.toContain(secret);
  });

  it.each([
    ['is missing', {}],
    ['is empty', { 'x-webhook-secret': '' }],
    ['is wrong', { 'x-webhook-secret': 'billing-secret-9876543210' }],
    ['is a prefix', { 'x-webhook-secret': secret.slice(0, -1) }],
    ['is longer', { 'x-webhook-secret': `${secret}0` }],
    ['is in other letters', { 'x-webhook-secret': secret.toUpperCase() }],
    ['is one of a list', { 'x-webhook-secret': `${secret}, ${secret}` }],
    ['is very long', { 'x-webhook-secret': secret.repeat(200) }],
    ['stands in another header', { authorization: `Bearer ${secret}`, 'x-secret': secret }],
  ])('403 when it %s, also for an owner and for a key, and nothing changes', async (_, headers) => {
    const { owner } = api.workspace.members;
    const key = await makeApiKey(api.db, owner);
    const { authorization, ...others } = { authorization: undefined, ...headers };
    const calls: Call[] = [
      { headers: { ...others, ...(authorization !== undefined && { authorization }) } },
      { headers: others, as: owner },
      { headers: others, key: key.text },
    ];
    for (const call of calls) {
      const refused = await setTier(call);
      expect([refused.status, refused.body.code]).toEqual([403, 'secret_refused']);
      expect(refused.text).not.toContain(secret);
    }
    expect(await tier()).toBe('free');
  });

  it('403 when the header is sent twice, even with the right value in both', async () => {
    const body = '{"tier":"pro"}';
    const head = rawHead('PATCH', `/workspaces/${api.workspace.id}/tier`, [
      `X-Webhook-Secret: ${secret}`,
      `X-Webhook-Secret: ${secret}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ]);
    expect((await rawRequest(api.url, `${head}${body}`)).status).toBe(403);
    expect(await tier()).toBe('free');
  });

  it('an unknown workspace is told only after the right secret, and a bad body last', async () => {
    for (const id of ['ws-nowhere', '%00', 'x'.repeat(500)]) {
      expect((await setTier({}, id)).status).toBe(403);
      expect((await setTier({ headers: { 'x-webhook-secret': secret } }, id)).status).toBe(404);
    }
    const headers = { 'x-webhook-secret': secret };
    expect((await setTier({ headers, body: { tier: 'gold' } })).status).toBe(400);
    expect((await setTier({ headers: {}, body: { tier: 'gold' } })).status).toBe(403);
  });

  it('the usage page is told that owners do not set it', async () => {
    const report = await api.call('/v1/usage', { as: api.workspace.members.viewer });
    expect(report.body.tierChangedBy).toBe('secret');
  });
});

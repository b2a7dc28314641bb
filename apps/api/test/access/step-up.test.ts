import { codeOf, earlyInStep, wrongCodeOf } from '@signalbox/testing/fixtures/authenticator';
import { testPassword } from '@signalbox/testing/fixtures/workspace';
import { insertRun } from '@signalbox/testing/run/insert-run';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FactorApi, type Somebody, startFactorApi } from '../support/factor-api.ts';

let api: FactorApi;

beforeAll(async () => {
  api = await startFactorApi();
});
afterAll(() => api.close());
// Codes are made and judged by the clock; a test must not begin at the end of a step.
beforeEach(() => earlyInStep());

describe('step-up', () => {
  const forceCancel = (person: Somebody, run: number) =>
    person.post(`/v1/runs/${run}/force-cancel`, { reason: 'its worker is gone' });
  const aRun = () => api.admin((sql) => insertRun(sql, api.workspace.id, { enqueue: false }));
  const stale = ({ userId }: Somebody) =>
    api.admin(
      (sql) =>
        sql`update sessions set mfa_at = now() - interval '5 minutes 1 second' where user_id = ${userId}`,
    );

  it('is asked of who has a second factor when the last code is older than five minutes', async () => {
    const person = await api.enrolled();
    await stale(person);
    const refused = await person.post('/v1/account/mfa/recovery-codes');
    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe('step_up_required');
    const given = await person.post('/v1/auth/step-up', { mfa_code: codeOf(person.secret) });
    expect(given.status).toBe(200);
    expect((await person.post('/v1/account/mfa/recovery-codes')).status).toBe(200);
    expect((await person.post('/v1/auth/step-up', { mfa_code: codeOf(person.secret) })).status).toBe(401);
  });

  it('marks the session of the code and no other', async () => {
    const person = await api.enrolled();
    const [code = ''] = person.recoveryCodes;
    const other = api.speaking(await api.logIn(person.username, code));
    await stale(person);
    await person.post('/v1/auth/step-up', { mfa_code: codeOf(person.secret) });
    expect((await other.post('/v1/account/mfa/recovery-codes')).status).toBe(403);
  });

  it('stands after visibility and capability, and before the input', async () => {
    const person = await api.enrolled();
    const viewer = await api.enrolled('viewer');
    await stale(person);
    await stale(viewer);
    expect((await person.post('/v1/runs/999999/force-cancel', {})).status).toBe(404);
    const id = await aRun();
    expect((await forceCancel(viewer, id)).body.code).toBe('forbidden');
    expect((await person.post(`/v1/runs/${id}/force-cancel`, {})).body.code).toBe('step_up_required');
    await person.post('/v1/auth/step-up', { mfa_code: codeOf(person.secret) });
    expect((await person.post(`/v1/runs/${id}/force-cancel`, {})).status).toBe(400);
  });

  it('is asked of who takes an onboarding over, in both words for it, and not of who takes a free lock', async () => {
    const person = await api.enrolled();
    const session = await person.post(`/v1/tenants/${api.tenant.tenantId}/onboarding-session`);
    const path = `/v1/onboarding-sessions/${session.body.id}`;
    const takeover = { takeover: true, reason: 'a test' };
    await stale(person);
    expect((await person.post(`${path}/lock`, {})).status).toBe(200);
    expect((await person.post(`${path}/lock`, takeover)).body.code).toBe('step_up_required');
    const contract = `/tenants/${api.tenant.tenantId}/onboarding/session/${session.body.id}`;
    const headers = { authorization: `Bearer ${await api.token(api.workspace.members.manager)}` };
    expect((await api.call(contract, { method: 'PATCH', headers, body: { takeover: true } })).status).toBe(
      200,
    );
    expect((await person.patch(contract, { takeover: true })).body.code).toBe('step_up_required');
    await person.post('/v1/auth/step-up', { mfa_code: codeOf(person.secret) });
    expect((await person.post(`${path}/lock`, takeover)).body.lock.mine).toBe(true);
  });

  it('asks nothing of who has no second factor', async () => {
    const person = await api.somebody();
    expect((await person.post('/v1/auth/step-up', { mfa_code: '000000' })).status).toBe(409);
    const id = await aRun();
    expect((await forceCancel(person, id)).body.code).not.toBe('step_up_required');
  });
});

describe('recovery codes and the end of a second factor', () => {
  it('new recovery codes make the old ones worthless', async () => {
    const person = await api.enrolled();
    const { recoveryCodes } = (await person.post('/v1/account/mfa/recovery-codes')).body;
    expect((await api.logIn(person.username, person.recoveryCodes[0])).status).toBe(401);
    expect((await api.logIn(person.username, recoveryCodes[0])).status).toBe(200);
  });

  it('it goes with both factors only, and sign-in then needs the password alone', async () => {
    const person = await api.enrolled();
    const { secret, username, recoveryCodes } = person;
    const disable = (password: string, code: string) =>
      person.post('/v1/account/mfa/disable', { password, code });
    expect((await disable('wrong', codeOf(secret))).body.code).toBe('code_refused');
    expect((await disable(testPassword, wrongCodeOf(secret))).body.code).toBe('code_refused');
    expect((await disable(testPassword, recoveryCodes[3] ?? '')).body).toMatchObject({ enabled: false });
    expect((await disable(testPassword, codeOf(secret))).status).toBe(409);
    expect((await api.logIn(username)).status).toBe(200);
  });

  it('every deed is in the audit of the workspace, a refused sign-in too', async () => {
    const person = await api.enrolled();
    await api.logIn(person.username, codeOf(person.secret), 'wrong');
    await api.logIn(person.username, codeOf(person.secret));
    await person.post('/v1/account/mfa/recovery-codes');
    await person.post('/v1/account/mfa/disable', { password: testPassword, code: codeOf(person.secret, 1) });
    expect(await api.deeds(person.userId)).toEqual([
      'account.signed_in',
      'account.mfa_offered',
      'account.mfa_enabled',
      'account.sign_in_refused',
      'account.signed_in',
      'account.recovery_codes_replaced',
      'account.mfa_disabled',
    ]);
  });
});

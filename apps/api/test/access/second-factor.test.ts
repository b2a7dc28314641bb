import { codeOf, earlyInStep, wrongCodeOf } from '@signalbox/testing/fixtures/authenticator';
import { testPassword } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FactorApi, startFactorApi } from '../support/factor-api.ts';
import type { Answer } from '../support/test-api.ts';

let api: FactorApi;

beforeAll(async () => {
  api = await startFactorApi();
});
afterAll(() => api.close());
// Codes are made and judged by the clock; a test must not begin at the end of a step.
beforeEach(() => earlyInStep());

describe('enrolment', () => {
  it('asks for the password, and changes nothing before a code has proven the secret', async () => {
    const person = await api.somebody();
    expect((await person.post('/v1/account/mfa/enrol', { password: 'wrong' })).status).toBe(400);
    const { body } = await person.post('/v1/account/mfa/enrol', { password: testPassword });
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body.uri).toContain(`secret=${body.secret}`);
    expect((await person.post('/v1/account/mfa/confirm', { code: wrongCodeOf(body.secret) })).status).toBe(
      401,
    );
    expect((await person.get('/v1/account/mfa')).body).toMatchObject({ enabled: false, pending: true });
    expect((await api.logIn(person.username)).status).toBe(200);
  });

  it('shows ten recovery codes once, ends the other sessions, and keeps no secret in clear', async () => {
    const person = await api.somebody();
    const other = api.speaking(await api.logIn(person.username));
    const { secret } = (await person.post('/v1/account/mfa/enrol', { password: testPassword })).body;
    const { body } = await person.post('/v1/account/mfa/confirm', { code: codeOf(secret) });
    expect(body.recoveryCodes).toHaveLength(10);
    expect(body.endedSessions).toBe(1);
    expect((await other.get('/v1/account/mfa')).status).toBe(401);
    const state = await person.get('/v1/account/mfa');
    expect(state.body).toMatchObject({ enabled: true, pending: false, recoveryCodesLeft: 10 });
    const stored = await api.admin(
      (sql) =>
        sql<
          { sealed: string }[]
        >`select encode(mfa_secret, 'escape') as sealed from users where id = ${person.userId}`,
    );
    expect(stored[0]?.sealed).not.toContain(secret);
    for (const text of [state.text, JSON.stringify(await api.deeds(person.userId))]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(body.recoveryCodes[0]);
    }
  });

  it('is refused to somebody who has a second factor, and without a secret that was offered', async () => {
    const person = await api.enrolled();
    expect((await person.post('/v1/account/mfa/enrol', { password: testPassword })).status).toBe(409);
    expect((await person.post('/v1/account/mfa/confirm', { code: codeOf(person.secret) })).status).toBe(409);
  });
});

describe('sign-in with a second factor', () => {
  it('tells that a code is missing only after the right password', async () => {
    const { username } = await api.enrolled();
    const missing = await api.logIn(username);
    expect(missing.status).toBe(401);
    expect(missing.body).toMatchObject({ success: false, code: 'mfa_required' });
    const wrong = await api.logIn(username, undefined, 'wrong');
    expect(wrong.body.code).toBe('sign_in_refused');
  });

  it('takes the present code once, and then neither it nor an older one', async () => {
    const { username, secret } = await api.enrolled();
    const [before, now] = [codeOf(secret, -1), codeOf(secret)];
    expect((await api.logIn(username, before)).status, 'the code of the enrolment').toBe(401);
    expect((await api.logIn(username, now)).status).toBe(200);
    expect((await api.logIn(username, now)).status, 'the same code again').toBe(401);
    expect((await api.logIn(username, before)).status, 'an older code').toBe(401);
  });

  it('lets one of fifty parallel sign-ins with one code through', async () => {
    const { username, secret, userId } = await api.enrolled();
    const code = codeOf(secret);
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.logIn(username, code)));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array<number>(49).fill(401)]);
    const opened = await api.admin(
      (sql) =>
        sql`select id from sessions where user_id = ${userId} and mfa_at is not null and revoked_at is null`,
    );
    expect(opened).toHaveLength(2);
  });

  it.each([
    ['a step too early', (secret: string) => codeOf(secret, 2)],
    ['a step too late', (secret: string) => codeOf(secret, -2)],
    ['five digits', (secret: string) => codeOf(secret).slice(1)],
    ['seven digits', (secret: string) => `${codeOf(secret)}0`],
    [
      'full-width digits',
      (secret: string) => codeOf(secret).replaceAll(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
    ],
    [
      'Arabic digits',
      (secret: string) => codeOf(secret).replaceAll(/\d/g, (d) => String.fromCharCode(0x0660 + Number(d))),
    ],
    ['a space inside', (secret: string) => `${codeOf(secret).slice(0, 3)} ${codeOf(secret).slice(3)}`],
    ['a space before', (secret: string) => ` ${codeOf(secret)}`],
    ['a sign', (secret: string) => `+${codeOf(secret).slice(1)}`],
    ['nothing', () => ''],
    ['a recovery code of nobody', () => 'aaaaa-bbbbb-ccccc'],
  ])('refuses %s with the body of a wrong password', async (_name, codeFrom) => {
    const { username, secret } = await api.enrolled();
    const told = ({ status, text }: Answer) => [status, text.replace(/"requestId":"[^"]+"/, '')];
    const wrong = await api.logIn(username, codeOf(secret), 'wrong');
    expect(told(await api.logIn(username, codeFrom(secret)))).toEqual(told(wrong));
    expect((await api.logIn(username, codeOf(secret))).status, 'the right one still works').toBe(200);
  });

  it('goes on after ten wrong codes', async () => {
    const { username, secret } = await api.enrolled();
    for (let round = 0; round < 10; round++) {
      expect((await api.logIn(username, wrongCodeOf(secret))).status).toBe(401);
    }
    expect((await api.logIn(username, codeOf(secret))).status).toBe(200);
  });

  it('refuses a code that is no text, and one of a megabyte', async () => {
    const { username, secret } = await api.enrolled();
    const body = { username, password: testPassword };
    for (const mfa_code of [
      Number(codeOf(secret)),
      [codeOf(secret)],
      { code: 1 },
      null,
      'x'.repeat(100_000),
    ]) {
      expect((await api.call('/auth/login', { method: 'POST', body: { ...body, mfa_code } })).status).toBe(
        400,
      );
    }
    expect((await api.logIn(username, 'x'.repeat(1_100_000))).status).toBe(413);
  });

  it('takes each recovery code once, also twenty times at once, and says how many are left', async () => {
    const { username, recoveryCodes } = await api.enrolled();
    const [first = '', second = ''] = recoveryCodes;
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.logIn(username, first)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const relaxed = await api.logIn(username, second.toUpperCase().replaceAll('-', ''));
    expect(relaxed.status).toBe(200);
    expect((await api.speaking(relaxed).get('/v1/account/mfa')).body.recoveryCodesLeft).toBe(8);
  });

  it('sets the cookie of the console with a code as well', async () => {
    const { username, secret } = await api.enrolled();
    const signIn = (body: object) =>
      api.call('/v1/auth/sign-in', { method: 'POST', body: { username, password: testPassword, ...body } });
    expect((await signIn({})).body.code).toBe('mfa_required');
    expect((await signIn({ mfaCode: codeOf(secret) })).status).toBe(200);
  });
});

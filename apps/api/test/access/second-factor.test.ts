import { codeOf, earlyInStep, wrongCodeOf } from '@signalbox/testing/fixtures/authenticator';
import { makeUser, testPassword } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { insertRun } from '@signalbox/testing/run/insert-run';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ limits: { address: 10_000, account: 10_000, codes: 10_000, refresh: 10_000 } });
});
afterAll(() => api.close());
// Codes are made and judged by the clock; a test must not begin at the end of a step.
beforeEach(() => earlyInStep());

const admin = <T>(work: Parameters<typeof withAdmin<T>>[1]) => withAdmin(api.databaseUrl, work);

/** Somebody of the workspace with a bearer token of their own. */
interface Somebody {
  readonly userId: number;
  readonly username: string;
  post(path: string, body?: unknown): Promise<Answer>;
  get(path: string): Promise<Answer>;
}

const logIn = (username: string, code?: string, password = testPassword) =>
  api.call('/auth/login', {
    method: 'POST',
    body: { username, password, ...(code !== undefined && { mfa_code: code }) },
  });

async function somebody(role = 'manager'): Promise<Somebody> {
  const { userId, username } = await makeUser(api.db, 'factor');
  await admin(
    (sql) =>
      sql`insert into members (workspace_id, user_id, role) values (${api.workspace.id}, ${userId}, ${role})`,
  );
  const login = await logIn(username);
  return { userId, username, ...speaking(login) };
}

function speaking(login: Answer): Pick<Somebody, 'post' | 'get'> {
  const headers = { authorization: `Bearer ${login.body.data.token}` };
  return {
    post: (path, body) => api.call(path, { method: 'POST', headers, ...(body !== undefined && { body }) }),
    get: (path) => api.call(path, { headers }),
  };
}

/** Somebody who has enabled a second factor with the code of the step before this one. */
async function enrolled(role?: string) {
  const person = await somebody(role);
  const { secret } = (await person.post('/v1/account/mfa/enrol', { password: testPassword })).body;
  const confirmed = await person.post('/v1/account/mfa/confirm', { code: codeOf(secret, -1) });
  expect(confirmed.status).toBe(200);
  return { ...person, secret: secret as string, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}

const deeds = (userId: number) =>
  admin(async (sql) => {
    const rows = await sql<{ action: string }[]>`
      select action from audit_entries where object_kind = 'user' and object_id = ${userId} order by id`;
    return rows.map(({ action }) => action);
  });

describe('enrolment', () => {
  it('asks for the password, and changes nothing before a code has proven the secret', async () => {
    const person = await somebody();
    expect((await person.post('/v1/account/mfa/enrol', { password: 'wrong' })).status).toBe(400);
    const { body } = await person.post('/v1/account/mfa/enrol', { password: testPassword });
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body.uri).toContain(`secret=${body.secret}`);
    expect((await person.post('/v1/account/mfa/confirm', { code: wrongCodeOf(body.secret) })).status).toBe(
      401,
    );
    expect((await person.get('/v1/account/mfa')).body).toMatchObject({ enabled: false, pending: true });
    expect((await logIn(person.username)).status).toBe(200);
  });

  it('shows ten recovery codes once, ends the other sessions, and keeps no secret in clear', async () => {
    const person = await somebody();
    const other = speaking(await logIn(person.username));
    const { secret } = (await person.post('/v1/account/mfa/enrol', { password: testPassword })).body;
    const { body } = await person.post('/v1/account/mfa/confirm', { code: codeOf(secret) });
    expect(body.recoveryCodes).toHaveLength(10);
    expect(body.endedSessions).toBe(1);
    expect((await other.get('/v1/account/mfa')).status).toBe(401);
    const state = await person.get('/v1/account/mfa');
    expect(state.body).toMatchObject({ enabled: true, pending: false, recoveryCodesLeft: 10 });
    const stored = await admin(
      (sql) =>
        sql<
          { sealed: string }[]
        >`select encode(mfa_secret, 'escape') as sealed from users where id = ${person.userId}`,
    );
    expect(stored[0]?.sealed).not.toContain(secret);
    for (const text of [state.text, JSON.stringify(await deeds(person.userId))]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(body.recoveryCodes[0]);
    }
  });

  it('is refused to somebody who has a second factor, and without a secret that was offered', async () => {
    const person = await enrolled();
    expect((await person.post('/v1/account/mfa/enrol', { password: testPassword })).status).toBe(409);
    expect((await person.post('/v1/account/mfa/confirm', { code: codeOf(person.secret) })).status).toBe(409);
  });
});

describe('sign-in with a second factor', () => {
  it('tells that a code is missing only after the right password', async () => {
    const { username } = await enrolled();
    const missing = await logIn(username);
    expect(missing.status).toBe(401);
    expect(missing.body).toMatchObject({ success: false, code: 'mfa_required' });
    const wrong = await logIn(username, undefined, 'wrong');
    expect(wrong.body.code).toBe('sign_in_refused');
  });

  it('takes the present code once, and then neither it nor an older one', async () => {
    const { username, secret } = await enrolled();
    const [before, now] = [codeOf(secret, -1), codeOf(secret)];
    expect((await logIn(username, before)).status, 'the code of the enrolment').toBe(401);
    expect((await logIn(username, now)).status).toBe(200);
    expect((await logIn(username, now)).status, 'the same code again').toBe(401);
    expect((await logIn(username, before)).status, 'an older code').toBe(401);
  });

  it('lets one of fifty parallel sign-ins with one code through', async () => {
    const { username, secret, userId } = await enrolled();
    const code = codeOf(secret);
    const answers = await Promise.all(Array.from({ length: 50 }, () => logIn(username, code)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(49).fill(401)]);
    const opened = await admin(
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
    const { username, secret } = await enrolled();
    const told = ({ status, text }: Answer) => [status, text.replace(/"requestId":"[^"]+"/, '')];
    const wrong = await logIn(username, codeOf(secret), 'wrong');
    expect(told(await logIn(username, codeFrom(secret)))).toEqual(told(wrong));
    expect((await logIn(username, codeOf(secret))).status, 'the right one still works').toBe(200);
  });

  it('goes on after ten wrong codes', async () => {
    const { username, secret } = await enrolled();
    for (let round = 0; round < 10; round++) {
      expect((await logIn(username, wrongCodeOf(secret))).status).toBe(401);
    }
    expect((await logIn(username, codeOf(secret))).status).toBe(200);
  });

  it('refuses a code that is no text, and one of a megabyte', async () => {
    const { username, secret } = await enrolled();
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
    expect((await logIn(username, 'x'.repeat(1_100_000))).status).toBe(413);
  });

  it('takes each recovery code once, also twenty times at once, and says how many are left', async () => {
    const { username, recoveryCodes } = await enrolled();
    const [first = '', second = ''] = recoveryCodes;
    const answers = await Promise.all(Array.from({ length: 20 }, () => logIn(username, first)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const relaxed = await logIn(username, second.toUpperCase().replaceAll('-', ''));
    expect(relaxed.status).toBe(200);
    expect((await speaking(relaxed).get('/v1/account/mfa')).body.recoveryCodesLeft).toBe(8);
  });

  it('sets the cookie of the console with a code as well', async () => {
    const { username, secret } = await enrolled();
    const signIn = (body: object) =>
      api.call('/v1/auth/sign-in', { method: 'POST', body: { username, password: testPassword, ...body } });
    expect((await signIn({})).body.code).toBe('mfa_required');
    expect((await signIn({ mfaCode: codeOf(secret) })).status).toBe(200);
  });
});

describe('step-up', () => {
  const forceCancel = (person: Somebody, run: number) =>
    person.post(`/v1/runs/${run}/force-cancel`, { reason: 'its worker is gone' });
  const aRun = () => admin((sql) => insertRun(sql, api.workspace.id, { enqueue: false }));
  const stale = ({ userId }: Somebody) =>
    admin(
      (sql) =>
        sql`update sessions set mfa_at = now() - interval '5 minutes 1 second' where user_id = ${userId}`,
    );

  it('is asked of who has a second factor when the last code is older than five minutes', async () => {
    const person = await enrolled();
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
    const person = await enrolled();
    const [code = ''] = person.recoveryCodes;
    const other = speaking(await logIn(person.username, code));
    await stale(person);
    await person.post('/v1/auth/step-up', { mfa_code: codeOf(person.secret) });
    expect((await other.post('/v1/account/mfa/recovery-codes')).status).toBe(403);
  });

  it('stands after visibility and capability, and before the input', async () => {
    const person = await enrolled();
    const viewer = await enrolled('viewer');
    await stale(person);
    await stale(viewer);
    expect((await person.post('/v1/runs/999999/force-cancel', {})).status).toBe(404);
    const id = await aRun();
    expect((await forceCancel(viewer, id)).body.code).toBe('forbidden');
    expect((await person.post(`/v1/runs/${id}/force-cancel`, {})).body.code).toBe('step_up_required');
    await person.post('/v1/auth/step-up', { mfa_code: codeOf(person.secret) });
    expect((await person.post(`/v1/runs/${id}/force-cancel`, {})).status).toBe(400);
  });

  it('asks nothing of who has no second factor', async () => {
    const person = await somebody();
    expect((await person.post('/v1/auth/step-up', { mfa_code: '000000' })).status).toBe(409);
    const id = await aRun();
    expect((await forceCancel(person, id)).body.code).not.toBe('step_up_required');
  });
});

describe('recovery codes and the end of a second factor', () => {
  it('new recovery codes make the old ones worthless', async () => {
    const person = await enrolled();
    const { recoveryCodes } = (await person.post('/v1/account/mfa/recovery-codes')).body;
    expect((await logIn(person.username, person.recoveryCodes[0])).status).toBe(401);
    expect((await logIn(person.username, recoveryCodes[0])).status).toBe(200);
  });

  it('it goes with both factors only, and sign-in then needs the password alone', async () => {
    const person = await enrolled();
    const { secret, username, recoveryCodes } = person;
    const disable = (password: string, code: string) =>
      person.post('/v1/account/mfa/disable', { password, code });
    expect((await disable('wrong', codeOf(secret))).body.code).toBe('code_refused');
    expect((await disable(testPassword, wrongCodeOf(secret))).body.code).toBe('code_refused');
    expect((await disable(testPassword, recoveryCodes[3] ?? '')).body).toMatchObject({ enabled: false });
    expect((await disable(testPassword, codeOf(secret))).status).toBe(409);
    expect((await logIn(username)).status).toBe(200);
  });

  it('every deed is in the audit of the workspace, a refused sign-in too', async () => {
    const person = await enrolled();
    await logIn(person.username, codeOf(person.secret), 'wrong');
    await logIn(person.username, codeOf(person.secret));
    await person.post('/v1/account/mfa/recovery-codes');
    await person.post('/v1/account/mfa/disable', { password: testPassword, code: codeOf(person.secret, 1) });
    expect(await deeds(person.userId)).toEqual([
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

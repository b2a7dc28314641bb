import { codeOf } from '@signalbox/testing/fixtures/authenticator';
import { makeUser, testPassword } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { expect } from 'vitest';
import { type Answer, startTestApi, type TestApi } from './test-api.ts';

/** Somebody of the workspace with a bearer token of their own. */
export interface Somebody {
  readonly userId: number;
  readonly username: string;
  post(path: string, body?: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  get(path: string): Promise<Answer>;
}

/** Somebody who has enabled a second factor with the code of the step before the present one. */
export interface Enrolled extends Somebody {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** An API without limits to speak of, for tests of second factors. */
export interface FactorApi extends TestApi {
  admin<T>(work: Parameters<typeof withAdmin<T>>[1]): Promise<T>;
  logIn(username: string, code?: string, password?: string): Promise<Answer>;
  /** Calls with the token of a log-in. */
  speaking(login: Answer): Pick<Somebody, 'post' | 'patch' | 'get'>;
  somebody(role?: string): Promise<Somebody>;
  enrolled(role?: string): Promise<Enrolled>;
  /** What the audit tells of a person's account, oldest first. */
  deeds(userId: number): Promise<string[]>;
}

export async function startFactorApi(): Promise<FactorApi> {
  const limits = { address: 10_000, account: 10_000, codes: 10_000, refresh: 10_000 };
  const api = await startTestApi({ limits });
  const admin: FactorApi['admin'] = (work) => withAdmin(api.databaseUrl, work);

  const logIn: FactorApi['logIn'] = (username, code, password = testPassword) =>
    api.call('/auth/login', {
      method: 'POST',
      body: { username, password, ...(code !== undefined && { mfa_code: code }) },
    });

  const speaking: FactorApi['speaking'] = (login) => {
    const headers = { authorization: `Bearer ${login.body.data.token}` };
    return {
      post: (path, body) => api.call(path, { method: 'POST', headers, ...(body !== undefined && { body }) }),
      patch: (path, body) => api.call(path, { method: 'PATCH', headers, body }),
      get: (path) => api.call(path, { headers }),
    };
  };

  async function somebody(role = 'manager'): Promise<Somebody> {
    const { userId, username } = await makeUser(api.db, 'factor');
    await admin(
      (sql) =>
        sql`insert into members (workspace_id, user_id, role) values (${api.workspace.id}, ${userId}, ${role})`,
    );
    return { userId, username, ...speaking(await logIn(username)) };
  }

  async function enrolled(role?: string): Promise<Enrolled> {
    const person = await somebody(role);
    const { secret } = (await person.post('/v1/account/mfa/enrol', { password: testPassword })).body;
    const confirmed = await person.post('/v1/account/mfa/confirm', { code: codeOf(secret, -1) });
    expect(confirmed.status).toBe(200);
    return { ...person, secret, recoveryCodes: confirmed.body.recoveryCodes };
  }

  const deeds = (userId: number) =>
    admin(async (sql) => {
      const rows = await sql<{ action: string }[]>`
        select action from audit_entries where object_kind = 'user' and object_id = ${userId} order by id`;
      return rows.map(({ action }) => action);
    });

  return { ...api, admin, logIn, speaking, somebody, enrolled, deeds };
}

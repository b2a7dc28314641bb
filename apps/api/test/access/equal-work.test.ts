import { createHook } from 'node:async_hooks';
import { makeTenant, makeUser, makeWorkspace, testPassword } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { insertRun } from '@signalbox/testing/run/insert-run';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStatementTap, type StatementTap } from '../support/statement-tap.ts';
import { type Answer, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let tap: StatementTap;
/** Slow hashes begun in this process, the API's own among them. */
let hashes = 0;
const hook = createHook({
  init(_id, type) {
    if (type === 'ARGON2REQUEST') hashes += 1;
  },
});

beforeAll(async () => {
  tap = openStatementTap();
  api = await startTestApi({
    via: (url) => tap.through(url),
    limits: { address: 10_000, account: 10_000, codes: 10_000, refresh: 10_000 },
  });
  hook.enable();
});
afterAll(async () => {
  hook.disable();
  await api.close();
  tap.close();
});

/** What an answer cost, and the answer without its request id. */
interface Work {
  readonly statements: string[];
  readonly hashes: number;
  readonly answer: unknown;
}

/** What looks at the database by the clock and for nobody in particular. */
const byTheClock = /system_run_heads|system_sealing|listen |notify |auth_signing_keys|from runs where/i;

async function workOf(ask: () => Promise<Answer>): Promise<Work> {
  tap.take();
  hashes = 0;
  const { status, body } = await ask();
  const statements = tap
    .take()
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => !byTheClock.test(text) && !/^(begin|commit)/i.test(text));
  return { statements, hashes, answer: { status, ...body, requestId: null } };
}

const logIn = (path: string, username: string, password: string) => () =>
  api.call(path, { method: 'POST', body: { username, password } });

describe.each(['/v1/auth/sign-in', '/auth/login'])('at %s', (path) => {
  it('an unknown name, a wrong password and a disabled account get one answer for one work', async () => {
    const { operator } = api.workspace.members;
    const disabled = await makeUser(api.db, 'disabled');
    await withAdmin(
      api.databaseUrl,
      (sql) => sql`update users set disabled_at = now() where id = ${disabled.userId}`,
    );
    const cases: Record<string, () => Promise<Answer>> = {
      unknown: logIn(path, 'nobody-of-this-name', testPassword),
      'wrong password': logIn(path, operator.username, 'wrong'),
      disabled: logIn(path, disabled.username, testPassword),
      'disabled, wrong password': logIn(path, disabled.username, 'wrong'),
    };
    // Once each, so that statements are prepared and counters exist.
    for (const ask of Object.values(cases)) await ask();
    const unknown = await workOf(cases.unknown as () => Promise<Answer>);
    expect(unknown.hashes).toBe(1);
    expect(unknown.statements.length).toBeGreaterThan(1);
    expect(unknown.statements.join()).toContain('auth_find_user');
    for (const [name, ask] of Object.entries(cases)) expect(await workOf(ask), name).toEqual(unknown);
  });
});

it('a thing of another workspace and one that is not there get one 404 for one work', async () => {
  const other = await makeWorkspace(api.db);
  const place = await makeTenant(api.db, other.id);
  const foreign = await withAdmin(api.databaseUrl, (sql) => insertRun(sql, other.id, { enqueue: false }));
  const { viewer } = api.workspace.members;
  for (const path of ['/v1/runs', '/v1/tenants', '/v1/connections']) {
    const id = { '/v1/runs': foreign, '/v1/tenants': place.tenantId }[path] ?? place.connectionId;
    const ask = (of: number) => () => api.call(`${path}/${of}`, { as: viewer });
    await ask(2_000_000_000)();
    const unknown = await workOf(ask(2_000_000_000));
    expect(unknown.answer).toMatchObject({ status: 404 });
    expect(unknown.statements.length).toBeGreaterThan(1);
    expect(await workOf(ask(id)), path).toEqual(unknown);
  }
});

import type { Person } from '@signalbox/domain/access/principal';
import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { type Answer, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let owner: Person;
let admin: ReturnType<typeof openAdmin>;

beforeAll(async () => {
  api = await startTestApi();
  owner = api.workspace.members.owner;
  admin = openAdmin(api.databaseUrl);
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const wish = { email: 'guest@example.org', role: 'owner' };
const invite = (as: Person) => api.call('/v1/invitations', { method: 'POST', as, body: wish });
const member = (person: Person, call: object) => api.call(`/v1/members/${person.userId}`, call);
const secretOf = (made: Answer): string => made.body.link.split('#')[1];

test.each([
  ['is removed', { method: 'DELETE' }],
  ['is lowered', { method: 'PATCH', body: { role: 'manager' } }],
])('the open invitations of an owner who %s are revoked, and each is written down', async (_, call) => {
  const second = await joinAs(api, owner, { role: 'owner' });
  const [mine, kept] = [await invite(second), await invite(owner)];
  expect((await member(second, { ...call, as: owner })).status).toBe(200);
  const look = (made: Answer) =>
    api.call('/v1/invitations/look', { method: 'POST', body: { secret: secretOf(made) } });
  expect((await look(mine)).status).toBe(404);
  const back = await api.call('/v1/invitations/join', {
    method: 'POST',
    as: second,
    body: { secret: secretOf(mine) },
  });
  expect(back.status).toBe(404);
  expect((await look(kept)).status).toBe(200);
  const entries = await admin`
    select actor_name, details from audit_entries
    where action = 'invitation.revoked' and object_id = ${String(mine.body.invitation.id)}`;
  expect([...entries]).toEqual([
    { actor_name: owner.username, details: { ...wish, invitedBy: second.username } },
  ]);
});

/** Sends a request that has to wait for the members, and changes something before it goes on. */
async function whileItWaits(
  send: () => Promise<Answer>,
  change: (sql: Parameters<Parameters<typeof admin.begin>[1]>[0]) => Promise<unknown>,
): Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  await admin.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`members:${api.workspace.id}`}, 0))`;
    answer = send();
    await expect
      .poll(() => admin`select from pg_locks where locktype = 'advisory' and not granted`, { interval: 5 })
      .toHaveLength(1);
    await change(sql);
  });
  if (answer === undefined) throw new Error('Nothing was sent.');
  return answer;
}

test('an owner who is lowered while their request waits makes no invitation', async () => {
  const second = await joinAs(api, owner, { role: 'owner' });
  const answer = await whileItWaits(
    () => invite(second),
    (sql) => sql`update members set role = 'manager' where user_id = ${second.userId}`,
  );
  expect(answer).toMatchObject({ status: 403, body: { capability: 'member.manage' } });
  expect([...(await admin`select from invitations where invited_by = ${second.username}`)]).toEqual([]);
});

test('a key that is revoked while its request waits changes no member', async () => {
  const key = await makeApiKey(api.db, owner);
  const person = await joinAs(api, owner, { role: 'viewer' });
  const answer = await whileItWaits(
    () => member(person, { method: 'PATCH', key: key.text, body: { role: 'owner' } }),
    (sql) => sql`update api_keys set revoked_at = now() where id = ${key.id}`,
  );
  expect(answer.status).toBe(404);
  expect((await member(person, { as: owner })).body.role).toBe('viewer');
});

import { createUser } from '@signalbox/db/commands/access/create-user';
import { endSession } from '@signalbox/db/commands/access/end-session';
import { liveCaller } from '@signalbox/db/queries/access/live-session';
import { memberships, principalOf } from '@signalbox/db/queries/access/memberships';
import { signedIn } from '@signalbox/testing/fixtures/signed-in';
import { makeTenant, makeUser, makeWorkspace, testPassword } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';

let gate: GateDatabase;

beforeAll(async () => {
  gate = await openGateDatabase();
});
afterAll(() => gate.close());

test('the right password opens a session; a wrong one, an unknown name and a disabled account do not', async () => {
  const { userId, username } = await makeUser(gate.db, 'person');
  const opened = await signedIn(gate.db, { username, password: testPassword });
  expect(opened).toMatchObject({ userId, username });
  expect(await signedIn(gate.db, { username, password: 'wrong' })).toBeNull();
  expect(await signedIn(gate.db, { username: 'nobody', password: testPassword })).toBeNull();
  await gate.admin`update users set disabled_at = now() where id = ${userId}`;
  expect(await signedIn(gate.db, { username, password: testPassword })).toBeNull();
  expect(await liveCaller(gate.db, { secret: opened?.secret ?? '' })).toBeNull();
});

test('names that look alike are one name', async () => {
  const made = await createUser(gate.db, { username: 'Andr\u00e9', email: 'a@example.org', password: 'x' });
  expect(made).not.toBeNull();
  const twin = { username: ' ANDRE\u0301 ', email: 'b@example.org', password: 'y' };
  expect(await createUser(gate.db, twin)).toBeNull();
  expect(await signedIn(gate.db, { username: 'andr\u00e9', password: 'x' })).toMatchObject({ userId: made });
});

test('a session lives by its cookie or its token until it ends, is idle too long or is too old', async () => {
  const { username } = await makeUser(gate.db, 'person');
  const open = async () => {
    const opened = await signedIn(gate.db, { username, password: testPassword });
    if (opened === null) throw new Error('The sign-in was refused.');
    return opened;
  };
  const ended = await open();
  expect(await liveCaller(gate.db, { secret: ended.secret })).toMatchObject({
    user: { sessionId: ended.sessionId },
  });
  expect(await liveCaller(gate.db, { jti: ended.jti })).toMatchObject({
    user: { sessionId: ended.sessionId },
  });
  await endSession(gate.db, ended.sessionId);
  expect(await liveCaller(gate.db, { secret: ended.secret })).toBeNull();
  expect(await liveCaller(gate.db, { jti: ended.jti })).toBeNull();
  const idle = await open();
  await gate.admin`update sessions set idle_at = now() where id = ${idle.sessionId}`;
  expect(await liveCaller(gate.db, { secret: idle.secret })).toBeNull();
  const old = await open();
  await gate.admin`update sessions set ends_at = now() where id = ${old.sessionId}`;
  expect(await liveCaller(gate.db, { jti: old.jti })).toBeNull();
});

test('use keeps a session alive, and a mere look does not', async () => {
  const { username } = await makeUser(gate.db, 'person');
  const opened = await signedIn(gate.db, { username, password: testPassword });
  if (opened === null) throw new Error('The sign-in was refused.');
  const { sessionId, secret } = opened;
  const prolonged = async () => {
    const [row] =
      await gate.admin`select idle_at > now() + interval '2 hours' as is from sessions where id = ${sessionId}`;
    return row?.is;
  };
  await gate.admin`update sessions set idle_at = now() + interval '1 hour' where id = ${sessionId}`;
  expect(await liveCaller(gate.db, { secret }, 'look')).toMatchObject({ user: { sessionId } });
  expect(await prolonged()).toBe(false);
  expect(await liveCaller(gate.db, { secret })).toMatchObject({ user: { sessionId } });
  expect(await prolonged()).toBe(true);
});

test('the secret of a session is not stored', async () => {
  const { username } = await makeUser(gate.db, 'person');
  const opened = await signedIn(gate.db, { username, password: testPassword });
  const [row] = await gate.admin`select * from sessions where id = ${opened?.sessionId ?? 0}`;
  expect(JSON.stringify(row)).not.toContain(opened?.secret);
  expect(Buffer.from(row?.secret_hash).includes(opened?.secret ?? '')).toBe(false);
});

test('a member with chosen tenants sees those, and one who was removed has no workspace', async () => {
  const workspace = await makeWorkspace(gate.db);
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  await makeTenant(gate.db, workspace.id);
  const { viewer, operator } = workspace.members;
  await gate.admin`
    update members set all_tenants = false where workspace_id = ${workspace.id} and user_id = ${viewer.userId}`;
  await gate.admin`
    insert into member_tenants (workspace_id, user_id, tenant_id) values (${workspace.id}, ${viewer.userId}, ${tenantId})`;
  const [membership] = await memberships(gate.db, viewer.userId);
  if (membership === undefined) throw new Error('The member has no workspace.');
  expect(await principalOf(gate.db, viewer, membership)).toMatchObject({
    role: 'viewer',
    tenants: [tenantId],
  });
  await gate.admin`update members set removed_at = now() where user_id = ${operator.userId}`;
  expect(await memberships(gate.db, operator.userId)).toEqual([]);
});

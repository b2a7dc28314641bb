import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { signingKeys } from '@signalbox/db/commands/access/signing-key';
import { connectionAccess } from '@signalbox/db/queries/connection/connection-access';
import { connectionSecretPlace } from '@signalbox/db/secrets/connection-secret';
import { type Keyring, parseKeyring, seal, unseal } from '@signalbox/db/secrets/envelope';
import { countKeyUse, missingKeys } from '@signalbox/db/secrets/key-use';
import { rotateSeals } from '@signalbox/db/secrets/rotate-seals';
import { plainBytes, sealedColumns, sealedPlace } from '@signalbox/db/secrets/sealed-columns';
import { openSystemSession } from '@signalbox/db/secrets/system-session';
import {
  makeConnection,
  makeTenant,
  makeWorkspace,
  testKeyring,
  testKeyringText,
} from '@signalbox/testing/fixtures/workspace';
import type postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';

const secondText = `second:${randomBytes(32).toString('base64')}`;
/** What an operator sets while both keys are there. */
const bothText = `${secondText},${testKeyringText}`;
const both: Keyring = parseKeyring(bothText);
const onlySecond: Keyring = parseKeyring(secondText);

let gate: GateDatabase;
let system: postgres.Sql;
let workspaceIds: string[];
let userId: number;

beforeEach(async () => {
  gate = await openGateDatabase();
  system = await openSystemSession(gate.url, 'test keys');
  workspaceIds = [];
  for (const count of [3, 2]) {
    const workspace = await makeWorkspace(gate.db);
    const { tenantId } = await makeTenant(gate.db, workspace.id, { secret: `${workspace.id} 0` });
    for (let n = 1; n < count; n++) {
      const wishes = { isDefault: false, label: `c${n}`, secret: `${workspace.id} ${n}` };
      await makeConnection(gate.db, { workspaceId: workspace.id, tenantId }, wishes);
    }
    workspaceIds.push(workspace.id);
    userId = workspace.members.operator.userId;
  }
  await signingKeys(gate.db, testKeyring);
  for (const column of ['mfa_secret', 'mfa_pending'] as const) {
    const blob = seal(testKeyring, column, sealedPlace({ table: 'users', column }, { key: userId }));
    await gate.admin`update users set ${gate.admin(column)} = ${blob} where id = ${userId}`;
  }
});
afterEach(async () => {
  await system.end({ timeout: 5 });
  await gate.close();
});

/** Everything that is sealed, opened with a keyring; throws when something does not open. */
async function opened(keyring: Keyring): Promise<string[]> {
  const texts: string[] = [];
  for (const { id, workspace_id, sealed_secret } of await gate.admin`
    select id, workspace_id, sealed_secret from connections order by id`) {
    texts.push(unseal(keyring, sealed_secret, connectionSecretPlace(workspace_id, id)));
  }
  const [user] = await gate.admin`select mfa_secret, mfa_pending from users where id = ${userId}`;
  for (const column of ['mfa_secret', 'mfa_pending'] as const) {
    texts.push(unseal(keyring, user?.[column], sealedPlace({ table: 'users', column }, { key: userId })));
  }
  const [key] = await signingKeys(gate.db, keyring);
  texts.push(JSON.stringify(key?.privateJwk));
  return texts;
}

const use = async () =>
  Object.fromEntries((await countKeyUse(system)).map((u) => [`${u.place} ${u.keyId}`, u.values]));

test('every column of bytes is either in the list of sealed columns or known to hold no secret', async () => {
  const columns = await gate.admin<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and udt_name = 'bytea' order by 1`;
  const listed = [...sealedColumns.map(({ table, column }) => `${table}.${column}`), ...plainBytes];
  expect(columns.map(({ name }) => name)).toEqual(listed.toSorted());
});

test('after a rotation the new key alone opens everything, each text is what it was, and each workspace was told', async () => {
  const before = await opened(testKeyring);
  const done = await rotateSeals(system, both, { batch: 2 });
  expect(done).toEqual([
    { place: 'connections.sealed_secret', values: 5, unopened: 0 },
    { place: 'signing_keys.sealed_private_jwk', values: 1, unopened: 0 },
    { place: 'users.mfa_secret', values: 1, unopened: 0 },
    { place: 'users.mfa_pending', values: 1, unopened: 0 },
  ]);
  expect(await opened(onlySecond)).toEqual(before);
  expect(await missingKeys(gate.db, onlySecond)).toEqual([]);

  const told = await gate.admin`
    select workspace_id, details ->> 'place' as place, sum((details ->> 'values')::int)::int as n
    from audit_entries where action = 'secrets.rotated' and object_id = 'second' group by 1, 2 order by 1, 2`;
  const [first = '', second = ''] = workspaceIds;
  const rows = told.map((row) => `${row.workspace_id} ${row.place} ${row.n}`).toSorted();
  expect(rows).toEqual(
    [
      `${first} connections.sealed_secret 3`,
      `${first} signing_keys.sealed_private_jwk 1`,
      `${second} connections.sealed_secret 2`,
      `${second} signing_keys.sealed_private_jwk 1`,
      `${second} users.mfa_pending 1`,
      `${second} users.mfa_secret 1`,
    ].toSorted(),
  );
});

test('a second rotation finds nothing to do and says nothing', async () => {
  await rotateSeals(system, both);
  const entries = () => gate.admin`select id from audit_entries where action = 'secrets.rotated'`;
  const before = (await entries()).length;
  expect((await rotateSeals(system, both)).map(({ values }) => values)).toEqual([0, 0, 0, 0]);
  expect((await entries()).length).toBe(before);
});

test('a rotation that is cut off leaves everything readable and goes on where it stopped', async () => {
  const before = await opened(testKeyring);
  let batches = 0;
  const cutOff = rotateSeals(system, both, {
    batch: 2,
    onBatch: () => {
      batches += 1;
      if (batches === 2) throw new Error('cut off');
    },
  });
  await expect(cutOff).rejects.toThrow('cut off');
  expect(await use()).toMatchObject({
    'connections.sealed_secret second': 4,
    'connections.sealed_secret test': 1,
  });
  expect(await opened(both)).toEqual(before);
  const rest = await rotateSeals(system, both);
  expect(rest[0]).toMatchObject({ values: 1, unopened: 0 });
  expect(await opened(onlySecond)).toEqual(before);
});

test('a batch whose session is killed before it commits changes nothing and tells nobody', async () => {
  const lock = gate.admin.begin(async (tx) => {
    // Holds the second row, so that the rotation waits in the middle of its first batch.
    await tx`select id from connections order by id offset 1 limit 1 for update`;
    const rotation = rotateSeals(system, both);
    const outcome = rotation.then(
      () => 'done',
      () => 'killed',
    );
    for (;;) {
      const [waiting] = await gate.admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'test keys' and wait_event_type = 'Lock'`;
      if (waiting !== undefined) break;
    }
    return outcome;
  });
  expect(await lock).toBe('killed');
  expect(await use()).toMatchObject({ 'connections.sealed_secret test': 5 });
  expect(await gate.admin`select id from audit_entries where action = 'secrets.rotated'`).toHaveLength(0);
});

test('two rotations at once seal each value once', async () => {
  const another = await openSystemSession(gate.url, 'test keys 2');
  try {
    const done = await Promise.all([
      rotateSeals(system, both, { batch: 1 }),
      rotateSeals(another, both, { batch: 1 }),
    ]);
    const total = done.flat().reduce((sum, { values }) => sum + values, 0);
    expect(total).toBe(8);
    expect(done.flat().every(({ unopened }) => unopened === 0)).toBe(true);
    await opened(onlySecond);
    const [audited] = await gate.admin`
      select sum((details ->> 'values')::int)::int as n from audit_entries
      where action = 'secrets.rotated' and details ->> 'place' = 'connections.sealed_secret'`;
    expect(audited?.n).toBe(5);
  } finally {
    await another.end({ timeout: 5 });
  }
});

test('a secret that is changed while the rotation looks at it is kept', async () => {
  const [row] = await gate.admin`select id, workspace_id from connections order by id limit 1`;
  const place = connectionSecretPlace(row?.workspace_id, row?.id);
  let rotation: Promise<unknown> = Promise.resolve();
  await gate.admin.begin(async (tx) => {
    // A process that knows the old key only writes, and commits while the rotation waits for the row.
    const changed = seal(testKeyring, 'the new secret', place);
    await tx`update connections set sealed_secret = ${changed} where id = ${row?.id}`;
    rotation = rotateSeals(system, both);
    for (;;) {
      const [waiting] = await gate.admin`
        select pid from pg_stat_activity
        where datname = current_database() and application_name = 'test keys' and wait_event_type = 'Lock'`;
      if (waiting !== undefined) break;
    }
  });
  await rotation;
  const [after] = await gate.admin`select sealed_secret from connections where id = ${row?.id}`;
  expect(unseal(onlySecond, after?.sealed_secret, place)).toBe('the new secret');
});

test('what no key opens is counted and left as it is', async () => {
  const third = parseKeyring(`third:${randomBytes(32).toString('base64')}`);
  const before = await gate.admin`select sealed_secret from connections order by id`;
  expect((await rotateSeals(system, third))[0]).toMatchObject({ values: 0, unopened: 5 });
  expect(await gate.admin`select sealed_secret from connections order by id`).toEqual(before);
});

test('a key that still seals something and is not given is named when a process starts, for every sealed column', async () => {
  expect(await missingKeys(gate.db, testKeyring)).toEqual([]);
  const said = 'The envelope key test seals 8 values and is not among the keys of SIGNALBOX_KEYS.';
  expect(await missingKeys(gate.db, onlySecond)).toEqual([said]);
  const [first = ''] = workspaceIds;
  const [connection] = await gate.admin`select id from connections where workspace_id = ${first} limit 1`;
  const read = (keyring: Keyring) =>
    gate.db.inWorkspace(first, (tx) => connectionAccess(tx, keyring, connection?.id));
  await expect(read(onlySecond)).rejects.toThrow('not in the keyring');
  expect(await read(both)).toMatchObject({ secret: expect.stringContaining(first) });
});

test('the application can count, and neither read nor write another workspace nor become the system', async () => {
  const asApp = await gate.db.asSystem((tx) => tx.query.execute('select id from connections'));
  expect(asApp).toHaveLength(0);
  const login = `keys_${randomBytes(4).toString('hex')}`;
  await gate.admin.unsafe(`create role ${login} login password 'x' in role signalbox_app, signalbox_queue`);
  try {
    const url = new URL(gate.url);
    [url.username, url.password] = [login, 'x'];
    await expect(openSystemSession(url.href, 'test')).rejects.toThrow('Use the login that migrates.');
    await gate.admin.unsafe(`grant signalbox_system to ${login}`);
    const allowed = await openSystemSession(url.href, 'test');
    expect((await rotateSeals(allowed, both))[0]).toMatchObject({ values: 5 });
    await allowed.end({ timeout: 5 });
  } finally {
    await gate.admin.unsafe(`drop role ${login}`);
  }
});

test('the command shows what each key seals, moves it, and shows no key', async () => {
  const program = fileURLToPath(new URL('../../src/keys-main.ts', import.meta.url));
  const run = async (asked: string, keys: string) => {
    const env = { ...process.env, DATABASE_URL: gate.url, SIGNALBOX_KEYS: keys };
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, [program, asked], { env })) };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  };
  const missing = await run('status', secondText);
  expect(missing).toMatchObject({ code: 1 });
  expect(missing.stdout).toContain('The envelope key test seals 8 values');
  const rotated = await run('rotate', bothText);
  expect(rotated).toMatchObject({ code: 0 });
  expect(rotated.stdout).toContain('connections.sealed_secret: 5 sealed anew');
  expect((await run('status', bothText)).stdout).toBe(
    'key second, seals what is new: connections.sealed_secret 5, signing_keys.sealed_private_jwk 1, users.mfa_secret 1, users.mfa_pending 1\nkey test: seals nothing; it may be removed\n',
  );
  expect(await run('destroy', bothText)).toMatchObject({ code: 1 });
  for (const { stdout, stderr } of [missing, rotated]) {
    expect(stdout + stderr).not.toContain(secondText.slice(7, 30));
  }
});

import { createConnection } from '@signalbox/db/commands/connection/create-connection';
import { disableConnection } from '@signalbox/db/commands/connection/disable-connection';
import { makeDefault } from '@signalbox/db/commands/connection/make-default';
import { recordCheck } from '@signalbox/db/commands/connection/record-check';
import { requestConsent } from '@signalbox/db/commands/connection/request-consent';
import { rotateCredential } from '@signalbox/db/commands/connection/rotate-credential';
import { takeConsent } from '@signalbox/db/commands/connection/take-consent';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { connectionAccess } from '@signalbox/db/queries/connection/connection-access';
import { connectionRecord } from '@signalbox/db/queries/connection/connections';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import {
  makeConnection,
  makeTenant,
  makeWorkspace,
  type TestTenant,
  type TestWorkspace,
  testKeyring,
} from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, traces } from '../gate/gate-database.ts';

let gate: GateDatabase;
let workspace: TestWorkspace;

beforeAll(async () => {
  gate = await openGateDatabase();
  workspace = await makeWorkspace(gate.db);
});
afterAll(() => gate.close());

const read = (id: number) => gate.db.inWorkspace(workspace.id, (tx) => connectionRecord(tx, id));

async function start({ tenantId }: TestTenant, idempotency: StartRequest['idempotency'] = null) {
  const what = { operation: 'snapshot_capture', tenantId } as const;
  const request = startRequest(workspace.members.operator, what, { idempotency });
  const [result] = await startRuns(gate.db, workspace.id, [request]);
  return result;
}

const disable = ({ connectionId }: TestTenant) =>
  disableConnection(gate.db, workspace.members.manager, { connectionId, reason: 'a test', requestId: null });

/** Waits until so many transactions want to write to a table that is held. */
const held = (number: number, table = 'audit_entries') =>
  expect
    .poll(() => gate.admin`select from pg_locks where relation = ${table}::regclass and not granted`, {
      interval: 5,
    })
    .toHaveLength(number);

test('a start that read its facts before a disable is not accepted after it', async () => {
  const tenant = await makeTenant(gate.db, workspace.id);
  const asked: Promise<unknown>[] = [];
  await gate.admin.begin(async (sql) => {
    await sql`lock table audit_entries in exclusive mode`;
    // It has changed the connection and not committed; the start still reads it as it was.
    asked.push(disable(tenant));
    await held(1);
    asked.push(start(tenant));
    await held(2);
  });
  const [disabled, started] = await Promise.all(asked);
  expect(disabled).toMatchObject({ enabled: false });
  expect(started).toMatchObject({ kind: 'decided', verdict: { reason: 'connection_disabled' } });
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 0, claims: 0, jobs: 0 });
});

test('a disable waits for the start that is being committed, and counts its run', async () => {
  const tenant = await makeTenant(gate.db, workspace.id);
  const asked: Promise<unknown>[] = [];
  await gate.admin.begin(async (sql) => {
    // It has written its run and looked at the connection, and cannot keep its answer yet.
    await sql`lock table idempotency_keys in exclusive mode`;
    asked.push(start(tenant, { route: 'test', key: 'key', bodyHash: 'hash' }));
    await held(1, 'idempotency_keys');
    asked.push(disable(tenant));
    await expect
      .poll(() => gate.admin`select from pg_locks where locktype = 'transactionid' and not granted`, {
        interval: 5,
      })
      .toHaveLength(1);
  });
  const [started, disabled] = await Promise.all(asked);
  expect(started).toMatchObject({ verdict: { kind: 'accepted' } });
  expect(disabled).toMatchObject({ enabled: false, disabledReason: 'a test' });
  expect(await disable(tenant)).toBe('already');
  const [entry] = await gate.admin`
    select details from audit_entries where action = 'connection.disabled' and object_id = ${String(tenant.connectionId)}`;
  expect(entry?.details).toEqual({ reason: 'a test', activeRuns: 1, waitingItems: 0, isDefault: true });
  // What is under way goes on.
  const [run] = await gate.admin`select status from runs where connection_id = ${tenant.connectionId}`;
  expect(run?.status).toBe('queued');
});

test('of many who make another connection the default at once none fails, and one default is left', async () => {
  const tenant = await makeTenant(gate.db, workspace.id);
  const { tenantId } = tenant;
  const ids = [tenant.connectionId];
  for (const label of ['second', 'third', 'fourth']) {
    ids.push(
      await makeConnection(gate.db, { workspaceId: workspace.id, tenantId }, { label, isDefault: false }),
    );
  }
  const author = workspace.members.manager;
  const ask = (connectionId: number) =>
    makeDefault(gate.db, author, { connectionId, tenantId, requestId: null });
  const settings = { clientId: 'a' };
  const fifth = {
    tenantId,
    provider: 'graph',
    label: 'fifth',
    isDefault: true,
    settings,
    secret: null,
  } as const;
  const done = await Promise.all([
    ...ids.map(ask),
    ...[...ids].reverse().map(ask),
    createConnection(gate.db, { author, keyring: testKeyring }, fifth),
  ]);
  for (const result of done) expect(result).toBeTypeOf('object');
  const defaults = await gate.admin`select id from connections where tenant_id = ${tenantId} and is_default`;
  expect(defaults).toHaveLength(1);
});

test('a connection whose disable is being committed does not become the default', async () => {
  const { tenantId, connectionId } = await makeTenant(gate.db, workspace.id);
  const place = { workspaceId: workspace.id, tenantId };
  const second = await makeConnection(gate.db, place, { label: 'second', isDefault: false });
  const asked: Promise<unknown>[] = [];
  await gate.admin.begin(async (sql) => {
    await sql`lock table audit_entries in exclusive mode`;
    asked.push(disable({ tenantId, connectionId: second } as TestTenant));
    await held(1);
    const { manager } = workspace.members;
    asked.push(makeDefault(gate.db, manager, { connectionId: second, tenantId, requestId: null }));
    await expect
      .poll(() => gate.admin`select from pg_locks where locktype = 'transactionid' and not granted`, {
        interval: 5,
      })
      .toHaveLength(1);
  });
  expect((await Promise.all(asked))[1]).toBe('disabled');
  expect((await read(connectionId))?.isDefault).toBe(true);
});

test('of two first connections at once one is the default', async () => {
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  await gate.admin`delete from connections where tenant_id = ${tenantId}`;
  const wish = { tenantId, provider: 'graph', settings: { clientId: 'a' }, secret: null } as const;
  const place = { author: workspace.members.manager, keyring: testKeyring };
  const made = await Promise.all(
    ['one', 'two', 'three'].map((label) => createConnection(gate.db, place, { ...wish, label })),
  );
  const defaults = made.map((once) => once.kind === 'made' && once.made.isDefault);
  expect(defaults.filter(Boolean)).toHaveLength(1);
});

test('what was found out with a credential that has been replaced is not kept', async () => {
  const { connectionId } = await makeTenant(gate.db, workspace.id, { secret: 'old-secret' });
  const open = () =>
    gate.db.inWorkspace(workspace.id, (tx) => connectionAccess(tx, testKeyring, connectionId));
  const before = await open();
  const principal = workspace.members.manager;
  const credential = { connectionId, secret: 'new-secret', expiresAt: null, requestId: null };
  await rotateCredential(gate.db, { principal, keyring: testKeyring }, credential);
  const after = await open();
  expect([before?.secret, after?.secret]).toEqual(['old-secret', 'new-secret']);
  const find = (foundWith: string | null | undefined) =>
    gate.db.inWorkspace(workspace.id, (tx) =>
      recordCheck(tx, connectionId, {
        ...{ health: 'failing', healthReason: 'credential_invalid', credential: 'refused' },
        ...(foundWith !== undefined && { foundWith }),
      }),
    );
  await find(before?.credentialSetAt);
  expect(await read(connectionId)).toMatchObject({ credential: 'present', health: 'unknown' });
  await find(after?.credentialSetAt);
  expect(await read(connectionId)).toMatchObject({ credential: 'refused', health: 'failing' });
});

test('another application has nothing of the consent of the one before; the same one keeps it', async () => {
  const wishes = { settings: { clientId: 'one' } };
  const { connectionId } = await makeTenant(gate.db, workspace.id, wishes);
  const place = { principal: workspace.members.manager, keyring: testKeyring };
  const wish = { connectionId, secret: 'new-secret', expiresAt: null, requestId: null };
  await gate.admin`update connections set throttled_until = now() + interval '1 minute' where id = ${connectionId}`;
  const sent = () =>
    requestConsent(gate.db, workspace.members.manager, { connectionId, requestId: null }).then(
      ({ state }) => state,
    );
  const back = (state: string) =>
    takeConsent(gate.db, state, { kind: 'granted', tenant: 'a-tenant', requestId: null });
  const states = [await sent(), await sent()] as const;
  const same = await rotateCredential(gate.db, place, { ...wish, clientId: 'one' });
  expect(same).toMatchObject({ consent: 'granted', health: 'unknown', throttledUntil: expect.any(Date) });
  expect(await back(states[0])).toMatchObject({ outcome: 'granted' });
  const other = await rotateCredential(gate.db, place, { ...wish, clientId: 'two' });
  const forgotten = { consent: 'unknown', granted: null, throttledUntil: null, consentedTenantId: null };
  expect(other).toMatchObject({ ...forgotten, settings: { clientId: 'two' } });
  // What is consented to on that way is the application there was.
  expect(await back(states[1])).toBeNull();
  expect(await read(connectionId)).toMatchObject(forgotten);
});

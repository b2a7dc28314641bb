import { workerSeen } from '@signalbox/db/commands/observability/worker-registry';
import type { ContainmentKind } from '@signalbox/domain/observability/containment';
import { startTcpProxy, type TcpProxy } from '@signalbox/testing/net/tcp-proxy';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** Runs statements as the superuser. */
const admin = (...statements: string[]) =>
  withAdmin(api.databaseUrl, async (sql) => {
    for (const statement of statements) await sql.unsafe(statement);
  });

describe('health', () => {
  it('satisfies both reference contracts', async () => {
    const answer = await api.call('/health');
    expect(answer.body).toEqual({
      success: true,
      data: 'Orchestrator is healthy',
      status: 'ok',
      service: 'signalbox',
    });
  });

  it('liveness asks nothing of the database', async () => {
    expect((await api.call('/livez')).body).toEqual({ status: 'alive' });
  });
});

describe('readiness', () => {
  const workers = async () => {
    const { body } = await api.call('/readyz');
    return body.checks.find((check: { name: string }) => check.name === 'workers');
  };

  it('is given without a worker, but says that there is none', async () => {
    expect((await api.call('/readyz')).status).toBe(200);
    expect(await workers()).toEqual({
      name: 'workers',
      ok: false,
      detail: 'None seen lately; runs stay queued.',
    });
  });

  it('counts a worker while it is seen, and not once it is silent or has stopped', async () => {
    await admin(`insert into workers (pool_id, host, pid, version, slots) values ('w1', 'h', 1, '0', 1)`);
    expect(await workers()).toMatchObject({ ok: true });
    await admin(`update workers set last_seen_at = now() - interval '2 minutes'`);
    expect(await workers()).toMatchObject({ ok: false });
    await admin('update workers set last_seen_at = now(), stopped_at = now()');
    expect(await workers()).toMatchObject({ ok: false });
  });

  it('says how the workers that live contain the commands they run', async () => {
    const told = async () => {
      const { body } = await api.call('/readyz');
      return body.checks.filter((check: { name: string }) => check.name === 'containment');
    };
    const entry = { host: 'h', pid: 1, version: '0', slots: 1 };
    const seen = (name: string, containment?: ContainmentKind) =>
      workerSeen(api.db, { ...entry, poolId: name, name, ...(containment !== undefined && { containment }) });
    await Promise.all([
      seen('c1', 'pid_namespace'),
      seen('c2', 'pid_namespace'),
      seen('c3', 'process_group'),
      seen('c4'),
    ]);
    expect(await told()).toEqual([
      { name: 'containment', ok: true, detail: 'pid_namespace: 2 workers.' },
      { name: 'containment', ok: true, detail: 'process_group: 1 worker.' },
    ]);
    await admin('update workers set stopped_at = now()');
    expect(await told()).toEqual([]);
  });

  it('is refused with 503 and the same list when the schema is not there, and a call says to come back', async () => {
    await admin('alter table workers rename to workers_away');
    const answer = await api.call('/readyz');
    await admin('alter table workers_away rename to workers');
    expect(answer.status).toBe(503);
    expect(answer.body.checks).toContainEqual({
      name: 'migrations',
      ok: false,
      detail: 'The schema is not the one expected.',
    });
    expect(answer.headers.get('retry-after')).toBe('5');
  });
});

it('a database that cannot be reached makes 503 with Retry-After, and works again when it is back', async () => {
  let proxy: TcpProxy | undefined;
  const away = await startTestApi({
    via: async (url) => {
      const { hostname, port } = new URL(url);
      proxy = await startTcpProxy({ host: hostname, port: Number(port) });
      return proxy.through(url);
    },
  });
  const as = away.workspace.members.viewer;
  expect((await away.call('/v1/runs', { as })).status).toBe(200);
  proxy?.drop('toServer', true);
  proxy?.cut();
  const [ready, runs] = await Promise.all([away.call('/readyz'), away.call('/v1/runs', { as })]);
  expect(ready.status).toBe(503);
  expect([runs.status, runs.body.code, runs.headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
  proxy?.drop('toServer', false);
  await waitUntil('the database', async () => (await away.call('/v1/runs', { as })).status === 200);
  await away.close();
  await proxy?.close();
});

import type { Person } from '@signalbox/domain/access/principal';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let viewer: Person;
let jti: string;

beforeAll(async () => {
  api = await startTestApi();
  viewer = api.workspace.members.viewer;
  const [, claims = ''] = (await api.token(viewer)).split('.');
  jti = JSON.parse(Buffer.from(claims, 'base64url').toString()).jti;
});
afterAll(() => api.close());

interface Row extends Record<string, unknown> {
  session_id: string;
  /** How long the session may still rest, in seconds. */
  left: number;
}

async function session(): Promise<Row> {
  const [row] = await api.db.asSystem((tx) =>
    tx.query.execute<Row>(
      `select session_id, extract(epoch from idle_at - now())::float8 as left from auth_live_session('${jti}', null)`,
    ),
  );
  if (row === undefined) throw new Error('The session has ended.');
  return row;
}

beforeEach(async () => {
  const { session_id } = await session();
  await api.db.asSystem((tx) => tx.query.execute(`select auth_touch_session(${session_id}, '5 minutes')`));
});

it('lives on when somebody uses it', async () => {
  expect((await api.call('/v1/runs', { as: viewer })).status).toBe(200);
  expect((await session()).left).toBeGreaterThan(3_600);
});

it('goes on towards its end while a tab nobody sits at asks by itself', async () => {
  const headers = { 'x-signalbox-unattended': '1' };
  expect((await api.call('/v1/runs', { as: viewer, headers })).status).toBe(200);
  expect((await session()).left).toBeLessThanOrEqual(300);
});

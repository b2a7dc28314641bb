import type { Person } from '@signalbox/domain/access/principal';
import { testPassword } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveReader, openLive } from '../support/live-reader.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
let bystander: LiveReader;
const opened: LiveReader[] = [];

beforeAll(async () => {
  // Nobody is asked again by the clock, so what ends a stream here is what the database told.
  api = await startTestApi({ live: { recheckMs: 3_600_000 } });
  admin = openAdmin(api.databaseUrl);
  bystander = await openLive(api, api.workspace.members.owner);
  opened.push(bystander);
});
afterAll(async () => {
  for (const reader of opened) reader.cut();
  await admin.end();
  await api.close();
});

const ways: Record<string, (person: Person) => Promise<unknown>> = {
  'signs out': (as) => api.call('/v1/auth/sign-out', { method: 'POST', as }),
  'ends it': async (as) => {
    const { items } = (await api.call('/v1/account/sessions', { as })).body;
    return api.call(`/v1/account/sessions/${items[0].id}`, { method: 'DELETE', as });
  },
  'is disabled': ({ userId }) => admin`update users set disabled_at = now() where id = ${userId}`,
};
const people = ['operator', 'manager', 'viewer'] as const;

it.each(Object.keys(ways).map((way, place) => [way, people[place] ?? 'viewer'] as const))(
  'a stream ends at once when its person %s, and no other stream does',
  async (way, role) => {
    const person = api.workspace.members[role];
    const reader = await openLive(api, person);
    opened.push(reader);
    await reader.until('hello', (received) => received.length > 0);
    await ways[way]?.(person);
    await waitUntil('the end of the stream', () => reader.ended() !== null);
    expect(bystander.ended()).toBeNull();
  },
);

it('a refresh and a use of the session end no stream', async () => {
  const { username } = api.workspace.members.owner;
  const login = await api.call('/auth/login', { method: 'POST', body: { username, password: testPassword } });
  const { token } = login.body.data;
  expect((await api.call('/auth/refresh', { method: 'POST', body: { token } })).status).toBe(200);
  expect(bystander.ended()).toBeNull();
});

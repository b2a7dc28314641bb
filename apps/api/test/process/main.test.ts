import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@signalbox/db/client/database';
import {
  makeWorkspace,
  type TestWorkspace,
  testKeyringText,
  testPassword,
} from '@signalbox/testing/fixtures/workspace';
import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import { startProcess } from '@signalbox/testing/process/start-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
let database: TestDatabase;
let workspace: TestWorkspace;

beforeAll(async () => {
  database = await createTestDatabase();
  const db = await openDatabase({ url: database.url, name: 'test', max: 1 });
  workspace = await makeWorkspace(db, 'ws-default');
  await db.close();
});
afterAll(() => database.drop());

const env = () => ({ DATABASE_URL: database.url, PORT: '0', SIGNALBOX_KEYS: testKeyringText });
const start = (more: Record<string, string> = {}) =>
  startProcess({ script, env: { ...env(), ...more }, ready: /The API answers/ });
const urlIn = (lines: readonly string[]) =>
  String(JSON.parse(lines.find((line) => line.includes('The API answers')) ?? '{}').url);

describe('the API as a process', () => {
  it('stops on SIGTERM, cutting open streams, and leaves nothing behind', async () => {
    const api = await start({ SIGNALBOX_DEMO: '1', SIGNALBOX_DEMO_PASSWORD: 'a demo password' });
    const url = urlIn(api.lines);
    const options = (await (await fetch(`${url}/v1/sign-in-options`)).json()) as { accounts: object[] };
    expect(options.accounts).toContainEqual({
      username: 'operator',
      role: 'operator',
      workspaceId: 'ws-default',
      password: 'a demo password',
    });
    const signedIn = await fetch(`${url}/v1/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: workspace.members.viewer.username, password: testPassword }),
    });
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const stream = await fetch(`${url}/trpc/live.events?input=%7B%7D`, {
      headers: { cookie, accept: 'text/event-stream' },
    });
    expect(stream.status).toBe(200);
    const ended = stream.text().catch(() => 'cut');
    api.kill('SIGTERM');
    expect(await api.exited).toEqual({ code: 0, signal: null });
    await ended;
    const log = api.lines.join('\n');
    expect(log).not.toContain(testPassword);
    expect(log).not.toContain(cookie.split('=')[1] ?? 'no cookie');
    expect(log).toContain('/v1/auth/sign-in');
  });

  it('names the port that is taken and stops', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    await expect(start({ PORT: port })).rejects.toThrow(
      `The port ${port} is taken. Set PORT to another one.`,
    );
    taken.close();
  });

  it.each([
    [{ DATABASE_URL: '' }, 'DATABASE_URL'],
    [{ SIGNALBOX_KEYS: '' }, 'SIGNALBOX_KEYS or SIGNALBOX_KEYS_FILE must name the envelope keys.'],
    [
      { SIGNALBOX_KEYS: '', SIGNALBOX_KEYS_FILE: '/nowhere' },
      'The file that SIGNALBOX_KEYS_FILE names cannot be read.',
    ],
    [{ PORT: '70000' }, 'PORT'],
    [{ SIGNALBOX_DEMO: 'maybe' }, 'SIGNALBOX_DEMO'],
  ])('does not start with %j, and says why', async (more, message) => {
    await expect(start(more)).rejects.toThrow(message);
  });
});

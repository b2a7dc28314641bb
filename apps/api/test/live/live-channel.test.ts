import { encodeRunHeads, type RunHead, runsChannel } from '@signalbox/db/client/channels';
import { type Database, openDatabase } from '@signalbox/db/client/database';
import { startTcpProxy, type TcpProxy } from '@signalbox/testing/net/tcp-proxy';
import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveChannel, openLiveChannel } from '../../src/live/live-channel.ts';

let database: TestDatabase;
let db: Database;
let proxy: TcpProxy;

beforeAll(async () => {
  database = await createTestDatabase();
  db = await openDatabase({ url: database.url, name: 'test', max: 1 });
  const { hostname, port } = new URL(database.url);
  proxy = await startTcpProxy({ host: hostname, port: Number(port) });
});
afterAll(async () => {
  await proxy.close();
  await db.close();
  await database.drop();
});

/** Listens over the proxy; after the first connection it gets `later`, which is the proxy as well unless said. */
function listener(later?: string) {
  const heard: RunHead[] = [];
  let again = 0;
  let opened = 0;
  const open = () => {
    opened += 1;
    const url = opened > 1 && later !== undefined ? later : proxy.through(database.url);
    return openDatabase({ url, name: 'channel', max: 1 });
  };
  const channel = openLiveChannel({
    open,
    heard: (heads) => heard.push(...heads),
    ended: () => {},
    again: () => {
      again += 1;
    },
    beatMs: 200,
  });
  return { heard, missed: () => again, channel };
}

async function tell(r: number): Promise<void> {
  for (const payload of encodeRunHeads([{ w: 'ws-a', r, s: 1 }])) await db.notify(runsChannel, payload);
}

async function hears(heard: readonly RunHead[], r: number): Promise<void> {
  await waitUntil(`run ${r}`, async () => {
    await tell(r);
    return heard.some((head) => head.r === r);
  });
}

async function close(channel: Promise<LiveChannel>): Promise<void> {
  await (await channel).close();
}

it('its own heartbeats are no news and no reason to read anything again', async () => {
  const { heard, missed, channel } = listener();
  let beats = 0;
  const stop = await db.listen(
    runsChannel,
    (payload) => {
      if (payload.startsWith('beat:')) beats += 1;
    },
    () => {},
  );
  await channel;
  await hears(heard, 1);
  await waitUntil('some heartbeats', () => beats >= 4);
  expect(missed()).toBe(0);
  expect(new Set(heard.map(({ r }) => r))).toEqual(new Set([1]));
  await stop();
  await close(channel);
});

it('a socket that died without a word is noticed, replaced, and lists are read again', async () => {
  const { heard, missed, channel } = listener(database.url);
  await channel;
  await hears(heard, 2);
  proxy.pause();
  await waitUntil('the new connection', () => missed() > 0);
  await hears(heard, 3);
  proxy.resume();
  await close(channel);
});

it('a connection that was reset comes back by itself', async () => {
  const { heard, missed, channel } = listener();
  await channel;
  await hears(heard, 5);
  proxy.cut();
  await waitUntil('the new connection', () => missed() > 0, { timeoutMs: 15_000 });
  await hears(heard, 6);
  await close(channel);
});

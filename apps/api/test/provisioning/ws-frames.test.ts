import { randomBytes } from 'node:crypto';
import { wsEvent } from '@signalbox/contracts/provisioning/ws-events';
import { testKeyring } from '@signalbox/testing/fixtures/workspace';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/logger.ts';
import { createCursors } from '../../src/page/cursors.ts';
import { writeFeedCursor } from '../../src/ws/feed-cursor.ts';
import { rawHead, rawRequest } from '../support/raw-request.ts';
import { openWs, tryWs, type WsAsk, type WsClient } from '../support/ws-client.ts';
import { openWsStage, type WsStage } from '../support/ws-stage.ts';

let stage: WsStage;
const opened: WsClient[] = [];
const log: string[] = [];

beforeAll(async () => {
  stage = await openWsStage({
    logger: createLogger('info', { write: (line: string) => void log.push(line) }),
    ws: { mostQueued: 65_536, slowMs: 300, mostFrames: 20 },
  });
});
afterEach(() => {
  for (const client of opened.splice(0)) client.cut();
});
afterAll(() => stage.close());

async function open(query: Record<string, string> = {}, more: Omit<WsAsk, 'query'> = {}): Promise<WsClient> {
  const { viewer } = stage.api.workspace.members;
  const client = await openWs(stage.api, {
    query: { token: await stage.api.token(viewer), ...query },
    ...more,
  });
  opened.push(client);
  return client;
}

/** A masked frame by hand: what no client library would send. */
function frame(opcode: number, payload: Buffer, { fin = true, masked = true } = {}): Buffer {
  const length = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
  const head = Buffer.from([
    (fin ? 0x80 : 0) | opcode,
    (length[0] ?? 0) | (masked ? 0x80 : 0),
    ...length.slice(1),
  ]);
  const mask = randomBytes(4);
  const body = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return masked ? Buffer.concat([head, mask, body]) : Buffer.concat([head, payload]);
}

/** The bytes below the client. */
function raw(client: WsClient, bytes: Buffer): void {
  const { _socket } = client.socket as unknown as { _socket: { write(bytes: Buffer): void } };
  _socket.write(bytes);
}

describe('what a client may not send ends its socket and nothing else', () => {
  const sends: Record<string, [code: number, send: (client: WsClient) => void]> = {
    'a binary message': [1003, ({ socket }) => socket.send(Buffer.from([1, 2, 3]))],
    'a message above 1 KiB': [1009, ({ socket }) => socket.send('x'.repeat(1_025))],
    'a message of 16 MB': [1009, ({ socket }) => socket.send('x'.repeat(16_000_000), () => {})],
    'a message of too many pieces': [
      1008,
      (client) => {
        raw(client, frame(1, Buffer.from('a'), { fin: false }));
        for (let piece = 0; piece < 12; piece++) raw(client, frame(0, Buffer.from('a'), { fin: false }));
      },
    ],
    'text that is not UTF-8': [1007, (client) => raw(client, frame(1, Buffer.from([0xff, 0xfe])))],
    'a frame without a mask': [1002, (client) => raw(client, frame(1, Buffer.from('a'), { masked: false }))],
    'an unknown opcode': [1002, (client) => raw(client, frame(5, Buffer.from('a')))],
    'a flood of pings': [
      1008,
      ({ socket }) => {
        for (let ping = 0; ping < 30; ping++) socket.ping();
      },
    ],
    'a flood of messages': [
      1008,
      ({ socket }) => {
        for (let message = 0; message < 30; message++) socket.send('hello');
      },
    ],
  };

  it.each(Object.keys(sends))('%s', async (name) => {
    const bystander = await open();
    const client = await open();
    const [code, send] = sends[name] ?? [0, () => {}];
    send(client);
    expect(await client.end()).toBe(code);
    expect(bystander.closed()).toBeNull();
    expect((await stage.api.call('/livez')).status).toBe(200);
  });
});

it('frames with mangled bytes end their sockets at worst', async () => {
  const bystander = await open({ events: 'task' });
  const upgrade = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'];
  const token = await stage.api.token(stage.api.workspace.members.manager);
  for (let round = 0; round < 40; round++) {
    const client = await openWs(stage.api, { query: { token } });
    const bytes = Buffer.concat([
      frame(1, Buffer.from('hello')),
      frame(9, Buffer.from('ping')),
      frame(8, Buffer.from([3, 232])),
    ]);
    for (let change = 0; change <= round % 5; change++)
      bytes[(round * 7 + change * 5) % bytes.length] = (round * 37 + change * 101) & 255;
    raw(client, bytes);
    raw(client, frame(8, Buffer.from([3, 232])));
    client.cut();
    await client.end();
    // And heads that stop being a handshake somewhere.
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='.slice(0, 20 + (round % 22));
    const head = rawHead('GET', `/ws?token=${token.slice(0, -round - 1)}`, [...upgrade, key]);
    const { status } = await rawRequest(stage.api.url, head.replace('Connection: close\r\n', ''));
    expect([400, 401]).toContain(status);
  }
  const { play } = await stage.task();
  await play();
  await bystander.until('events', (all) => all.length === 2);
});

it('a few messages of any content are passed over, and nothing is compressed', async () => {
  const client = await open({ events: 'task' });
  for (const text of ['{"id":null,"method":"subscription"}', '', 'null', '[[[[']) client.socket.send(text);
  const { play } = await stage.task();
  await play();
  await client.until('events', (all) => all.length === 2);
  expect(client.socket.extensions).toBe('');
  expect(client.closed()).toBeNull();
});

it('a reader that takes nothing while much waits is closed with 4408, and can resume', async () => {
  const { play } = await stage.task();
  const played = await play();
  const client = await open({ events: 'LogEntry' });
  const start = String(client.headers['x-next-cursor']);
  client.socket.pause();
  const text = 'x'.repeat(60_000);
  const entries = Array.from(
    { length: 20 },
    () => ({ kind: 'log', level: 'info', step: null, text }) as const,
  );
  for (let round = 0; round < 8; round++) await played.write({ entries });
  await waitUntil('the close', () => log.some((entry) => entry.includes('"code":4408')));
  // What was sent before is read first, then the reason.
  client.socket.resume();
  expect(await client.end()).toBe(4408);
  expect(client.received.length).toBeLessThan(160);
  const cursor = client.received.at(-1)?.metadata.cursor ?? start;
  const again = await open({ events: 'LogEntry', after: cursor });
  await again.until('the rest', (all) => all.length === 160 - client.received.length);
}, 20_000);

describe('what is asked for in vain', () => {
  it('is 4400 when no known event is named', async () => {
    for (const events of ['', 'Nothing', 'taskstatuschanged', '__proto__', Array(60).fill('task').join(',')])
      expect(await (await open({ events })).end()).toBe(4400);
  });

  it('is refused for ten thousand names', async () => {
    const { viewer } = stage.api.workspace.members;
    const events = Array(10_000).fill('LogEntry').join(',');
    const query = { token: await stage.api.token(viewer), events };
    expect(await tryWs(stage.api, { query })).toMatchObject({ status: 431 });
  });

  it('is 4404 for a cursor that is made up, of another workspace or list, too old, or of another database', async () => {
    const cursors = createCursors(testKeyring);
    const { id } = stage.api.workspace;
    const place = { position: '100', source: 'run', id: 1, seq: 1 } as const;
    const day = 24 * 3_600_000;
    const now = new Date();
    const good = writeFeedCursor(cursors, id, { place, at: now });
    const bad = [
      ...['-1', '0', '', 'x'.repeat(600), `${good}x`, good.replace(/^./, 'A')],
      writeFeedCursor(cursors, 'ws-other', { place, at: now }),
      cursors.write({ workspaceId: id, list: 'runs' }, ['100', 'run', 1, 1, Date.now()]),
      writeFeedCursor(cursors, id, { place, at: new Date(Date.now() - day - 1_000) }),
      writeFeedCursor(cursors, id, { place: { ...place, position: '99999999999' }, at: now }),
    ];
    for (const after of bad) expect(await (await open({ after })).end(), after).toBe(4404);
    const client = await open({ after: good });
    await client.until('the past', (all) => all.length > 0);
  });
});

it('health and metrics are those of the API itself', async () => {
  const { viewer } = stage.api.workspace.members;
  const client = await open({ events: 'system' });
  await client.until('both', (all) => all.length >= 2);
  // Whoever joins between two samples is told the last one, and does not wait for the next.
  const second = await open({ events: 'system' });
  await second.until('both as well', (all) => all.length >= 2);
  const health = await stage.api.call('/state/system/health', { as: viewer });
  const metrics = await stage.api.call('/state/system/metrics', { as: viewer });
  for (const event of client.received) {
    const { data } = (wsEvent.parse(event).event_type === 'MetricUpdate' ? metrics : health).body;
    expect(Object.keys(event.data).sort()).toEqual(Object.keys(data).sort());
  }
});

it('a server that goes down tells its sockets to come back', async () => {
  const other = await openWsStage();
  const query = { token: await other.api.token(other.api.workspace.members.viewer) };
  const client = await openWs(other.api, { query });
  await other.close();
  expect(await client.end()).toBe(1001);
});

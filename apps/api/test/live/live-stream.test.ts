import { connect } from 'node:net';
import { encodeRunHeads, runsChannel } from '@signalbox/db/client/channels';
import { liveCaller } from '@signalbox/db/queries/access/live-session';
import { members, memberTenants } from '@signalbox/db/schema/access';
import type { Person } from '@signalbox/domain/access/principal';
import { makeTenant, makeUser, makeWorkspace, type TestTenant } from '@signalbox/testing/fixtures/workspace';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hinted, type LiveReader, openLive, seqs } from '../support/live-reader.ts';
import { finished, type PlayedRun, playRun } from '../support/play-worker.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let viewer: Person;
const opened: LiveReader[] = [];

beforeAll(async () => {
  api = await startTestApi({ live: { pollMs: 100, recheckMs: 200 } });
  viewer = api.workspace.members.viewer;
});
afterAll(async () => {
  for (const reader of opened) reader.cut();
  await api.close();
});

const live: typeof openLive = async (...given) => {
  const reader = await openLive(...given);
  opened.push(reader);
  return reader;
};
const freshTenant = () => makeTenant(api.db, api.workspace.id);

async function startRun(tenant: TestTenant): Promise<number> {
  const body = { operation: 'snapshot_capture', tenantId: tenant.tenantId };
  const made = await api.call('/v1/runs', { method: 'POST', as: api.workspace.members.operator, body });
  return made.body.run.id;
}

async function play(): Promise<{ runId: number; played: PlayedRun }> {
  const runId = await startRun(await freshTenant());
  return { runId, played: await playRun(api.db, api.workspace.id, runId) };
}

const line = (text: string) => ({ entries: [{ kind: 'log', level: 'info', step: null, text } as const] });

describe('a watched run', () => {
  it('is told every event once and in order, over connections cut in the middle', async () => {
    const { runId, played } = await play();
    const writing = (async () => {
      for (let index = 0; index < 120; index++) await played.write(line(`line ${index}`));
      await played.write({ end: finished });
    })();
    const all: number[] = [];
    let lastEventId: string | undefined;
    while (all.at(-1) !== 123) {
      const reader = await live(api, viewer, { runId, ...(lastEventId !== undefined && { lastEventId }) });
      const enough = Math.min(123, all.length + 25);
      await reader.until(`event ${enough}`, (received) => all.length + seqs(received).length >= enough);
      reader.cut();
      all.push(...seqs(reader.received));
      lastEventId = reader.received.at(-1)?.id;
    }
    await writing;
    expect(all).toEqual(Array.from({ length: 123 }, (_, index) => index + 1));
  });

  it('loses nothing that commits while the stream is being opened', async () => {
    const { runId, played } = await play();
    const writing = (async () => {
      for (let index = 0; index < 30; index++) await played.write(line(`line ${index}`));
    })();
    const readers = await Promise.all(
      Array.from({ length: 5 }, () => live(api, viewer, { runId, after: 0 })),
    );
    await writing;
    for (const reader of readers) {
      await reader.until('all events', (received) => seqs(received).includes(32));
      expect(seqs(reader.received)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
    }
  });

  it('goes on from what the page was drawn with', async () => {
    const { runId, played } = await play();
    await played.write(line('before'));
    const reader = await live(api, viewer, { runId, after: 3 });
    await played.write(line('after'));
    await reader.until('the new event', (received) => seqs(received).length > 0);
    expect(seqs(reader.received)).toEqual([4]);
    expect(reader.received[0]?.event.kind).toBe('hello');
  });

  it('answers a place beyond its history with the run as it is, and goes on from there', async () => {
    const { runId, played } = await play();
    const reader = await live(api, viewer, { runId, lastEventId: `${runId}.999` });
    await reader.until('the resync', (received) => received.some(({ event }) => event.kind === 'resync'));
    await played.write(line('later'));
    await reader.until('the next event', (received) => seqs(received).length > 0);
    expect(seqs(reader.received)).toEqual([3]);
  });

  it('takes no place of another run for its own', async () => {
    const { runId } = await play();
    const reader = await live(api, viewer, { runId, lastEventId: `${runId + 1}.2` });
    await reader.until('its history', (received) => seqs(received).length === 2);
    expect(seqs(reader.received)).toEqual([1, 2]);
  });

  it.each(['-1', 'x'.repeat(65), '1.2.3', "1.' or 1=1"])(
    'a made-up place %j does no harm',
    async (lastEventId) => {
      const { runId } = await play();
      const reader = await live(api, viewer, { runId, lastEventId });
      await waitUntil('an answer', () => reader.ended() !== null || seqs(reader.received).length === 2);
    },
  );
});

describe('hints', () => {
  it('tell lists of a start, by notification and at once', async () => {
    const reader = await live(api, viewer);
    await reader.until('the greeting', (received) => received.length > 0);
    const runId = await startRun(await freshTenant());
    await reader.until('the hint', (received) => hinted(received).includes(runId));
  });

  it('tell of what nobody notified, and of an end', async () => {
    const { runId, played } = await play();
    const reader = await live(api, viewer);
    await reader.until('the greeting', (received) => received.length > 0);
    await played.write(line('no one is told'));
    await reader.until('the hint', (received) => hinted(received).includes(runId));
    await played.write({ end: finished });
    await reader.until('the end', (received) =>
      received.some(
        ({ event }) => event.kind === 'run' && event.id === runId && event.status === 'succeeded',
      ),
    );
  });
});

describe('nobody hears of what is not theirs', () => {
  it('neither hints nor events cross a workspace or a tenant', async () => {
    const other = await makeWorkspace(api.db);
    const [mine, hidden] = [await freshTenant(), await freshTenant()];
    const narrow = await memberOf(mine.tenantId);
    const [outside, inside] = [await live(api, other.members.owner), await live(api, narrow)];
    for (const reader of [outside, inside])
      await reader.until('the greeting', (received) => received.length > 0);
    const secret = await startRun(hidden);
    const open = await startRun(mine);
    // A forged notification is a hint to look, never a leak.
    await api.db.notify(runsChannel, encodeRunHeads([{ w: other.id, r: secret, s: 99 }])[0] ?? '');
    await inside.until('its own run', (received) => hinted(received).includes(open));
    expect(hinted(inside.received)).not.toContain(secret);
    expect(hinted(outside.received)).toEqual([]);
    for (const [who, runId] of [
      [other.members.owner, open],
      [narrow, secret],
      [viewer, 2_000_000_000],
    ] as const) {
      const reader = await live(api, who, { runId });
      await waitUntil('the refusal', () => reader.ended() !== null);
      expect(reader.received).toEqual([]);
      expect(reader.ended()).toContain('not_found');
    }
  });

  it('ends when its member is removed, whether or not they are in another workspace', async () => {
    const elsewhere = await makeWorkspace(api.db);
    const [homeless, settled] = [await memberOf(api.tenant.tenantId), await memberOf(api.tenant.tenantId)];
    await api.db.inWorkspace(elsewhere.id, (tx) =>
      tx.query.insert(members).values({ workspaceId: elsewhere.id, userId: settled.userId, role: 'viewer' }),
    );
    const readers = [await live(api, homeless), await live(api, settled)];
    for (const reader of readers) await reader.until('the greeting', (received) => received.length > 0);
    await api.db.inWorkspace(api.workspace.id, (tx) =>
      tx.query.execute(
        `update members set removed_at = now() where user_id in (${homeless.userId}, ${settled.userId})`,
      ),
    );
    for (const reader of readers) await waitUntil('the end of the stream', () => reader.ended() !== null);
  });

  it('ends when the tenant of the watched run is taken from its member', async () => {
    const tenant = await freshTenant();
    const narrow = await memberOf(tenant.tenantId);
    const reader = await live(api, narrow, { runId: await startRun(tenant) });
    await reader.until('its history', (received) => seqs(received).length > 0);
    await api.db.inWorkspace(api.workspace.id, (tx) =>
      tx.query.execute(`delete from member_tenants where user_id = ${narrow.userId}`),
    );
    await waitUntil('the end of the stream', () => reader.ended() !== null);
  });

  it('does not keep the session alive, neither by opening nor by staying open', async () => {
    const idler = await memberOf(api.tenant.tenantId);
    const [, claims = ''] = (await api.token(idler)).split('.');
    const { jti } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const caller = await liveCaller(api.db, { jti }, 'look');
    await api.db.asSystem((tx) =>
      tx.query.execute(`select auth_touch_session(${caller?.user.sessionId}, '2 seconds')`),
    );
    const reader = await live(api, idler);
    await reader.until('the greeting', (received) => received.length > 0);
    await waitUntil('the end of the stream', () => reader.ended() !== null);
  });

  it('ends with the session it was opened with', async () => {
    const { username, userId } = await makeUser(api.db, 'leaver');
    await api.db.inWorkspace(api.workspace.id, (tx) =>
      tx.query.insert(members).values({ workspaceId: api.workspace.id, userId, role: 'viewer' }),
    );
    const leaver: Person = { ...viewer, userId, username };
    const reader = await live(api, leaver);
    await reader.until('the greeting', (received) => received.length > 0);
    await api.call('/v1/auth/sign-out', { method: 'POST', as: leaver });
    await waitUntil('the end of the stream', () => reader.ended() !== null);
  });
});

describe('a reader that takes nothing', () => {
  it('is cut off instead of being buffered for', async () => {
    const { runId, played } = await play();
    const { hostname, port } = new URL(api.url);
    const socket = connect({ host: hostname, port: Number(port) });
    let closed = false;
    socket.on('error', () => {});
    socket.once('close', () => {
      closed = true;
    });
    socket.pause();
    const input = encodeURIComponent(JSON.stringify({ runId }));
    socket.write(
      `GET /trpc/live.events?input=${input} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n` +
        `Authorization: Bearer ${await api.token(viewer)}\r\n\r\n`,
    );
    const chunks = Array.from({ length: 8 }, () => line('x'.repeat(60_000)).entries).flat();
    for (let index = 0; index < 40; index++) await played.write({ entries: chunks });
    // A paused socket hears of nothing; what it sends to a closed one is answered by a reset.
    await waitUntil('the cut', () => {
      socket.write('\r\n');
      return closed;
    });
  });
});

async function memberOf(tenantId: number): Promise<Person> {
  const user = await makeUser(api.db, 'narrow');
  const workspaceId = api.workspace.id;
  await api.db.inWorkspace(workspaceId, async (tx) => {
    await tx.query
      .insert(members)
      .values({ workspaceId, userId: user.userId, role: 'operator', allTenants: false });
    await tx.query.insert(memberTenants).values({ workspaceId, userId: user.userId, tenantId });
  });
  return { ...user, workspaceId, role: 'operator', tenants: [tenantId] };
}
